import type { ConsoleLocation, Reference } from '../../model/analysis'
import type { EndpointRole } from '../recognition/known'

/** What is known about one authorization server product: data, no logic. */
export interface ProviderProfile {
  readonly id: string
  readonly name: string
  /** Matches the issuer, or any URL of the server where no issuer is known. */
  readonly matches: RegExp
  /** Paths of endpoints, for recordings without metadata. */
  readonly paths?: Partial<Record<EndpointRole, RegExp>>
  /** Error codes and texts of this server, and the rule that each stands for. */
  readonly errors?: readonly ProviderError[]
  /** Where the setting that a rule is about is changed; `value` is filled in by the diagnosis. */
  readonly console?: Readonly<Record<string, Omit<ConsoleLocation, 'provider' | 'value'>>>
  /** Documented departures that make a rule of the standards not apply. */
  readonly deviations?: readonly { readonly rule: string; readonly because: string; readonly source: string }[]
  /** Seconds a code lives unless configured otherwise. */
  readonly codeLifetime?: number
  /** APIs of the provider whose audience is no address: what it stands for, and where the API is called. */
  readonly audiences?: readonly { readonly aud: string; readonly name: string; readonly calledAt: RegExp }[]
  readonly references?: readonly Reference[]
}

export interface ProviderError {
  /** Matched against error, error_description, error codes and page text. */
  readonly pattern: RegExp
  readonly rule: string
  /** What the code means, in our own words. */
  readonly meaning: string
}

export const defineProvider = (profile: ProviderProfile): ProviderProfile => profile
