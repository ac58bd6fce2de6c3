import type { Channel } from './channel'
import type { Calls, News } from './contract'
import { CallError, type CallName, type FromBackground, type ToBackground } from './wire'

export interface CallOptions {
  readonly signal?: AbortSignal
  /** Default 10 s. */
  readonly timeoutMs?: number
}

export interface Caller {
  /** Rejects with a {@link CallError}. */
  readonly call: <Name extends CallName>(
    name: Name,
    input: Calls[Name]['in'],
    options?: CallOptions,
  ) => Promise<Calls[Name]['out']>
  readonly onNews: (listener: (news: News) => void) => void
}

interface Waiting {
  readonly resolve: (output: unknown) => void
  readonly reject: (error: CallError) => void
}

/** The asking end of a channel. */
export const createCaller = (channel: Channel): Caller => {
  const waiting = new Map<number, Waiting>()
  const newsListeners: ((news: News) => void)[] = []
  let lastId = 0

  const rejectAll = (error: CallError) => {
    const all = [...waiting.values()]
    waiting.clear()
    all.forEach(({ reject }) => reject(error))
  }

  channel.onClose(() => rejectAll(new CallError('The background went away before it answered.', 'disconnected')))
  channel.onMessage((message) => {
    const received = message as FromBackground
    switch (received.kind) {
      case 'answer':
        waiting.get(received.id)?.resolve(received.output)
        break
      case 'failure':
        waiting.get(received.id)?.reject(new CallError(received.error.message, received.error.code))
        break
      case 'news':
        newsListeners.forEach((listener) => listener(received.news))
        break
      case 'refused':
        rejectAll(new CallError('Loginscope was updated. Close this view and open it again.', 'version'))
        break
    }
  })

  return {
    call: (name, input, { signal, timeoutMs = 10_000 } = {}) =>
      new Promise((resolve, reject) => {
        const id = ++lastId
        const settle = <T>(then: (value: T) => void) => {
          return (value: T) => {
            waiting.delete(id)
            clearTimeout(timer)
            signal?.removeEventListener('abort', abort)
            then(value)
          }
        }
        const fail = settle(reject)
        const abort = () => fail(new CallError(`${name} was aborted.`, 'aborted'))
        const timer = setTimeout(
          () => fail(new CallError(`${name} was not answered within ${timeoutMs} ms.`, 'timeout')),
          timeoutMs,
        )
        if (signal?.aborted) return abort()
        signal?.addEventListener('abort', abort)
        waiting.set(id, { resolve: settle(resolve as (output: unknown) => void), reject: fail })
        channel.post({ kind: 'call', id, name, input } satisfies ToBackground)
      }),
    onNews: (listener) => {
      newsListeners.push(listener)
    },
  }
}
