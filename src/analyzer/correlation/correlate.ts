import type { Message } from '../../model/message'
import type { Attempt, World } from './attempt'
import { type Draft, finish, newDrafts, requestParam } from './draft'
import { joinApiCalls } from './join-api-calls'
import { joinAuthorizationRequests } from './join-authorization-requests'
import { joinAuthorizationResponses } from './join-authorization-responses'
import { joinDocuments } from './join-documents'
import { joinFederated } from './join-federated'
import { joinHandovers } from './join-handovers'
import { joinLogout } from './join-logout'
import { joinTokenRequests } from './join-token-requests'
import { joinWay } from './join-way'

/**
 * Joins messages into attempts. Each step joins by the value that the protocol gives for it first (`state`, `code`,
 * `request_uri`, `refresh_token` …) and by closeness (redirect chain, tab and frame, time) only where that is missing.
 */
export const correlateAttempts = (messages: readonly Message[], world: World): readonly Attempt[] => {
  const drafts = newDrafts(world)
  const ordered = [...messages].sort((a, b) => a.at - b.at)
  joinAuthorizationRequests(drafts, ordered)
  joinAuthorizationResponses(drafts, ordered)
  joinTokenRequests(drafts, ordered)
  joinLogout(drafts, ordered)
  joinWay(drafts)
  joinHandovers(drafts, ordered)
  joinApiCalls(drafts, ordered)
  joinFederated(drafts, ordered)
  joinDocuments(drafts, ordered)
  nameRetries(drafts.all)
  return drafts.all.map(finish).sort((a, b) => a.startedAt - b.startedAt)
}

const RETRY_WITHIN = 10 * 60_000

/** The same client asking again in the same tab repeats its last attempt; what was still unanswered is superseded. */
const nameRetries = (all: readonly Draft[]): void => {
  const logins = all
    .filter((draft) => draft.messages.some(({ kind }) => kind === 'authorization_request'))
    .sort((a, b) => a.messages[0]!.at - b.messages[0]!.at)
  for (const [index, draft] of logins.entries()) {
    const before = logins.slice(0, index).findLast(
      (other) =>
        // The tab of a request whose start was missed is not known.
        (other.tabId === draft.tabId || other.tabId < 0 || draft.tabId < 0) &&
        other.kind === draft.kind &&
        requestParam(other, 'client_id') === requestParam(draft, 'client_id') &&
        draft.messages[0]!.at - other.messages[0]!.at <= RETRY_WITHIN,
    )
    if (!before) continue
    draft.retryOf = before.id
    if (!before.messages.some(({ kind }) => kind === 'authorization_response')) before.supersededBy = draft.id
  }
}
