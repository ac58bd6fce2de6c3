import { type Caller, createCaller } from './caller'
import type { Channel } from './channel'
import type { CaptureEvent } from '../model/recording'
import type { News, RecorderStatus } from './contract'
import { CallError } from './wire'

/** A caller that outlives its channel: the background is stopped when idle, and its ports with it. */
export interface Connection extends Caller {
  /** Called on every (re)connection, and at once when there is one already. */
  readonly onOpen: (listener: () => void) => void
  /** Called when the extension itself is gone; what is shown is the last there will be. */
  readonly onGone: (listener: () => void) => void
  readonly close: () => void
}

/**
 * Opens a channel and opens it again whenever it closes.
 *
 * @param open throws when the extension itself is gone (updated or removed); the connection then stays closed.
 */
export const connect = (open: () => Channel, { retryMs = 50 }: { readonly retryMs?: number } = {}): Connection => {
  const newsListeners: ((news: News) => void)[] = []
  const openListeners: (() => void)[] = []
  const goneListeners: (() => void)[] = []
  let caller: Caller | undefined
  let channel: Channel | undefined
  let wanted = true

  const start = () => {
    if (!wanted) return
    try {
      channel = open()
    } catch {
      caller = undefined
      goneListeners.forEach((listener) => listener())
      return
    }
    caller = createCaller(channel)
    caller.onNews((news) => newsListeners.forEach((listener) => listener(news)))
    channel.onClose(() => {
      caller = undefined
      setTimeout(start, retryMs)
    })
    openListeners.forEach((listener) => listener())
  }
  // Listeners added in the same turn hear of the first opening as well.
  queueMicrotask(start)

  const attempt: Caller['call'] = async (name, input, options) => {
    if (!caller) await new Promise((resolve) => setTimeout(resolve, retryMs * 2))
    if (!caller)
      throw new CallError('Loginscope is not running any more. Close this view and open it again.', 'disconnected')
    return caller.call(name, input, options)
  }

  return {
    // A worker stopped between question and answer loses only the answer: every call may be asked twice.
    call: async (name, input, options) => {
      try {
        return await attempt(name, input, options)
      } catch (error) {
        if (!(error instanceof CallError) || error.code !== 'disconnected' || !wanted) throw error
        return attempt(name, input, options)
      }
    },
    onNews: (listener) => {
      newsListeners.push(listener)
    },
    onOpen: (listener) => {
      openListeners.push(listener)
      if (caller) listener()
    },
    onGone: (listener) => {
      goneListeners.push(listener)
    },
    close: () => {
      wanted = false
      channel?.close()
    },
  }
}

export interface RecordingFollower {
  /** Events not told before, ascending. */
  readonly onEvents: (events: readonly CaptureEvent[]) => void
  /** What was told is void (cleared, or shortened for space); `events` is the log as it is now. */
  readonly onReset: (events: readonly CaptureEvent[]) => void
  readonly onStatus: (status: RecorderStatus) => void
}

/** Follows the log over reconnections, without gaps or repeats. */
export const followRecording = (connection: Connection, follower: RecordingFollower): void => {
  let lastSeq = -1
  let knownGeneration: number | undefined
  let reading: Promise<void> | undefined
  let again = false

  const deliver = (events: readonly CaptureEvent[]) => {
    const fresh = events.filter((event) => event.seq > lastSeq)
    const last = fresh.at(-1)
    if (!last) return
    lastSeq = last.seq
    follower.onEvents(fresh)
  }

  const readOnce = async () => {
    const { events, status, generation } = await connection.call('recording.read', { afterSeq: lastSeq })
    if (knownGeneration !== undefined && generation !== knownGeneration) {
      const whole = await connection.call('recording.read', { afterSeq: -1 })
      knownGeneration = whole.generation
      lastSeq = whole.events.at(-1)?.seq ?? -1
      follower.onReset(whole.events)
      follower.onStatus(whole.status)
      return
    }
    knownGeneration = generation
    deliver(events)
    follower.onStatus(status)
  }

  const read = () => {
    if (reading) {
      again = true
      return
    }
    reading = readOnce()
      .catch((error: unknown) => {
        if (!(error instanceof CallError)) throw error
        // The connection reads again when it reopens.
      })
      .finally(() => {
        reading = undefined
        if (again) {
          again = false
          read()
        }
      })
  }

  connection.onOpen(read)
  connection.onNews((news) => {
    if (news.type === 'log.cleared') read()
    if (news.type === 'status.changed') follower.onStatus(news.status)
    if (news.type === 'log.appended') {
      const first = news.events[0]
      // A hole means that news was lost while a port reopened.
      if (reading || (first && first.seq > lastSeq + 1)) read()
      else deliver(news.events)
    }
  })
}
