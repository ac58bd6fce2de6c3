import type { AuthorizationResponse, Message } from '../../model/message'
import { paramValue } from '../../model/parameters'
import { landingOf, originOf } from '../../model/url'
import { type Draft, type Drafts, messagesOf, requestOf, requestParam } from './draft'
import { hasResponse } from './join-authorization-requests'

/** An answer finds its request by `state`, by the redirect chain that brought it, or by tab, frame and redirect_uri. */
export const joinAuthorizationResponses = (drafts: Drafts, messages: readonly Message[]): void => {
  for (const message of messages) {
    if (message.kind !== 'authorization_response' || isDeliveredLater(message, messages)) continue
    const answered = answeredBefore(drafts, message)
    if (answered) {
      const { exchange, at, basis } = message
      drafts.add(answered, { kind: 'after_callback', exchange, at, basis }, 'redirect chain')
      continue
    }
    const found = byState(drafts, message) ?? byChain(drafts, message) ?? byPlace(drafts, message)
    if (found) drafts.add(found.draft, message, found.by)
    else drafts.open(kindOfResponse(message), message)
  }
}

/** A redirect whose target was requested apart from its chain, as a service worker's answer is: the request counts. */
const isDeliveredLater = (message: AuthorizationResponse, messages: readonly Message[]): boolean =>
  !message.requested &&
  messages.some(
    (other) =>
      other.kind === 'authorization_response' &&
      other.requested &&
      other.at >= message.at &&
      other.at - message.at <= DELIVERED_WITHIN &&
      other.deliveredTo === message.deliveredTo &&
      other.parameters.list.length === message.parameters.list.length &&
      other.parameters.list.every(({ name, value }, index) => {
        const redirected = message.parameters.list[index]!
        return redirected.name === name && redirected.value === value
      }),
  )

const DELIVERED_WITHIN = 10_000

interface Joined {
  readonly draft: Draft
  readonly by: string
}

const earlier = (drafts: Drafts, message: AuthorizationResponse): Draft[] =>
  drafts.all.filter((draft) => {
    const request = requestOf(draft)
    return request !== undefined && request.at <= message.at
  })

/**
 * What looks like an answer at a URL that nobody asked for, one redirect after the callback, is what the client made of
 * the answer: its own page for errors.
 */
const answeredBefore = (drafts: Drafts, message: AuthorizationResponse): Draft | undefined => {
  const { previousHop } = message.exchange
  if (message.basis === 'metadata' || !message.requested || previousHop === undefined) return undefined
  const draft = drafts.byExchange.get(previousHop)
  const isCallback =
    draft && messagesOf(draft, 'authorization_response').some(({ exchange }) => exchange.id === previousHop)
  return isCallback ? draft : undefined
}

const byState = (drafts: Drafts, message: AuthorizationResponse): Joined | undefined => {
  const state = paramValue(message.parameters, 'state')
  if (state === undefined) return undefined
  const candidates = earlier(drafts, message).filter((draft) => requestParam(draft, 'state') === state)
  // Clients that send the same state with each login leave the redirect chain to tell which one was answered.
  const chained = candidates.length > 1 ? byChain(drafts, message)?.draft : undefined
  const draft =
    candidates.find((candidate) => candidate === chained) ??
    candidates.findLast((candidate) => deliveredAsAsked(candidate, message)) ??
    candidates.at(-1)
  return draft && { draft, by: 'state' }
}

const deliveredAsAsked = (draft: Draft, message: AuthorizationResponse): boolean => {
  const redirectUri = requestParam(draft, 'redirect_uri')
  const asked = requestOf(draft)?.exchange
  if (redirectUri !== undefined) return landingOf(redirectUri, asked?.url) === message.deliveredTo
  // Without one, the only registered URI counts (RFC 6749 section 3.1.2.3): a page of the client, which sent the request.
  const initiator = asked?.initiator
  return initiator !== undefined && originOf(initiator) === originOf(message.deliveredTo)
}

const byChain = (drafts: Drafts, message: AuthorizationResponse): Joined | undefined => {
  let previous = message.requested ? message.exchange.previousHop : message.exchange.id
  while (previous !== undefined) {
    const draft = drafts.byExchange.get(previous)
    if (draft) return { draft, by: 'redirect chain' }
    previous = drafts.world.exchange(previous)?.previousHop
  }
  return undefined
}

const byPlace = (drafts: Drafts, message: AuthorizationResponse): Joined | undefined => {
  const tab = drafts.world.tabOf(message.exchange)
  const framed = message.exchange.parentFrameId >= 0
  const draft = earlier(drafts, message).findLast((candidate) => {
    const request = requestOf(candidate)!
    return (
      candidate.tabId === tab &&
      request.exchange.parentFrameId >= 0 === framed &&
      deliveredAsAsked(candidate, message) &&
      !hasResponse(candidate)
    )
  })
  return draft && { draft, by: 'redirect_uri' }
}

const kindOfResponse = (message: AuthorizationResponse) =>
  paramValue(message.parameters, 'code') === undefined && paramValue(message.parameters, 'error') === undefined
    ? 'implicit'
    : 'authorization_code'
