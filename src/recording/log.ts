import type { CaptureEvent, NewCaptureEvent } from '../model/recording'

/** Where chunks of the log survive a stop of the worker. */
export interface LogStorage {
  readonly read: () => Promise<StoredLog>
  /** Chunks that are given as `undefined` are removed. Rejects when there is no room. */
  readonly write: (change: LogChange) => Promise<void>
}

export interface StoredLog {
  readonly chunks: ReadonlyMap<number, readonly CaptureEvent[]>
  readonly held: readonly NewCaptureEvent[]
  readonly meta: LogMeta
}

export interface LogMeta {
  readonly nextSeq: number
  /** Grows when events that were told already are cleared or shortened. */
  readonly generation: number
  readonly paused: boolean
}

export interface LogChange {
  readonly chunks: ReadonlyMap<number, readonly CaptureEvent[] | undefined>
  readonly held?: readonly NewCaptureEvent[]
  readonly meta: LogMeta
}

export const emptyMeta: LogMeta = { nextSeq: 0, generation: 0, paused: false }

/** The append-only log and its one writer. */
export interface Log {
  readonly append: (events: readonly NewCaptureEvent[]) => readonly CaptureEvent[]
  readonly events: () => readonly CaptureEvent[]
  readonly meta: () => LogMeta
  readonly isFull: () => boolean
  /** Forgets everything, or what `belongs` says. */
  readonly clear: (belongs?: (event: CaptureEvent) => boolean) => void
  readonly setPaused: (paused: boolean) => void
  readonly setHeld: (held: readonly NewCaptureEvent[]) => void
  /** Resolves when everything appended so far is stored. */
  readonly flush: () => Promise<void>
}

export interface LogOptions {
  /** Characters the log may take; `storage.session` has 10 MiB for everything. */
  readonly budget?: number
  /** How long appended events wait for more before they are written. */
  readonly delayMs?: number
  /** Called when the budget forced something out. */
  readonly onShortened?: () => void
  readonly now?: () => number
}

const eventsPerChunk = 16
/** Each attempt leaves six tenths: after these, less than a tenth of the budget was too much. */
const attemptsToFit = 5

/** Characters of the stored JSON: near enough to what `storage.session` counts. */
const weigh = (event: CaptureEvent): number => JSON.stringify(event).length + 1

const lost = { kind: 'lost', because: 'body-not-captured' } as const

/** The same event without the bodies it carries, or `undefined` when it carries none worth the room. */
const withoutBodies = (event: CaptureEvent): CaptureEvent | undefined => {
  if (event.type === 'response.body' && event.body.kind === 'text') return { ...event, body: lost }
  if (event.type === 'entry.observed' && event.entry.responseBody?.kind === 'text')
    return { ...event, entry: { ...event.entry, responseBody: lost } }
  if (event.type === 'request.started' && event.body?.kind === 'text') return { ...event, body: lost }
  return undefined
}

const chunkOf = (event: CaptureEvent): number => Math.floor(event.seq / eventsPerChunk)

