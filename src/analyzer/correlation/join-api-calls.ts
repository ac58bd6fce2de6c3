import type { HttpExchange } from '../../model/exchange'
import type { ApiCall, Message } from '../../model/message'
import { valueOf } from '../../model/observed'
import { hasParam, paramValue } from '../../model/parameters'
import { originOf } from '../../model/url'
import { groupBy } from '../../model/group-by'
import { pageOriginOf } from '../facts/cors'
import { isOk, isUsable, samePath } from '../facts/failure-points'
import { bareCallOf, bearerOf, holdsToken, isRefused, namesTokenScheme } from '../recognition/api-call'
import { type Draft, type Drafts, messagesOf } from './draft'

/** As many healthy calls as show that the token is accepted; a busy page makes thousands. */
const HEALTHY_CALLS_KEPT = 3

/**
 * UserInfo calls, and calls that went well, belong to the login that issued their token. Where an API refuses, its calls
 * become an attempt of their own: the login worked, the access did not.
 */
export const joinApiCalls = (drafts: Drafts, messages: readonly Message[]): void => {
  const calls = messages.filter(
    (message): message is ApiCall =>
      (message.kind === 'api_call' || message.kind === 'userinfo_request') &&
      !drafts.byExchange.has(message.exchange.id),
  )
  const issuers = issuersOf(drafts)
  const issuerOf = (call: ApiCall): Draft | undefined => {
    const token = valueOf(bearerOf(call))
    return token === undefined ? undefined : issuers.get(token)
  }
  const elsewhere = calls.filter((call) => {
    const issuer = call.kind === 'userinfo_request' ? issuerOf(call) : undefined
    const login = issuer ?? consequenceOf(drafts, call, issuerOf(call)) ?? reasonFor(drafts, call)
    if (login) drafts.add(login, call, issuer ? 'access_token' : 'same tab')
    return !login
  })
  const groups = groupBy(elsewhere, (call) => `${drafts.world.tabOf(call.exchange)} ${originOf(call.exchange.url)}`)
  for (const group of groups.values()) {
    if (group.some(isRefused)) openAccess(drafts, group, issuerOf)
    else keepHealthy(drafts, group, issuerOf)
  }
  for (const draft of [...drafts.all]) joinBareCall(drafts, draft, messages)
}

const LOST_WITHIN = 30_000

/**
 * A page was given a token in its URL, calls another origin without any, and is refused: the token was lost in the page.
 * APIs that send no challenge show it by their status alone.
 */
const joinBareCall = (drafts: Drafts, draft: Draft, messages: readonly Message[]): void => {
  const { world } = drafts
  const answer = messagesOf(draft, 'authorization_response').findLast(
    ({ parameters, requested }) => requested && hasParam(parameters, 'access_token'),
  )
  if (answer?.exchange.resourceType !== 'main_frame') return
  const isLater = (exchange: HttpExchange) => exchange.startedAt >= answer.at && world.tabOf(exchange) === draft.tabId
  const usesToken = messages.some(
    (message) =>
      (message.kind === 'api_call' || message.kind === 'userinfo_request') &&
      holdsToken(message) &&
      isLater(message.exchange),
  )
  if (usesToken) return
  const bare = world.exchanges
    .filter((exchange) => isLater(exchange) && exchange.startedAt - answer.at <= LOST_WITHIN)
    .filter((exchange) => !drafts.byExchange.has(exchange.id))
    .map(bareCallOf)
    .find((call) => call && pageOriginOf(call.exchange) === originOf(answer.deliveredTo))
  const isMadeGood =
    bare && world.exchanges.some((other) => isLater(other) && samePath(other, bare.exchange) && isOk(other))
  if (bare && !isMadeGood) drafts.add(draft, bare, 'same tab')
}

