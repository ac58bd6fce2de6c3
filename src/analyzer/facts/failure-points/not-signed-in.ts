import type { HttpExchange } from '../../../model/exchange'
import { header } from '../../../model/headers'
import { hasWayOn } from '../../../model/html'
import { valueOf } from '../../../model/observed'
import { fragmentOf, originOf, queryOf } from '../../../model/url'
import type { Attempt, World } from '../../correlation/attempt'
import {
  type CookieTrace,
  cookieNamesDeletedBy,
  cookieNamesOf,
  cookieNamesSetBy,
  followCookies,
  isRefused,
  lostOfLogin,
  lostOnTheWay,
  startsOf,
} from '../cookies'
import { visibleText } from '../page-text'
import { storedIn } from '../stored-answer'
import { asksAgain, hostAndPath, isWithoutScript, offersLogin, outlineOf, pageOf } from './client-page'
import { hopsTo, isOk, samePath } from './point'

/** Whether the page that the callback led to shows that the client knows nobody, and the cookies of this login tell why. */
export const isNotSignedIn = (
  landing: HttpExchange,
  chain: readonly HttpExchange[],
  attempt: Attempt,
  world: World,
): boolean =>
  valueOf(landing.status) === 200 &&
  attempt.handovers.length + attempt.apiCalls.length === 0 &&
  (isUnknownLogin(landing, chain, attempt, world) ||
    isUnknownUser(landing, chain, attempt, world) ||
    isPageFromBefore(landing, chain, attempt, world))

/**
 * The cookies that the login began with did not come to the callback, for a reason that is known, or a cache began it and
 * set none. Clients can do without them, and pages ask for passwords for other reasons too: it takes a page that asks for
 * the sign-in again, or a server that set no cookie, to whose page the browser brings nothing that could tell whose it is.
 * At the address of the callback such a page has to offer the login: others show what the client learnt, and need no cookie
 * for that.
 */
const isUnknownLogin = (
  landing: HttpExchange,
  chain: readonly HttpExchange[],
  attempt: Attempt,
  world: World,
): boolean => {
  const lost = lostOfLogin(attempt, world)
  if ((lost.length === 0 && !isBegunByCache(attempt)) || lost.some(isThereNow(chain))) return false
  if (asksAgain(landing, attempt)) return true
  const isUnknown = chain.every(bringsNothing)
  // A script may have what was set anew; a page without one is as the user sees it.
  const renewed = isWithoutScript(landing) ? lost : []
  if (offersLogin(landing, attempt) && (chain.length > 1 || isUnknown)) return setsNothing(chain, renewed)
  return chain.length > 1 && isUnknown && setsNothing(chain) && isToldNothing(chain)
}

/**
 * The callback set cookies, and the page it led to came without them. Those that the browser keeps back here may be meant
 * for calls of a script; those that it refused are lost, unless every answer sets them, as balancers do.
 */
const isUnknownUser = (
  landing: HttpExchange,
  chain: readonly HttpExchange[],
  attempt: Attempt,
  world: World,
): boolean => {
  const setBy = chain.slice(0, -1)
  const lost = lostOnTheWay(setBy, landing, world)
  if (lost.length === 0 || !isToldNothing(chain)) return false
  if (isBroughtLater(setBy, landing, world)) return false
  if (offersLogin(landing, attempt) && isWithoutScript(landing)) return true
  const isNew = ({ name }: CookieTrace) =>
    !world.exchanges.some(
      (exchange) =>
        exchange.startedAt < chain[0]!.startedAt &&
        originOf(exchange.url) === originOf(chain[0]!.url) &&
        valueOf(cookieNamesSetBy(exchange))?.includes(name),
    )
  return bringsNothing(landing) && lost.every((trace) => isRefused(trace) && isNew(trace))
}

/**
 * The login ends on the very page that it began on, which offers it again, and which nobody who was signed in had been
 * shown. A page may be the same for everybody: so no cookie by which the client could know its user came to that page.
 */
const isPageFromBefore = (
  landing: HttpExchange,
  chain: readonly HttpExchange[],
  attempt: Attempt,
  world: World,
): boolean => {
  if (chain.length === 1 || !isWithoutScript(landing) || !isToldNothing(chain) || !offersLogin(landing, attempt))
    return false
  const { exchanges, messages } = world
  const outline = outlineOf(landing)
  const firstAnswer = messages.find(
    ({ kind, exchange }) => kind === 'authorization_response' && originOf(exchange.url) === originOf(chain[0]!.url),
  )
  const pages = exchanges.filter(({ url }) => hostAndPath(url) === hostAndPath(landing.url))
  const isShownOtherwise = (page: HttpExchange) =>
    page.startedAt > landing.startedAt && valueOf(page.status) === 200 && outlineOf(page) !== outline
  return (
    attempt.responses.some(({ exchange }) => exchange === firstAnswer?.exchange) &&
    pages.some((page) => page.startedAt < chain[0]!.startedAt && outlineOf(page) === outline) &&
    !pages.some(isShownOtherwise) &&
    isBroughtNoUser(landing, chain, attempt, world)
  )
}

/**
 * What the page is brought are cookies from the beginning of the login, and of those that the callback set none that this
 * page found alone and left in place; nor was one brought to anything later.
 */