/** Takes up a stored log, or begins an empty one. */
export const openLog = (
  storage: LogStorage,
  stored: StoredLog,
  { budget = 8 * 1024 * 1024, delayMs = 20, onShortened = () => undefined, now = Date.now }: LogOptions = {},
): Log => {
  let events: readonly CaptureEvent[] = [...stored.chunks].sort(([a], [b]) => a - b).flatMap(([, chunk]) => chunk)
  const weights = new Map(events.map((event) => [event.seq, weigh(event)]))
  let weight = [...weights.values()].reduce((sum, each) => sum + each, 0)
  // A crash between two writes may leave the counter behind the chunks.
  let nextSeq = Math.max(stored.meta.nextSeq, (events.at(-1)?.seq ?? -1) + 1)
  let { generation, paused } = stored.meta
  let held = stored.held
  let full = false

  const dirty = new Set<number>()
  let heldDirty = false
  let metaDirty = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()

  const meta = (): LogMeta => ({ nextSeq, generation, paused })

  const writeDirty = async () => {
    if (timer) clearTimeout(timer)
    timer = undefined
    if (dirty.size === 0 && !heldDirty && !metaDirty) return
    const change: LogChange = { chunks: chunksOf(dirty), meta: meta(), ...(heldDirty ? { held } : {}) }
    dirty.clear()
    heldDirty = false
    metaDirty = false
    try {
      await storage.write(change)
    } catch {
      await writeLess(attemptsToFit)
    }
  }

  const chunksOf = (numbers: Iterable<number>): LogChange['chunks'] => {
    const chunks = new Map<number, CaptureEvent[]>([...numbers].map((number) => [number, []]))
    for (const event of events) chunks.get(chunkOf(event))?.push(event)
    return new Map([...chunks].map(([number, chunk]) => [number, chunk.length > 0 ? chunk : undefined]))
  }

  /** There is less room than the budget says, since others share the quota: the log shrinks until it fits. */
  const writeLess = async (attempts: number): Promise<void> => {
    const before = events.map(chunkOf)
    shorten(weight * 0.6)
    try {
      await storage.write({ chunks: chunksOf(new Set([...before, ...dirty])), held: [], meta: meta() })
      dirty.clear()
    } catch {
      if (attempts > 1) await writeLess(attempts - 1)
    }
  }

  const schedule = () => {
    timer ??= setTimeout(() => {
      writing = writing.then(writeDirty)
    }, delayMs)
  }

  const put = (event: CaptureEvent) => {
    const size = weigh(event)
    weight += size - (weights.get(event.seq) ?? 0)
    weights.set(event.seq, size)
    dirty.add(chunkOf(event))
  }

  const remove = (goes: (event: CaptureEvent) => boolean) => {
    events = events.filter((event) => {
      if (!goes(event)) return true
      weight -= weights.get(event.seq) ?? 0
      weights.delete(event.seq)
      dirty.add(chunkOf(event))
      return false
    })
  }

  /** Oldest bodies first, then oldest exchanges whole: half an exchange would read as something that never happened. */
  const makeRoom = (target: number) => {
    events = events.map((event) => {
      if (weight <= target) return event
      const lighter = withoutBodies(event)
      if (lighter) put(lighter)
      return lighter ?? event
    })
    while (weight > target && events.length > 1) {
      const oldest = events.find((event) => event.type !== 'recording.started' && event.type !== 'capture.gap')
      if (!oldest) break
      if ('requestId' in oldest) remove((event) => 'requestId' in event && event.requestId === oldest.requestId)
      else remove((event) => event === oldest)
    }
    generation += 1
  }

  /** Makes room and says so in the log. Returns what it appended. */
  const shorten = (target: number): readonly CaptureEvent[] => {
    makeRoom(target)
    full = true
    onShortened()
    const detail = 'The oldest bodies, then the oldest exchanges, were dropped to make room.'
    return append([{ type: 'capture.gap', at: now(), because: 'storage-full', detail }])
  }

  const append = (fresh: readonly NewCaptureEvent[]): readonly CaptureEvent[] => {
    if (fresh.length === 0) return []
    const appended = fresh.map((event): CaptureEvent => ({ ...event, seq: nextSeq++ }) as CaptureEvent)
    events = [...events, ...appended]
    appended.forEach(put)
    schedule()
    return weight <= budget ? appended : [...appended, ...shorten(budget * 0.8)]
  }

  return {
    append,
    events: () => events,
    meta,
    isFull: () => full,
    clear: (belongs = () => true) => {
      remove(belongs)
      generation += 1
      full = false
      metaDirty = true
      schedule()
    },
    setPaused: (next) => {
      paused = next
      metaDirty = true
      schedule()
    },
    setHeld: (next) => {
      held = next
      heldDirty = true
      schedule()
    },
    flush: async () => {
      writing = writing.then(writeDirty)
      await writing
    },
  }
}
