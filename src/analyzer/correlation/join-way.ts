import type { HttpExchange } from '../../model/exchange'
import type { DocumentStep } from '../../model/message'
import { valueOf } from '../../model/observed'
import { originOf, withoutQuery } from '../../model/url'
import { isAnsweredByWorker } from '../facts/service-worker'
import { type Draft, type Drafts, messagesOf, requestOf } from './draft'

/** How long a person may take on the server's pages, and how long what follows a callback still belongs to it. */
const INTERACTION_WITHIN = 60 * 60_000
const AFTER_CALLBACK_WITHIN = 30_000
const AFTER_CALLBACK_MOST = 12

/** The documents around the messages: the client's page that started it, the server's pages, what came after the callback. */
export const joinWay = (drafts: Drafts): void => {
  for (const draft of [...drafts.all]) {
    addStarts(drafts, draft)
    addInteractions(drafts, draft)
  }
  openRefusedStarts(drafts)
  for (const draft of [...drafts.all]) addAfter(drafts, draft)
}

const step = (kind: DocumentStep['kind'], exchange: HttpExchange): DocumentStep => ({
  kind,
  exchange,
  at: exchange.startedAt,
  basis: 'parameters',
})

const isDocument = (exchange: HttpExchange) =>
  exchange.resourceType === 'main_frame' || exchange.resourceType === 'sub_frame'

/** The hops ahead of the authorization request: the client's own login URL that redirected there. */
const addStarts = (drafts: Drafts, draft: Draft): void => {
  const request = requestOf(draft)
  let previous = request?.exchange.previousHop
  const starts: HttpExchange[] = []
  while (previous !== undefined) {
    const exchange = drafts.world.exchange(previous)
    if (!exchange || drafts.byExchange.has(exchange.id)) break
    starts.unshift(exchange)
    previous = exchange.previousHop
  }
  for (const exchange of starts) {
    draft.messages.unshift(step('login_start', exchange))
    drafts.byExchange.set(exchange.id, draft)
    draft.links.push({ from: exchange.id, to: request!.exchange.id, by: 'redirect chain' })
  }
}

/**
 * A URL that began a login before and is answered with an error now, or by a service worker: that login ended before
 * anything was asked of the authorization server. One that the next try made good is forgotten.
 */
const openRefusedStarts = (drafts: Drafts): void => {
  const starts = drafts.all.flatMap((draft) =>
    messagesOf(draft, 'login_start')
      .slice(0, 1)
      .map(({ exchange, at }) => ({ draft, at, place: withoutQuery(exchange.url) })),
  )
  for (const exchange of drafts.world.exchanges) {
    if (!isDocument(exchange) || isOnAWay(drafts, exchange)) continue
    const same = starts.filter(({ place }) => place === withoutQuery(exchange.url))
    if (same.length === 0 || !same.every(({ at }) => at < exchange.startedAt)) continue
    const isRefused = (valueOf(exchange.status) ?? 0) >= 400
    if (isRefused || same.every(({ draft }) => isKeptByWorker(drafts, draft, exchange)))
      drafts.open('authorization_code', step('login_start', exchange))
  }
}

/** Part of a login, or where one redirected to: an error there is for that login to explain. */
const isOnAWay = (drafts: Drafts, exchange: HttpExchange): boolean => {
  if (drafts.byExchange.has(exchange.id)) return true
  const before = exchange.previousHop === undefined ? undefined : drafts.world.exchange(exchange.previousHop)
  return before !== undefined && isOnAWay(drafts, before)
}

/**
 * Pages of a client ask for a login too while nobody is signed in, and may well come from a worker later: only a URL that
 * did nothing but begin a login, which was answered, is no page; and no script may have begun another one there.
 */
const isKeptByWorker = (drafts: Drafts, login: Draft, exchange: HttpExchange): boolean =>
  isAnsweredByWorker(exchange) &&
  messagesOf(login, 'authorization_response').length > 0 &&
  !drafts.world.exchanges.some(
    (other) =>
      isDocument(other) &&
      !other.fromServiceWorker &&
      valueOf(other.status) === 200 &&
      withoutQuery(other.url) === withoutQuery(exchange.url),
  ) &&
  !drafts.all.some(
    (other) => other.tabId === drafts.world.tabOf(exchange) && (requestOf(other)?.at ?? 0) >= exchange.startedAt,
  )

/** Documents of the same frame after the request and before the answer, until the client's own origin shows up again. */
const addInteractions = (drafts: Drafts, draft: Draft): void => {
  const request = requestOf(draft)
  if (!request) return
  const answer = messagesOf(draft, 'authorization_response')[0]
  const own = new Set(ownOrigins(draft))
  const server = originOf(request.exchange.url)
  for (const exchange of drafts.world.exchanges) {
    if (exchange.startedAt < request.at || exchange.id === request.exchange.id) continue
    if (exchange.startedAt >= (answer?.at ?? request.at + INTERACTION_WITHIN)) break
    if (!isDocument(exchange) || !sameFrame(exchange, request.exchange)) continue
    const origin = originOf(exchange.url)
    const another = drafts.byExchange.get(exchange.id)
    if (another && another !== draft) {
      // A login of its own inside this one: the server lets another one authenticate the user.
      const nested = requestOf(another)
      if (nested?.exchange.id === exchange.id && answer !== undefined) another.parent = draft.id
      if (answer === undefined) break
      continue
    }
    if (another === draft) continue
    if (origin !== undefined && own.has(origin) && origin !== server) {
      if (answer === undefined && exchange.previousHop === undefined) break
      continue
    }
    drafts.add(draft, step('user_interaction', exchange), 'tab and time')
  }
}

const sameFrame = (a: HttpExchange, b: HttpExchange) =>
  a.tabId === b.tabId &&
  a.parentFrameId >= 0 === b.parentFrameId >= 0 &&
  (a.parentFrameId < 0 || a.frameId === b.frameId)

/** Origins of the client: where it is answered, and where it started. */
export const ownOrigins = (draft: Draft): readonly string[] => {
  const request = requestOf(draft)
  const found = [
    ...messagesOf(draft, 'authorization_response').map(({ deliveredTo }) => originOf(deliveredTo)),
    ...messagesOf(draft, 'login_start').map(({ exchange }) => originOf(exchange.url)),
    request?.exchange.initiator && originOf(request.exchange.initiator),
  ]
  const redirectUri = request && request.parameters.list.find(({ name }) => name === 'redirect_uri')?.value
  if (redirectUri !== undefined) found.push(originOf(redirectUri))
  return found.filter((origin): origin is string => origin !== undefined)
}

/** The rest of the callback's redirect chain, and the documents the same frame loads next. */
const addAfter = (drafts: Drafts, draft: Draft): void => {
  const answer = messagesOf(draft, 'authorization_response').findLast(({ requested }) => requested)
  if (!answer) return
  let count = 0
  for (const exchange of drafts.world.exchanges) {
    if (exchange.startedAt < answer.at || exchange.id === answer.exchange.id) continue
    const inChain =
      exchange.hop > 0 && exchange.previousHop !== undefined && drafts.byExchange.get(exchange.previousHop) === draft
    if (exchange.startedAt > answer.at + AFTER_CALLBACK_WITHIN && !inChain) break
    if (!isDocument(exchange) || !sameFrame(exchange, answer.exchange)) continue
    if (drafts.byExchange.has(exchange.id)) {
      if (drafts.byExchange.get(exchange.id) !== draft) break
      continue
    }
    if (++count > AFTER_CALLBACK_MOST) break
    drafts.add(draft, step('after_callback', exchange), inChain ? 'redirect chain' : 'tab and time')
  }
}
