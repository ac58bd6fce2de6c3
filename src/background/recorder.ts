import { createSieve } from '../capture/sieve'
import type { RelevanceSettings } from '../capture/login-context'
import type { CaptureEvent, NewCaptureEvent } from '../model/recording'
import { type Log, type LogStorage, openLog } from '../recording/log'

export interface Recorder {
  /** Takes an event at any time, also before the log is restored. Order is kept. */
  readonly offer: (event: NewCaptureEvent) => void
  /** Appends what needs no sieve. */
  readonly note: (event: NewCaptureEvent) => void
  /** Whether a response body is worth reading, as far as is known now. */
  readonly wantsBody: (requestId: string) => boolean
  /** Resolves when the log is restored and every event offered so far was taken. */
  readonly settled: () => Promise<void>
  readonly events: () => readonly CaptureEvent[]
  readonly generation: () => number
  readonly isPaused: () => boolean
  readonly isFull: () => boolean
  readonly setPaused: (paused: boolean) => Promise<void>
  readonly clear: (tabId?: number) => Promise<void>
  readonly configure: (settings: RelevanceSettings) => void
}

export interface RecorderOptions {
  readonly storage: LogStorage
  readonly settings: Promise<RelevanceSettings>
  readonly userAgent: string
  readonly now?: () => number
  readonly onAppended: (events: readonly CaptureEvent[]) => void
  /** Events told before are void: cleared, or shortened for space. */
  readonly onCleared: () => void
}

/** How long held events may be unsaved: a worker that is killed meanwhile loses only what was not yet recognised. */
const holdSaveMs = 250

const tabOf = (event: CaptureEvent): number | undefined => ('tabId' in event ? event.tabId : undefined)

/** What belongs to a tab: its own events, and the later events of requests it started. */
const belongsToTab = (events: readonly CaptureEvent[], tabId: number) => {
  const requests = new Set(
    events.flatMap((event) => (event.type === 'request.started' && event.tabId === tabId ? [event.requestId] : [])),
  )
  return (event: CaptureEvent): boolean =>
    tabOf(event) === tabId || ('requestId' in event && requests.has(event.requestId))
}

/** Sieve and log behind one door: whatever happens while the log is being restored waits its turn. */
export const createRecorder = (options: RecorderOptions): Recorder => {
  const { storage, userAgent, now = Date.now, onAppended, onCleared } = options
  const sieve = createSieve({ recordOnly: [], ignore: [], extraEndpoints: [] })
  let log: Log | undefined
  const waiting: (() => void)[] = []
  let holdTimer: ReturnType<typeof setTimeout> | undefined

  const append = (into: Log, events: readonly NewCaptureEvent[]) => {
    const appended = into.append(events)
    if (appended.length > 0) onAppended(appended)
  }

  const begin = (into: Log) => append(into, [{ type: 'recording.started', at: now(), by: 'browser', userAgent }])

  const saveHeld = (into: Log) => {
    holdTimer ??= setTimeout(() => {
      holdTimer = undefined
      into.setHeld(sieve.held())
    }, holdSaveMs)
  }

  const restore = async () => {
    const [stored, settings] = await Promise.all([storage.read(), options.settings])
    const restored = openLog(storage, stored, { onShortened: onCleared, now })
    sieve.configure(settings)
    if (restored.events().length === 0) begin(restored)
    append(restored, sieve.restore(restored.events(), stored.held))
    log = restored
    waiting.splice(0).forEach((run) => run())
    return restored
  }
  const restored = restore()

  const whenRestored = (run: (log: Log) => void): void => {
    const open = log
    if (open) run(open)
    else waiting.push(() => log && run(log))
  }

  return {
    offer: (event) =>
      whenRestored((open) => {
        if (open.meta().paused) return
        append(open, sieve.offer(event))
        saveHeld(open)
      }),
    note: (event) => whenRestored((open) => append(open, [event])),
    wantsBody: sieve.wantsBody,
    settled: async () => {
      await (await restored).flush()
    },
    events: () => log?.events() ?? [],
    generation: () => log?.meta().generation ?? 0,
    isPaused: () => log?.meta().paused ?? false,
    isFull: () => log?.isFull() ?? false,
    setPaused: async (paused) => {
      const open = await restored
      if (open.meta().paused === paused) return
      open.setPaused(paused)
      if (paused) append(open, [{ type: 'capture.gap', at: now(), because: 'paused' }])
      await open.flush()
    },
    clear: async (tabId) => {
      const open = await restored
      if (tabId === undefined) {
        open.clear()
        sieve.clear()
        begin(open)
      } else {
        open.clear(belongsToTab(open.events(), tabId))
      }
      onCleared()
      await open.flush()
    },
    configure: (settings) => sieve.configure(settings),
  }
}
