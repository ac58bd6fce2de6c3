import type { BlindSpot } from './observed'

/** Milliseconds since 1970, with fractions, as `webRequest` reports `timeStamp`. */
export type EpochMs = number

/** Header names and values in the order of the wire, repeats kept. Look up with `header()` of `model/headers`. */
export type HeaderList = readonly Header[]
export interface Header {
  readonly name: string
  readonly value: string
  /** It may have been there; who made the file took it out, or put a placeholder into its place. */
  readonly withheld?: boolean
}

/** A request or response body as far as it was captured. */
export type CapturedBody =
  | { readonly kind: 'text'; readonly text: string; readonly mimeType?: string; readonly truncated?: boolean }
  /** Form fields as the browser decoded them; the order of the wire may be lost. */
  | { readonly kind: 'form'; readonly fields: readonly FormField[]; readonly mimeType?: string }
  /** There was a body, and it could not be read. */
  | { readonly kind: 'lost'; readonly because: BlindSpot }

export interface FormField {
  readonly name: string
  readonly value: string
  /** The value was never recorded because nothing about a login needs it (a password field, for example). */
  readonly withheld?: boolean
}

/** The names of `webRequest.ResourceType`; `other` where the source does not tell. */
export type ResourceType =
  | 'main_frame'
  | 'sub_frame'
  | 'xmlhttprequest'
  | 'script'
  | 'stylesheet'
  | 'image'
  | 'font'
  | 'ping'
  | 'websocket'
  | 'other'

interface EventBase {
  /** Position in the log: unique, ascending. Time may disagree with it; sort by `at` when time matters. */
  readonly seq: number
  readonly at: EpochMs
}

interface RequestEvent extends EventBase {
  /** The browser's id: one for a request and all its redirect hops. */
  readonly requestId: string
  /** With its fragment where the browser told it. */
  readonly url: string
}

export interface RequestStarted extends RequestEvent {
  readonly type: 'request.started'
  readonly method: string
  readonly resourceType: ResourceType
  /** -1 where no tab owns the request (service and shared workers). */
  readonly tabId: number
  readonly frameId: number
  /** -1 for the outermost frame. */
  readonly parentFrameId: number
  readonly documentId?: string
  /** Origin (Chromium) or URL (Firefox) of the document that caused the request; absent when the user or the browser did. */
  readonly initiator?: string
  readonly documentLifecycle?: string
  readonly body?: CapturedBody
}

export interface RequestHeaders extends RequestEvent {
  readonly type: 'request.headers'
  readonly headers: HeaderList
}

export interface ResponseHeaders extends RequestEvent {
  readonly type: 'response.headers'
  readonly status: number
  readonly headers: HeaderList
}

export interface RequestRedirected extends RequestEvent {
  readonly type: 'request.redirected'
  readonly redirectUrl: string
  readonly status: number
  readonly fromCache?: boolean
}

export interface RequestCompleted extends RequestEvent {
  readonly type: 'request.completed'
  readonly status: number
  readonly fromCache?: boolean
}

export interface RequestFailed extends RequestEvent {
  readonly type: 'request.failed'
  /** As the browser names it: `net::ERR_CONNECTION_REFUSED`, `NS_ERROR_UNKNOWN_HOST` … */
  readonly error: string
}

export interface ResponseBodyCaptured extends RequestEvent {
  readonly type: 'response.body'
  readonly body: CapturedBody
}

/** A whole exchange from a source that tells it at once: `devtools.network`, or one entry of a HAR file. */
export interface EntryObserved extends EventBase {
  readonly type: 'entry.observed'
  readonly origin: 'devtools' | 'file'
  /** Unique within the recording. */
  readonly entryId: string
  readonly tabId: number
  readonly entry: ObservedEntry
}

