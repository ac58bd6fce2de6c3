import type { CaptureEvent, EpochMs, ObservedEntry, Recording } from '../model/recording'
import type { AttemptNote, AttemptNotes } from '../model/attempt-notes'
import type { Finding, FlowKind, FlowStatus } from '../model/analysis'

/** Raised when either side would misread the other; a panel left open over an update then asks to be reopened. */
export const PROTOCOL_VERSION = 1

/** What a view or the devtools page may ask of the background. */
export interface Calls {
  /**
   * Events after `afterSeq` (-1 for all), and the recorder's state. `generation` grows when events already told were
   * cleared or shortened: a reader that knows another generation starts over from -1.
   */
  'recording.read': {
    in: { afterSeq: number }
    out: { events: readonly CaptureEvent[]; status: RecorderStatus; generation?: number }
  }
  /** Forgets the log; with `tabId` only what belongs to that tab. */
  'recording.clear': { in: { tabId?: number }; out: null }
  'recording.pause': { in: { paused: boolean }; out: null }
  /** From the devtools page: one finished exchange with its body. */
  'devtools.entry': { in: { tabId: number; entryId: string; entry: ObservedEntry }; out: null }
  'tab.summary': { in: { tabId: number }; out: TabSummary }
  /** The last login that worked of each client and server, newest first. */
  'logins.good': { in: null; out: readonly GoodLogin[] }
  /** What the user noted about attempts: kept, and forgotten, with the recording. */
  'notes.read': { in: null; out: AttemptNotes }
  'notes.write': { in: { flowId: string; change: AttemptNote }; out: null }
  'settings.read': { in: null; out: Settings }
  'settings.write': { in: Partial<Settings>; out: Settings }
  /** Opens the panel page as an ordinary tab, on one flow when given, with its export menu open when asked for. */
  'panel.open': { in: { flowId?: string; exporting?: boolean }; out: null }
}

/** What the background tells connected views without being asked. */
export type News =
  | { readonly type: 'log.appended'; readonly events: readonly CaptureEvent[] }
  | { readonly type: 'log.cleared' }
  | { readonly type: 'status.changed'; readonly status: RecorderStatus }
  | { readonly type: 'notes.changed'; readonly notes: AttemptNotes }
  | { readonly type: 'settings.changed'; readonly settings: Settings }

export interface RecorderStatus {
  readonly paused: boolean
  /** False when the user has taken the permission to see web requests away. */
  readonly hostPermission: boolean
  readonly storageFull: boolean
  /** Tabs whose devtools page is connected: there, response bodies are visible. */
  readonly devtoolsTabs: readonly number[]
}

/** What badge and popup show of one tab. */
export interface TabSummary {
  readonly tabId: number
  readonly failed: number
  readonly succeeded: number
  readonly delivered: number
  readonly pending: number
  readonly latest?: AttemptSummary
  /** Other failed attempts that no later success has settled, newest first. */
  readonly others?: readonly AttemptSummary[]
  readonly status: RecorderStatus
}

export interface AttemptSummary {
  readonly flowId: string
  readonly status: FlowStatus
  readonly summary: string
  readonly client_id?: string
  readonly issuer?: string
  readonly finding?: Finding
}

/** A login that worked, redacted, for a later one that fails to be compared with. */
export interface GoodLogin {
  readonly client_id: string
  /** Origin of the authorization server. */
  readonly server: string
  readonly kind: FlowKind
  readonly startedAt: EpochMs
  readonly recording: Recording
}

export interface Settings {
  /** Host patterns (`*.example.com`); when not empty, only these are recorded. */
  readonly recordOnly: readonly string[]
  readonly ignore: readonly string[]
  /** URLs to treat as endpoints although nothing in the traffic says so. */
  readonly extraEndpoints: readonly { readonly url: string; readonly kind: 'authorization' | 'token' }[]
  readonly keepPersonalData: boolean
  readonly rememberGoodLogins: 'session' | 'disk' | 'never'
  readonly theme: 'auto' | 'light' | 'dark'
  readonly density: 'compact' | 'comfortable'
  readonly notifyOnFailure: boolean
}

export const defaultSettings: Settings = {
  recordOnly: [],
  ignore: [],
  extraEndpoints: [],
  keepPersonalData: false,
  rememberGoodLogins: 'session',
  theme: 'auto',
  density: 'compact',
  notifyOnFailure: false,
}
