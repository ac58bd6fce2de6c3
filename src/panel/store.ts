import { type GoodLogin, type RecorderStatus, type Settings, defaultSettings } from '../messaging/contract'
import type { Analysis } from '../model/analysis'
import type { AttemptNote, AttemptNotes } from '../model/attempt-notes'
import type { CaptureEvent, EpochMs, Recording } from '../model/recording'
import type { ConnectionState, Origin, Source } from './source'

/** Everything the views draw from, apart from what the user does in the panel. */
export interface Snapshot {
  readonly origin: Origin
  readonly connection: ConnectionState
  readonly events: readonly CaptureEvent[]
  readonly analysis: Analysis
  /** When the analysis was made: the `now` of lifetimes. */
  readonly analysedAt: EpochMs
  /** The log has been read once, so that "nothing recorded" is a fact and not a delay. */
  readonly loaded: boolean
  readonly status: RecorderStatus | null
  readonly settings: Settings
  /** What a failed attempt can be compared with, besides the attempts of this recording. */
  readonly goodLogins: readonly GoodLogin[]
  /** What the user noted about attempts. */
  readonly notes: AttemptNotes
}

export interface Store {
  /** The same object until something changed. */
  readonly getSnapshot: () => Snapshot
  readonly subscribe: (listener: () => void) => () => void
  /** Leaves the present source for another one. */
  readonly open: (source: Source) => void
  readonly setPaused: (paused: boolean) => Promise<void>
  readonly clear: () => Promise<void>
  readonly note: (flowId: string, change: AttemptNote) => Promise<void>
  readonly close: () => void
}

type Analyze = (recording: Recording, now: EpochMs, settings: Pick<Settings, 'extraEndpoints'>) => Analysis

interface StoreOptions {
  readonly analyze: Analyze
  /** A quicker one for events that were added, made good by `analyze` as soon as no more arrive. */
  readonly glance?: Analyze
  readonly now: () => EpochMs
  /** Runs a task soon; in one go for all events of the same moment. */
  readonly schedule?: (task: () => void, delayMs: number) => () => void
}

const nothing: Analysis = { flows: [], findings: [], exchanges: [], crashed: [] }

const later = (task: () => void, delayMs: number) => {
  const timer = setTimeout(task, delayMs)
  return () => clearTimeout(timer)
}

/** No event for so long: nobody waits for a picture any more. */
const QUIET_MS = 400
/** While events never stop, a glance may stand so long. */
const STALE_MS = 2_000

export const createStore = (first: Source, { analyze, glance, now, schedule = later }: StoreOptions): Store => {
  const listeners = new Set<() => void>()
  let source = first
  let stop = () => {}
  let cancelRun: (() => void) | undefined
  let cancelRecheck: (() => void) | undefined
  let costMs = 0
  let wholeAt = 0
  // A whole analysis of the present log has been made, so that a glance at what was added may build on it.
  let mayGlance = false

  const fresh = (origin: Origin): Snapshot => ({
    origin,
    connection: 'connecting',
    events: [],
    analysis: nothing,
    analysedAt: now(),
    loaded: false,
    status: null,
    settings: defaultSettings,
    goodLogins: [],
    notes: {},
  })
  let snapshot = fresh(first.origin)

  const set = (change: Partial<Snapshot>) => {
    snapshot = { ...snapshot, ...change }
    listeners.forEach((listener) => listener())
  }

  const run = (how: Analyze) => {
    cancelRun?.()
    cancelRecheck?.()
    cancelRun = cancelRecheck = undefined
    const at = source.now ?? now()
    const began = performance.now()
    const analysis = how({ events: snapshot.events }, at, snapshot.settings)
    costMs = performance.now() - began
    mayGlance = true
    set({ analysis, analysedAt: at, loaded: true })
    if (how === analyze) wholeAt = began
    if (how === glance) cancelRecheck = schedule(runWhole, Math.max(0, Math.min(QUIET_MS, wholeAt + STALE_MS - began)))
    else if (analysis.revisitAt !== undefined && source.now === undefined)
      cancelRecheck = schedule(runWhole, analysis.revisitAt - at)
  }
  const runWhole = () => run(analyze)

  // An analysis that takes long may use at most half of the time, so that scrolling stays smooth while a login streams in.
  const analyseSoon = () => {
    cancelRun ??= schedule(() => run(glance && mayGlance ? glance : analyze), costMs < 25 ? 0 : costMs)
  }

  const start = (next: Source) => {
    source = next
    mayGlance = false
    stop = next.start({
      onEvents: (events) => {
        if (source !== next || events.length === 0) return
        snapshot = { ...snapshot, events: [...snapshot.events, ...events] }
        analyseSoon()
      },
      onReset: (events) => {
        if (source !== next) return
        snapshot = { ...snapshot, events }
        mayGlance = false
        analyseSoon()
      },
      onStatus: (status) => {
        if (source !== next) return
        // The status is told after the events of the same answer, so the log has been read by now.
        set({ status, loaded: snapshot.loaded || snapshot.events.length === 0 })
      },
      onSettings: (settings) => {
        if (source !== next) return
        const others = JSON.stringify(settings.extraEndpoints) !== JSON.stringify(snapshot.settings.extraEndpoints)
        set({ settings })
        if (!others || snapshot.events.length === 0) return
        mayGlance = false
        analyseSoon()
      },
      onGoodLogins: (goodLogins) => source === next && set({ goodLogins }),
      onNotes: (notes) => source === next && set({ notes }),
      onConnection: (connection) => source === next && set({ connection }),
    })
  }
  start(first)

  const leave = () => {
    stop()
    cancelRun?.()
    cancelRecheck?.()
    cancelRun = cancelRecheck = undefined
  }

  return {
    getSnapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    open: (next) => {
      leave()
      const { settings } = snapshot
      set({ ...fresh(next.origin), settings })
      start(next)
    },
    setPaused: async (paused) => source.setPaused?.(paused),
    clear: async () => source.clear?.(),
    note: (flowId, change) => source.note(flowId, change),
    close: leave,
  }
}