/** A refused call that came of what its login did not get: no token, or none that says how to present it. */
const consequenceOf = (drafts: Drafts, call: ApiCall, issuer: Draft | undefined): Draft | undefined => {
  if (!isRefused(call)) return undefined
  if (issuer) {
    const untyped = messagesOf(issuer, 'token_request').some(
      ({ response }) => response.json.state === 'present' && !hasParam(response.parameters, 'token_type'),
    )
    return untyped && !namesTokenScheme(call) ? issuer : undefined
  }
  if (holdsToken(call)) return undefined
  const before = sameTab(drafts, call)
    .flatMap((draft) => messagesOf(draft, 'token_request').map((token) => ({ draft, token })))
    .filter(({ token }) => token.at <= call.at)
    .sort((a, b) => a.token.at - b.token.at)
    .at(-1)
  return before && !isUsable(before.token) ? before.draft : undefined
}

const SENT_TO_LOGIN_WITHIN = 60_000

/** A call without a token whose refusal is why the login that follows was started (RFC 9728 section 5, for one). */
const reasonFor = (drafts: Drafts, call: ApiCall): Draft | undefined => {
  if (!isRefused(call) || holdsToken(call)) return undefined
  const logins = sameTab(drafts, call).filter((draft) => messagesOf(draft, 'authorization_request').length > 0)
  const signedIn = sameTab(drafts, call).some((draft) =>
    messagesOf(draft, 'token_request').some((token) => token.at <= call.at && isUsable(token)),
  )
  if (signedIn) return undefined
  return logins.find(({ messages: [first] }) => first!.at >= call.at && first!.at - call.at <= SENT_TO_LOGIN_WITHIN)
}

const sameTab = (drafts: Drafts, call: ApiCall): readonly Draft[] => {
  const tab = drafts.world.tabOf(call.exchange)
  return drafts.all.filter((draft) => draft.tabId === tab)
}

const issuersOf = (drafts: Drafts): ReadonlyMap<string, Draft> => {
  const issuers = new Map<string, Draft>()
  for (const draft of drafts.all) {
    const issued = [
      ...messagesOf(draft, 'token_request').map(({ response }) => response.parameters),
      ...messagesOf(draft, 'authorization_response').map(({ parameters }) => parameters),
    ]
    for (const parameters of issued) {
      for (const name of ['access_token', 'id_token']) {
        const token = paramValue(parameters, name)
        if (token !== undefined && !issuers.has(token)) issuers.set(token, draft)
      }
    }
  }
  return issuers
}

const openAccess = (
  drafts: Drafts,
  group: readonly ApiCall[],
  issuerOf: (call: ApiCall) => Draft | undefined,
): void => {
  const firstRefused = group.findIndex(isRefused)
  const kept = group.slice(Math.max(0, firstRefused - 1))
  const [first, ...rest] = kept
  const draft = drafts.open('api_access', first!)
  for (const call of rest) drafts.add(draft, call, 'same API')
  const parent = kept.map(issuerOf).find((issuer) => issuer !== undefined) ?? unseenIssuer(drafts, first!)
  if (parent) draft.parent = parent.id
}

/** The latest login of this tab, where nobody saw which token it gave. */
const unseenIssuer = (drafts: Drafts, call: ApiCall): Draft | undefined => {
  const logins = sameTab(drafts, call).flatMap((draft) =>
    messagesOf(draft, 'token_request')
      .filter((token) => token.at <= call.at && isUsable(token))
      .map((token) => ({ draft, token })),
  )
  const last = holdsToken(call) ? logins.at(-1) : undefined
  return last?.token.response.form.state === 'unobserved' ? last.draft : undefined
}

const keepHealthy = (
  drafts: Drafts,
  group: readonly ApiCall[],
  issuerOf: (call: ApiCall) => Draft | undefined,
): void => {
  const kept = new Map<Draft, number>()
  for (const call of group) {
    const issuer = issuerOf(call)
    const count = issuer ? (kept.get(issuer) ?? 0) : HEALTHY_CALLS_KEPT
    if (!issuer || count >= HEALTHY_CALLS_KEPT) continue
    kept.set(issuer, count + 1)
    drafts.add(issuer, call, 'access_token')
  }
}
