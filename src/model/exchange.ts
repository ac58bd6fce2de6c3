import type { Observed } from './observed'
import type { CapturedBody, EpochMs, HeaderList, ResourceType } from './recording'

/** One request and its response: one hop of a redirect chain. */
export interface HttpExchange {
  /** `<source>:<requestId>:<hop>`: the same for the same recording, also after export and import. */
  readonly id: string
  readonly method: string
  /** With its fragment where it was seen. */
  readonly url: string
  readonly startedAt: EpochMs
  /** When the last event of this hop was seen; absent while nothing answered. */
  readonly endedAt?: EpochMs
  readonly resourceType: ResourceType
  readonly tabId: number
  readonly frameId: number
  /** -1 for the outermost frame. */
  readonly parentFrameId: number
  readonly documentId?: string
  readonly initiator?: string
  readonly requestHeaders: Observed<HeaderList>
  readonly requestBody: Observed<CapturedBody>
  readonly status: Observed<number>
  readonly responseHeaders: Observed<HeaderList>
  readonly responseBody: Observed<CapturedBody>
  /** Absolute, with fragment, when the response was a redirect that the browser followed or tried to. */
  readonly redirectUrl?: string
  /** The browser's name of the transport error, when the exchange ended in one. */
  readonly error?: string
  readonly fromCache: boolean
  /** The answer is a service worker's own, and nothing of the request was seen on the wire. */
  readonly fromServiceWorker: boolean
  /**
   * The status that the page got from its service worker, which sent this request for it; 0 where the page got a network
   * error. All else is what went over the wire.
   */
  readonly servedStatus?: number
  readonly isPreflight: boolean
  /** 0 for the first request of a chain. */
  readonly hop: number
  /** The exchanges before and after in the same redirect chain. */
  readonly previousHop?: string
  readonly nextHop?: string
  /** The OPTIONS exchange the browser sent ahead of this one. */
  readonly preflight?: string
}
