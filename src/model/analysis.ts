import type { HttpExchange } from './exchange'
import type { EpochMs } from './recording'

export type FlowKind =
  | 'authorization_code'
  | 'implicit'
  | 'hybrid'
  | 'refresh_token'
  | 'client_credentials'
  | 'device_code'
  | 'password'
  | 'token_exchange'
  | 'silent_renewal'
  | 'logout'
  | 'api_access'
  | 'client_registration'
  | 'discovery'
  | 'federated_credential'
  | 'unknown'

/** `delivered`: the answer reached the client, and what the client did with it was not seen. */
export type FlowStatus = 'succeeded' | 'delivered' | 'failed' | 'pending' | 'abandoned'

export type StepKind =
  | 'login_start'
  | 'authorization_request'
  | 'pushed_authorization_request'
  | 'user_interaction'
  | 'authorization_response'
  | 'code_handover'
  | 'token_request'
  | 'device_authorization_request'
  | 'userinfo_request'
  | 'provider_metadata'
  | 'protected_resource_metadata'
  | 'jwks'
  | 'introspection_request'
  | 'revocation_request'
  | 'client_registration_request'
  | 'end_session_request'
  | 'logout_response'
  | 'api_call'
  | 'federated_request'
  | 'after_callback'

export type StepOutcome = 'ok' | 'failed' | 'unobserved'

/** Failure: it broke the login. Risk: insecure. Conformance: deviates without breaking. Info: worth knowing. */
export type Category = 'failure' | 'risk' | 'conformance' | 'info'
export type Severity = 'error' | 'warning' | 'info'
/** Certain: read on the wire or computed from it. Likely: inferred. */
export type Confidence = 'certain' | 'likely'
/** Who has to change something. */
export type Owner = 'client' | 'authorization_server' | 'resource_server' | 'browser' | 'network' | 'user'

/** A place in the recording. `parameter` is a parameter, header, cookie or claim name. */
export interface Locator {
  readonly exchangeId: string
  readonly part: LocatorPart
  readonly parameter?: string
}

export type LocatorPart =
  | 'request.url'
  | 'request.method'
  | 'request.query'
  | 'request.fragment'
  | 'request.headers'
  | 'request.cookies'
  | 'request.body'
  | 'response.status'
  | 'response.headers'
  | 'response.cookies'
  | 'response.body'
  | 'response.error'
  | 'id_token.header'
  | 'id_token.claims'
  | 'access_token.header'
  | 'access_token.claims'
  | 'request_object.claims'
  | 'dpop_proof.claims'
  | 'client_assertion.claims'
  | 'timing'

export interface Evidence {
  /** What is shown: a parameter name or a short noun phrase. */
  readonly label: string
  readonly where: Locator
  readonly actual?: string
  readonly expected?: string
}

export interface Fix {
  /** One imperative sentence with this login's own values. */
  readonly summary: string
  readonly steps: readonly string[]
  /** Where to change it in the provider's console, when the provider is known. */
  readonly console?: ConsoleLocation
}

export interface ConsoleLocation {
  readonly provider: string
  readonly path: readonly string[]
  readonly url?: string
  /** The value to paste. */
  readonly value?: string
}

export interface Reference {
  readonly title: string
  readonly url: string
}

export interface Finding {
  /** Built from rule, flow and first evidence, so that it survives re-analysis. */
  readonly id: string
  readonly rule: string
  readonly category: Category
  readonly severity: Severity
  readonly confidence: Confidence
  readonly flow: string
  /** Ids of steps, in order of the evidence. */
  readonly steps: readonly string[]
  readonly owner: Owner
  readonly title: string
  /** One or two sentences with this login's own values. */
  readonly cause: string
  readonly evidence: readonly [Evidence, ...Evidence[]]
  readonly ruledOut: readonly RuledOut[]
  readonly notObservable: readonly string[]
  /** What it may be, in order, when the recording cannot tell. */
  readonly candidates?: readonly Candidate[]
  readonly fix: Fix
  readonly references: readonly Reference[]
  /** Ids of the findings that are symptoms of this one. */
  readonly explains: readonly string[]
}

export interface RuledOut {
  readonly rule: string
  readonly because: string
}

export interface Candidate {
  readonly rule: string
  readonly title: string
  /** The one observation that would decide. */
  readonly check: string
}

export interface Step {
  readonly id: string
  readonly kind: StepKind
  /** Empty, as the URL is, where nothing of the step passed through the browser. */
  readonly exchangeId: string
  readonly at: EpochMs
  readonly url: string
  readonly status?: number
  readonly outcome: StepOutcome
  /** What is not in the recording about this step, in words. */
  readonly notes: readonly string[]
}

/** Which value joined two steps. */
export interface FlowLink {
  readonly from: string
  readonly to: string
  readonly by: string
}

export interface Flow {
  readonly id: string
  readonly kind: FlowKind
  readonly status: FlowStatus
  readonly issuer?: string
  /** Id of a provider profile. */
  readonly provider?: string
  readonly client_id?: string
  readonly redirect_uri?: string
  readonly startedAt: EpochMs
  readonly endedAt?: EpochMs
  readonly tabId: number
  /** This attempt repeats that one. */
  readonly retryOf?: string
  /** The login this one depends on: the flow that issued the token or session that is used here. */
  readonly parent?: string
  readonly steps: readonly Step[]
  readonly links: readonly FlowLink[]
  /** Finding id; every failed flow has one. */
  readonly rootCause: string | null
  readonly findings: readonly string[]
  /** One sentence: what came of it. The cause's title when it failed. */
  readonly summary: string
}

/** What one analysis says. `flows` and `findings` are exported; the rest serves the views. */
export interface Analysis {
  readonly flows: readonly Flow[]
  readonly findings: readonly Finding[]
  readonly exchanges: readonly HttpExchange[]
  /** When time alone may change the answer next: a silence becomes long enough to mean something. */
  readonly revisitAt?: EpochMs
  /** Rules that threw: their id and message. Shown honestly, they cost only themselves. */
  readonly crashed: readonly { readonly rule: string; readonly message: string }[]
}
