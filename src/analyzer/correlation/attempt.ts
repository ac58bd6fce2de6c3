import type { FlowKind } from '../../model/analysis'
import type { HttpExchange } from '../../model/exchange'
import type {
  ApiCall,
  AuthorizationRequest,
  AuthorizationResponse,
  CodeHandover,
  DeviceAuthorizationRequest,
  DocumentMessage,
  DocumentStep,
  EndSessionRequest,
  FederatedRequest,
  LogoutResponse,
  Message,
  PushedAuthorizationRequest,
  TokenManagementRequest,
  TokenRequest,
} from '../../model/message'
import type { CaptureEvent, EpochMs } from '../../model/recording'
import type { ServerClock } from '../facts/clock'
import type { Values } from '../facts/digest'
import type { Known } from '../recognition/known'

/** The messages that belong to one attempt to log in (or refresh, log out, call an API), oldest first in each list. */
export interface Attempt {
  readonly id: string
  readonly kind: FlowKind
  /** The tab the user sees: the opener, when the login ran in a popup. */
  readonly tabId: number
  readonly startedAt: EpochMs
  /** More than one when the same request was sent again: reload, back button. */
  readonly requests: readonly AuthorizationRequest[]
  readonly pushed: readonly PushedAuthorizationRequest[]
  readonly starts: readonly DocumentStep[]
  readonly interactions: readonly DocumentStep[]
  readonly responses: readonly AuthorizationResponse[]
  readonly handovers: readonly CodeHandover[]
  readonly tokenCalls: readonly TokenRequest[]
  readonly deviceRequests: readonly DeviceAuthorizationRequest[]
  readonly apiCalls: readonly ApiCall[]
  readonly after: readonly DocumentStep[]
  readonly documents: readonly DocumentMessage[]
  readonly management: readonly TokenManagementRequest[]
  readonly logoutRequests: readonly EndSessionRequest[]
  readonly logoutResponses: readonly LogoutResponse[]
  readonly federated: readonly FederatedRequest[]
  /** All of the above in the order of time. */
  readonly messages: readonly Message[]
  readonly links: readonly AttemptLink[]
  readonly retryOf?: string
  readonly parent?: string
  /** A later attempt of the same client in the same tab took over before this one was answered. */
  readonly supersededBy?: string
}

export interface AttemptLink {
  readonly from: string
  readonly to: string
  /** The parameter, or the kind of closeness, that joined the two exchanges. */
  readonly by: string
}

/** Everything that is not of one attempt, and that rules may ask. */
export interface World {
  readonly now: EpochMs
  readonly events: readonly CaptureEvent[]
  readonly exchanges: readonly HttpExchange[]
  readonly messages: readonly Message[]
  readonly known: Known
  readonly values: Values
  /** Time of the first event. */
  readonly recordedFrom: EpochMs
  /** The clock of a URL's host against the browser's. */
  readonly clock: (url: string) => ServerClock | undefined
  readonly exchange: (id: string) => HttpExchange | undefined
  /** The tab that opened this one, and so on up; the tab itself when none did. */
  readonly rootTab: (tabId: number) => number
  /** The root tab of an exchange. What a worker sends belongs to no tab; its page's tab is that of its origin. */
  readonly tabOf: (exchange: HttpExchange) => number
}
