import type { GoodLogin, RecorderStatus, Settings } from '../messaging/contract'
import type { AttemptNote, AttemptNotes } from '../model/attempt-notes'
import type { CaptureEvent, EpochMs } from '../model/recording'

/** Where the shown recording comes from. */
export type Origin =
  /** `tabId` is the inspected tab; null in the view of all tabs. */
  | { readonly kind: 'live'; readonly tabId: number | null }
  | { readonly kind: 'file'; readonly name: string; readonly notes: readonly string[] }
  | { readonly kind: 'sample' }

export type ConnectionState = 'connecting' | 'open' | 'lost' | 'outdated'

/** What a source tells while it runs. */
export interface SourceSink {
  /** New events, ascending. */
  readonly onEvents: (events: readonly CaptureEvent[]) => void
  /** What was told is void; this is the whole log now. */
  readonly onReset: (events: readonly CaptureEvent[]) => void
  readonly onStatus: (status: RecorderStatus) => void
  readonly onSettings: (settings: Settings) => void
  /** Logins that worked, of this recording and before it. */
  readonly onGoodLogins: (logins: readonly GoodLogin[]) => void
  /** What the user noted about attempts, here or in another view. */
  readonly onNotes: (notes: AttemptNotes) => void
  readonly onConnection: (state: ConnectionState) => void
}

/** Something that delivers events: the background, an opened file, the built-in sample. */
export interface Source {
  readonly origin: Origin
  /** Returns how to stop. */
  readonly start: (sink: SourceSink) => () => void
  /** The time to analyse at; the present time when absent. */
  readonly now?: EpochMs
  readonly note: (flowId: string, change: AttemptNote) => Promise<void>
  /** Absent where nothing is being recorded. */
  readonly setPaused?: (paused: boolean) => Promise<void>
  readonly clear?: () => Promise<void>
}
