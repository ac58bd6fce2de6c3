import type { EndSessionRequest, LogoutResponse, Message } from '../../model/message'
import { paramValue } from '../../model/parameters'
import { originOf } from '../../model/url'
import { type Draft, type Drafts, messagesOf } from './draft'

const SAME_LOGOUT_WITHIN = 10 * 60_000

/** Logout requests and the way back from them, joined by redirect chain, `state`, or tab (RP-Initiated Logout 1.0). */
export const joinLogout = (drafts: Drafts, messages: readonly Message[]): void => {
  for (const message of messages) {
    if (message.kind === 'end_session_request') joinRequest(drafts, message)
    if (message.kind === 'logout_response') joinResponse(drafts, message)
  }
}

/** The server's confirmation page posts to the same origin and is part of the same logout. */
const joinRequest = (drafts: Drafts, message: EndSessionRequest): void => {
  const open = latest(drafts, message)
  const same = open && originOf(open.messages[0]!.exchange.url) === originOf(message.exchange.url)
  const chained =
    message.exchange.previousHop !== undefined && drafts.byExchange.get(message.exchange.previousHop) === open
  if (open && same && (chained || message.exchange.method === 'POST')) drafts.add(open, message, 'redirect chain')
  else drafts.open('logout', message)
}

const joinResponse = (drafts: Drafts, message: LogoutResponse): void => {
  const open = latest(drafts, message)
  if (!open) return
  const state = paramValue(message.parameters, 'state')
  const asked = paramValue(messagesOf(open, 'end_session_request')[0]!.parameters, 'state')
  drafts.add(open, message, state !== undefined && state === asked ? 'state' : 'post_logout_redirect_uri')
}

const latest = (drafts: Drafts, message: EndSessionRequest | LogoutResponse): Draft | undefined =>
  drafts.all.findLast(
    (draft) =>
      draft.kind === 'logout' &&
      draft.tabId === drafts.world.tabOf(message.exchange) &&
      message.at - draft.messages[0]!.at <= SAME_LOGOUT_WITHIN,
  )