const isBroughtNoUser = (
  landing: HttpExchange,
  chain: readonly HttpExchange[],
  attempt: Attempt,
  world: World,
): boolean => {
  const setBy = chain.slice(0, -1)
  const brought = cookieNamesOf(landing)
  if (brought.state === 'unobserved' || setBy.some((exchange) => cookieNamesSetBy(exchange).state === 'unobserved'))
    return false
  const known = new Set(
    [...setBy, ...startsOf(attempt, world)].flatMap((exchange) => valueOf(cookieNamesSetBy(exchange)) ?? []),
  )
  const gone = new Set(cookieNamesDeletedBy(landing))
  const isThere = ({ name, fate, copies }: CookieTrace) => fate === 'came_back' && copies === 1 && !gone.has(name)
  return (
    (valueOf(brought) ?? []).every((name) => known.has(name)) &&
    !followCookies({ setBy, in: landing, exchanges: world.exchanges }).some(isThere) &&
    !isBroughtLater(setBy, landing, world)
  )
}

/** Whether a request after that of the page carries a cookie as one of the answers set it. */
const isBroughtLater = (setBy: readonly HttpExchange[], { startedAt }: HttpExchange, { exchanges }: World): boolean =>
  exchanges.some(
    (later) =>
      later.startedAt > startedAt &&
      followCookies({ setBy, in: later, exchanges }).some(({ fate }) => fate === 'came_back'),
  )

/** The page that a chain of redirects ends on is given nothing in its URL. */
const isToldNothing = (chain: readonly HttpExchange[]): boolean =>
  queryOf(chain.at(-1)!.url) === '' && fragmentOf(chain.at(-2)?.redirectUrl ?? '') === ''

const isBegunByCache = ({ starts }: Attempt): boolean => {
  const start = starts.at(-1)?.exchange
  return start !== undefined && storedIn(start) !== undefined && setsNothing([start])
}

/** A lost cookie that was set anew and comes holds what the client knows by now, the user too. */
const isThereNow =
  (chain: readonly HttpExchange[]) =>
  ({ name, fate }: CookieTrace): boolean =>
    fate === 'not_sent' && chain.some((exchange) => valueOf(cookieNamesOf(exchange))?.includes(name))

/** A server that missed a cookie sets it anew, which begins another session and tells of no user. */
export const setsNothing = (chain: readonly HttpExchange[], renewed: readonly CookieTrace[] = []): boolean =>
  chain.every((exchange) => {
    const set = cookieNamesSetBy(exchange)
    return (
      set.state !== 'unobserved' && (valueOf(set) ?? []).every((name) => renewed.some((trace) => trace.name === name))
    )
  })

const bringsNothing = (exchange: HttpExchange): boolean => cookieNamesOf(exchange).state === 'absent'

/**
 * What was lost of the login where its callback ends on a page of its own that leaves nothing to do, and by no cookie knows
 * anybody. Pages that refuse a login are like that, and some that tell what came of it; which it is, only people can read.
 */
export const lostBeforeLastPage = (attempt: Attempt, world: World): readonly CookieTrace[] => {
  const { exchange, requested } = attempt.responses.at(-1) ?? {}
  const page = exchange && requested ? pageOf(exchange) : undefined
  if (!exchange || page === undefined || hasWayOn(page) || visibleText(page) === '') return []
  const later = [attempt.after, attempt.handovers, attempt.apiCalls, attempt.tokenCalls]
  if (later.some(({ length }) => length > 0) || !bringsNothing(exchange)) return []
  const lost = lostOfLogin(attempt, world)
  return setsNothing([exchange], lost) ? lost : []
}

/**
 * The call by which a page asks the server of its login who is signed in: answered 401 after the login as it was before it,
 * and nothing that the page asked there later was answered well.
 */
export const callStillRefused = (
  attempt: Attempt,
  chain: readonly HttpExchange[],
  { exchanges, tabOf }: World,
): HttpExchange | undefined => {
  const [callback] = chain
  const landing = chain.at(-1)
  if (!callback || !landing || attempt.handovers.length + attempt.apiCalls.length > 0) return undefined
  const calls = exchanges.filter(
    (exchange) =>
      exchange.resourceType === 'xmlhttprequest' &&
      !exchange.isPreflight &&
      exchange.method === 'GET' &&
      originOf(exchange.url) === originOf(callback.url) &&
      header(exchange.requestHeaders, 'authorization').state === 'absent' &&
      tabOf(exchange) === attempt.tabId,
  )
  const later = calls.filter(({ startedAt }) => startedAt > landing.startedAt)
  const isAsBefore = (call: HttpExchange) =>
    calls.some(
      (other) => other.startedAt < callback.startedAt && samePath(other, call) && valueOf(other.status) === 401,
    )
  return later.some(isOk) ? undefined : later.find((call) => valueOf(call.status) === 401 && isAsBefore(call))
}

/** The callback and what it led to; empty where the page came by another way. */
export const chainOfCallback = (
  { responses }: Attempt,
  landing: HttpExchange,
  world: World,
): readonly HttpExchange[] => {
  const hops = hopsTo(landing, world)
  const callback = hops.findIndex((hop) => responses.some(({ exchange }) => exchange === hop))
  return callback < 0 ? [] : hops.slice(callback)
}