/** A HAR 1.2 entry, reduced to what is used; names as in HAR. Missing fields were not in the source. */
export interface ObservedEntry {
  readonly startedDateTime: EpochMs
  /** Milliseconds. */
  readonly time?: number
  readonly method: string
  readonly url: string
  readonly requestHeaders?: HeaderList
  readonly requestBody?: CapturedBody
  /** 0 or missing: no response came. */
  readonly status?: number
  readonly responseHeaders?: HeaderList
  readonly responseBody?: CapturedBody
  /** `response.redirectURL`, made absolute. */
  readonly redirectURL?: string
  readonly error?: string
  readonly resourceType?: ResourceType
  readonly initiator?: string
  /** HAR pages stand for documents: entries of one page share a value. */
  readonly pageref?: string
  readonly fromCache?: boolean
  /** A service worker of the page made the answer up, or had it in store; one that it handed through is the server's. */
  readonly fromServiceWorker?: boolean
  /** See `HttpExchange.servedStatus`. */
  readonly servedStatus?: number
  readonly preflight?: boolean
}

/** A document URL became current in a frame; `how` tells a load from a change without one. */
export interface NavigationCommitted extends EventBase {
  readonly type: 'navigation.committed'
  readonly how: 'load' | 'history' | 'fragment' | 'restored'
  readonly tabId: number
  readonly frameId: number
  readonly parentFrameId: number
  readonly documentId?: string
  readonly url: string
  /** `reload`, `link`, `form_submit` … as `webNavigation` names them. */
  readonly transitionType?: string
  readonly transitionQualifiers?: readonly string[]
}

export interface NavigationFailed extends EventBase {
  readonly type: 'navigation.failed'
  readonly tabId: number
  readonly frameId: number
  readonly url: string
  readonly error: string
}

export interface TabOpened extends EventBase {
  readonly type: 'tab.opened'
  readonly tabId: number
  readonly openerTabId: number
  readonly openerFrameId?: number
}

export interface TabClosed extends EventBase {
  readonly type: 'tab.closed'
  readonly tabId: number
}

/** Something was not recorded from here on, or was dropped again; facts of the gap are unobserved, not absent. */
export interface CaptureGap extends EventBase {
  readonly type: 'capture.gap'
  readonly because:
    | 'storage-full'
    | 'paused'
    | 'permission-missing'
    | 'worker-stopped'
    | 'import-incomplete'
    /** Who wrote the file leaves out requests that got no answer. */
    | 'failures-left-out'
  readonly detail?: string
}

export interface RecordingStarted extends EventBase {
  readonly type: 'recording.started'
  readonly by: 'browser' | 'file' | 'paste'
  readonly userAgent?: string
}

/** The result of checking a JWS signature against a JWKS of the recording: recorded, so that analysis stays pure. */
export interface JwsVerified extends EventBase {
  readonly type: 'jws.verified'
  /** Where the token was read. */
  readonly exchangeId: string
  readonly parameter: string
  readonly result: 'valid' | 'invalid' | 'key-not-found' | 'unsupported'
  readonly detail?: string
}

/**
 * What is known of values that a redacted recording no longer holds. Keys are the labels that stand in their place.
 * The analysis reads these facts where it would have computed them from the value.
 */
export interface ValuesDescribed extends EventBase {
  readonly type: 'values.described'
  readonly values: Readonly<Record<string, DescribedValue>>
}

export interface DescribedValue {
  readonly length: number
  readonly charset: 'digits' | 'hex' | 'unreserved' | 'base64' | 'token' | 'visible' | 'other'
  /** Texts (or labels) this value was found to hash to, by kind of hash. */
  readonly hashesTo?: Readonly<Partial<Record<HashKind, readonly string[]>>>
}

/** S256: RFC 7636 section 4.2. The others: left half of the hash, OIDC Core section 3.3.2.11; `ath`: RFC 9449 section 4.1. */
export type HashKind = 'S256' | 'left-half-256' | 'left-half-384' | 'left-half-512'

export type CaptureEvent =
  | RequestStarted
  | RequestHeaders
  | ResponseHeaders
  | RequestRedirected
  | RequestCompleted
  | RequestFailed
  | ResponseBodyCaptured
  | EntryObserved
  | NavigationCommitted
  | NavigationFailed
  | TabOpened
  | TabClosed
  | CaptureGap
  | RecordingStarted
  | JwsVerified
  | ValuesDescribed

/** Distributes over the union, so that each event keeps its own fields without the two the log adds. */
export type NewCaptureEvent = CaptureEvent extends infer E ? (E extends CaptureEvent ? Omit<E, 'seq'> : never) : never

/** The append-only log. Everything the analysis uses is in here. */
export interface Recording {
  readonly events: readonly CaptureEvent[]
}
