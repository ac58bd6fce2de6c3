import type { Recording } from '../../model/recording'

/**
 * Named examples of one rule by verdict. `fail` are logins whose root cause is this rule (or, for rules that accuse
 * nobody, logins with this finding); give an object where another rule is the better cause.
 */
export interface RuleCases {
  readonly fail: Readonly<Record<string, Recording | ExpectedCase>>
  readonly pass: Readonly<Record<string, Recording>>
  readonly notApplicable?: Readonly<Record<string, Recording>>
  readonly indeterminate?: Readonly<Record<string, Recording>>
}

export interface ExpectedCase {
  readonly recording: Recording
  /** The root cause of the whole diagnosis, when it is not this rule; several where several attempts failed. */
  readonly rootCause?: string | readonly string[] | null
  readonly owner?: string
}
