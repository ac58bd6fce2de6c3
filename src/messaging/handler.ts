import type { Channel } from './channel'
import { PROTOCOL_VERSION, type Calls, type News } from './contract'
import type { CallName, FromBackground, ToBackground, WireError } from './wire'

export type Handlers = {
  readonly [Name in CallName]: (input: Calls[Name]['in']) => Promise<Calls[Name]['out']> | Calls[Name]['out']
}

const asWireError = (error: unknown): WireError =>
  error instanceof Error
    ? { name: error.name, message: error.message, code: 'failed' }
    : { name: 'Error', message: String(error), code: 'failed' }

/** The answering end of a channel. Returns how to tell the peer news. */
export const serve = (channel: Channel, handlers: Handlers): { readonly tell: (news: News) => void } => {
  const post = (message: FromBackground) => channel.post(message)

  const answer = async ({ id, name, input }: ToBackground) => {
    const handle = Object.hasOwn(handlers, name) ? (handlers[name] as (input: unknown) => unknown) : undefined
    if (!handle) {
      const message = `The background knows no call named ${name}.`
      return post({ kind: 'failure', id, error: { name: 'CallError', message, code: 'unknown-call' } })
    }
    try {
      post({ kind: 'answer', id, output: await handle(input) })
    } catch (error) {
      post({ kind: 'failure', id, error: asWireError(error) })
    }
  }

  channel.onMessage((message) => void answer(message as ToBackground))
  return { tell: (news) => post({ kind: 'news', news }) }
}

/** Tells a peer of another version to reopen, and hangs up. */
export const refuse = (channel: Channel): void => {
  channel.post({ kind: 'refused', version: PROTOCOL_VERSION } satisfies FromBackground)
  channel.close()
}
