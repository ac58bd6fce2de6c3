import type { Message } from '../../model/message'
import { originOf } from '../../model/url'
import type { Draft, Drafts } from './draft'

/** What is further apart is another try. */
const SAME_TRY_WITHIN = 60_000

/** The calls of one sign-in without redirects go to one server from one tab, shortly after each other. */
export const joinFederated = (drafts: Drafts, messages: readonly Message[]): void => {
  const open = new Map<string, Draft>()
  for (const message of messages) {
    if (message.kind !== 'federated_request') continue
    const key = `${drafts.world.tabOf(message.exchange)} ${originOf(message.exchange.url)}`
    const draft = open.get(key)
    if (draft && message.at - draft.messages.at(-1)!.at <= SAME_TRY_WITHIN) drafts.add(draft, message, 'same server')
    else open.set(key, drafts.open('federated_credential', message))
  }
}
