import type { HttpExchange } from '../../../model/exchange'
import type { AuthorizationResponse } from '../../../model/message'
import { saysFailure } from '../../../model/failure-words'
import { header, headerList } from '../../../model/headers'
import { asksForPassword, fieldNamesOf, formTargetsOf, hasWayOn, linkTargetsOf } from '../../../model/html'
import { valueOf } from '../../../model/observed'
import { isOnlyPhpNotices } from '../../../model/php-notices'
import { hasParam, paramValue } from '../../../model/parameters'
import { fragmentOf, originOf, parseUrl, placeOf, queryOf, withoutFragment, withoutQuery } from '../../../model/url'
import type { Attempt, World } from '../../correlation/attempt'
import { bodyText, isObject, jsonResponse, parseJson } from '../../recognition/readers'
import { failureHeadlines, hasFailurePath, tellingParameter } from '../client-words'
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
import { frameRefusalOf } from '../framing'
import { formRefusalOf } from '../page-policy'
import { isWithheldByWorker } from '../service-worker'
import { storedIn } from '../stored-answer'
import { transportKindOf } from '../transport'
import { isFramed } from './authorization'
import { type FailurePoint, failedOnTheWay, follows, hopsTo, isError, isOk, point, samePath } from './point'
import { isUsable } from './token'

/** What the client's own server did with the answer; a later good document of the client forgives an earlier error. */
export const callbackFailures = (attempt: Attempt, world: World): FailurePoint[] => {
  const delivered = attempt.responses.filter(({ parameters }) => !hasParam(parameters, 'error'))
  // The last delivery counts: it is what the user sees, and a good one forgives those before it.
  const response = delivered.findLast(({ requested }) => requested) ?? delivered.at(-1)
  if (!response || (attempt.responses[0] && hasParam(attempt.responses[0].parameters, 'error'))) return []
  if (!response.requested) return undeliveredFailures(response, world)
  const { exchange } = response
  // A page that got its tokens was served well enough, whatever the status said (single-page apps behind a 404 page).
  if (attempt.tokenCalls.some(isUsable)) return []
  if (isWithheldByWorker(exchange)) return [point('callback_error', response, { status: exchange.servedStatus! })]
  if (failedOnTheWay(exchange)) return [point('callback_unreachable', response)]
  if (isFramed(exchange) && frameRefusalOf(exchange, attempt.requests[0]?.exchange.initiator ?? exchange.url)) {
    return [point('callback_unreachable', response)]
  }
  const { after } = attempt
  const here = after.filter((step) => originOf(step.exchange.url) === originOf(response.deliveredTo))
  const led = after.filter((step) => follows(step.exchange, exchange, world))
  if (answersError(exchange)) {
    const first = firstOfFailed(delivered, response)
    return [point('callback_error', first, oauthErrorOf(first.exchange))]
  }
  // Wherever the callback sent the browser, it has to arrive there, at another origin too.
  const stranded = after.find((step) => step.exchange.hop > 0 && failedOnTheWay(step.exchange))
  if (stranded) return [point('callback_unreachable', stranded)]
  // A client that serves others, as a broker does, tells the one that began the login, on another origin.
  const told = after.find(
    (step) =>
      (led.includes(step) ? tellsFailure(step.exchange) : here.includes(step) && tellsError(step.exchange)) &&
      !isReturn(step.exchange, response, world),
  )
  if (told) {
    const error = tellingParameter(told.exchange)?.value
    return [point('client_error', told, { ...(error !== undefined && { error }) })]
  }
  const broken = after.find(
    (step) => step.exchange.hop > 0 && isError(step.exchange) && (here.includes(step) || led.includes(step)),
  )
  if (broken) return [point('callback_error', broken)]
  const landing = led.at(-1) ?? response
  const chain = [response, ...led].map((step) => step.exchange)
  if (saysError(landing.exchange) || showsFailure(landing.exchange, chain, attempt, world))
    return [point(landing === response ? 'callback_error' : 'client_error', landing)]
  if (isNotSignedIn(landing.exchange, chain, attempt, world)) return [point('not_signed_in', landing)]
  return callStillRefused(attempt, chain, world) ? [point('still_unknown', landing)] : []
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

/** The callback and what it led to. */
export const chainOfCallback = (
  { responses }: Attempt,
  landing: HttpExchange,
  world: World,
): readonly HttpExchange[] => {
  const hops = hopsTo(landing, world)
  return hops.slice(hops.findIndex((hop) => responses.some(({ exchange }) => exchange === hop)))
}

/** A code works once: when the URL of a callback that failed is loaded again, that only fails in another way. */
const firstOfFailed = (
  delivered: readonly AuthorizationResponse[],
  last: AuthorizationResponse,
): AuthorizationResponse => {
  const requested = delivered.filter((response) => response.requested)
  const codeOf = ({ parameters }: AuthorizationResponse) => paramValue(parameters, 'code')
  const isAsBad = (response: AuthorizationResponse) =>
    codeOf(response) === codeOf(last) && answersError(response.exchange)
  return requested[requested.findLastIndex((response) => !isAsBad(response)) + 1] ?? last
}

/**
 * What a server of the client answered when its page handed it the code. A later answer that is good forgives an earlier
 * error; after a good one, an error counts until calls of the page show that it went on.
 */
export const handoverFailures = ({ handovers, tokenCalls }: Attempt, world: World): FailurePoint[] => {
  if (tokenCalls.some(isUsable)) return []
  return handovers.flatMap((handover) => {
    const { exchange } = handover
    const end = exchange.endedAt ?? exchange.startedAt
    if (handovers.some((other) => isTaken(other.exchange) && other.at >= end)) return []
    const good = handovers.some((other) => isTaken(other.exchange)) || world.exchanges.some(maybeGood(exchange))
    if (good && wentOn(exchange, end, world)) return []
    if (isError(exchange) || isErrorObject(jsonOf(exchange))) {
      return [point('callback_error', handover, oauthErrorOf(exchange))]
    }
    return failedOnTheWay(exchange) ? [point('api_unreachable', handover)] : []
  })
}

/** Some servers answer every call of their page 200, and say in the body whether it went well. */
const isTaken = (exchange: HttpExchange): boolean => isOk(exchange) && !isErrorObject(jsonOf(exchange))

const jsonOf = (exchange: HttpExchange): unknown => valueOf(jsonResponse(exchange).json)

/** Of a request whose start was missed nothing tells what it carried. */
const maybeGood =
  (exchange: HttpExchange) =>
  (other: HttpExchange): boolean =>
    other.method === '' && isOk(other) && samePath(other, exchange)

const wentOn = ({ url, tabId }: HttpExchange, since: number, { exchanges }: World): boolean =>
  exchanges.some(
    (other) =>
      other.startedAt >= since &&
      (other.method === '' || (other.tabId === tabId && other.resourceType === 'xmlhttprequest')) &&
      originOf(other.url) === originOf(url) &&
      isOk(other),
  )

const answersError = (exchange: HttpExchange): boolean => isError(exchange) || saysError(exchange)

/**
 * The client's own error page, with status 200: it has nothing to go on with, and says so. Browsers show text without
 * markup, too; in JSON the words are names of members, which healthy answers have as well.
 */
const saysError = (exchange: HttpExchange): boolean => {
  const text = pageOf(exchange)
  if (text === undefined) return false
  if (/^\s*[[{]/.test(text)) return isErrorObject(parseJson(text))
  return !hasWayOn(text) && (saysFailure(visibleText(text)) || isOnlyPhpNotices(text))
}

const isErrorObject = (json: unknown): boolean =>
  isObject(json) &&
  (json['success'] === false || json['status'] === 'error' || isTold(json['error'])) &&
  !Object.keys(json).some((name) => /token$/i.test(name))

const isTold = (error: unknown): boolean => (typeof error === 'string' ? error !== '' : isObject(error))

const pageOf = ({ status, responseBody }: HttpExchange): string | undefined =>
  valueOf(status) === 200 ? valueOf(bodyText(responseBody)) : undefined

/** Some clients name no error: `/login?error`. */
const tellsError = (exchange: HttpExchange): boolean =>
  tellingParameter(exchange)?.name === 'error' || queryOf(exchange.url).split('&').includes('error')

/** Others have parameters and pages of their own for it. */
const tellsFailure = (exchange: HttpExchange): boolean =>
  tellsError(exchange) || tellingParameter(exchange) !== undefined || hasFailurePath(exchange.url)

/**
 * Whether the callback brought the user to where he was or wanted to go, whatever that is called: the first to name it was
 * not the client after a callback.
 */
const isReturn = (exchange: HttpExchange, { at }: AuthorizationResponse, { exchanges }: World): boolean => {
  const { pathname = '', search = '', hash = '' } = parseUrl(exchange.url) ?? {}
  const place = pathname + search + (tellingParameter(exchange)?.among.part === 'request.fragment' ? hash : '')
  const names = (text: string) => text.includes(place) || text.includes(decoded(place))
  const first = exchanges.find((other) => other.startedAt < at && placesOf(other).map(decoded).some(names))
  return first !== undefined && first.hop === 0
}

const placesOf = ({ url, requestHeaders, responseHeaders }: HttpExchange): readonly string[] => [
  withoutFragment(url),
  valueOf(header(requestHeaders, 'referer')) ?? '',
  ...(valueOf(headerList(responseHeaders, 'set-cookie')) ?? []),
]

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/**
 * The page after the callback says in its headlines that something failed, as no page of the client did before; and the
 * login is offered again there, or the client's server set no cookie by which it would know the user from now on.
 */
const showsFailure = (
  landing: HttpExchange,
  chain: readonly HttpExchange[],
  attempt: Attempt,
  world: World,
): boolean => {
  if (valueOf(landing.status) !== 200 || attempt.starts.length === 0) return false
  const isOld = (line: string) =>
    world.exchanges.some((other) => other.startedAt < chain[0]!.startedAt && failureHeadlines(other).includes(line))
  return (
    (failureHeadlines(landing).some((line) => !isOld(line)) &&
      ((chain.length === 1 && setsNothing(chain)) || offersLogin(landing, attempt))) ||
    isSignInPageAgain(landing, chain[0]!, world)
  )
}

/** The client showed this page before the login, and it asks for a password, with the same fields and for the same place. */
const isSignInPageAgain = (landing: HttpExchange, callback: HttpExchange, { exchanges }: World): boolean => {
  const shape = signInShape(landing)
  return (
    shape !== undefined &&
    exchanges.some(
      (other) =>
        other.startedAt < callback.startedAt &&
        originOf(other.url) === originOf(landing.url) &&
        signInShape(other) === shape,
    )
  )
}

const signInShape = (exchange: HttpExchange): string | undefined => {
  const html = pageOf(exchange)
  return html !== undefined && asksForPassword(html)
    ? JSON.stringify([fieldNamesOf(html), formTargetsOf(html, exchange.url).map(withoutQuery)])
    : undefined
}

const isNotSignedIn = (
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
  const { exchanges } = world
  const cameBack = (exchange: HttpExchange) =>
    exchange.startedAt > landing.startedAt &&
    followCookies({ setBy, in: exchange, exchanges }).some(({ fate }) => fate === 'came_back')
  if (exchanges.some(cameBack)) return false
  if (offersLogin(landing, attempt) && isWithoutScript(landing)) return true
  const isNew = ({ name }: CookieTrace) =>
    !exchanges.some(
      (exchange) =>
        exchange.startedAt < chain[0]!.startedAt &&
        originOf(exchange.url) === originOf(chain[0]!.url) &&
        valueOf(cookieNamesSetBy(exchange))?.includes(name),
    )
  return bringsNothing(landing) && lost.every((trace) => isRefused(trace) && isNew(trace))
}

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
  const { exchanges } = world
  const follow = (page: HttpExchange) => followCookies({ setBy, in: page, exchanges })
  const isThere = ({ name, fate, copies }: CookieTrace) => fate === 'came_back' && copies === 1 && !gone.has(name)
  const isLater = ({ startedAt }: HttpExchange) => startedAt > landing.startedAt
  return (
    (valueOf(brought) ?? []).every((name) => known.has(name)) &&
    !follow(landing).some(isThere) &&
    !exchanges.some((exchange) => isLater(exchange) && follow(exchange).some(({ fate }) => fate === 'came_back'))
  )
}

/** A page as the user sees it, and how it is built, which stays where its words are taken out. */
const outlineOf = (page: HttpExchange): string | undefined => {
  const html = pageOf(page)
  return html === undefined
    ? undefined
    : `${html
        .match(/<\/?[a-z][\w-]*/gi)
        ?.join('')
        .toLowerCase()} ${visibleText(html)}`
}

const hostAndPath = (url: string): string | undefined => {
  const parsed = parseUrl(url)
  return parsed && parsed.host + parsed.pathname
}

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

const isWithoutScript = (page: HttpExchange): boolean => !/<script\b/i.test(pageOf(page) ?? '')

/** A form for signing in, or one that leads to where this login began. */
const asksAgain = (page: HttpExchange, attempt: Attempt): boolean => {
  const html = pageOf(page)
  return html !== undefined && (asksForPassword(html) || beginsHere(formTargetsOf(html, page.url), attempt))
}

/** As {@link asksAgain}, or by a link, as many sites have on every page. */
const offersLogin = (page: HttpExchange, attempt: Attempt): boolean =>
  asksAgain(page, attempt) || beginsHere(linkTargetsOf(pageOf(page) ?? '', page.url), attempt)

/** A site has more than one host, and its login often one path on all of them. */
const beginsHere = (targets: readonly string[], { starts }: Attempt): boolean => {
  const begins = new Set(starts.flatMap(({ exchange }) => placeOf(exchange.url) ?? []))
  return targets.some((target) => begins.has(placeOf(target) ?? ''))
}

/** A server that missed a cookie sets it anew, which begins another session and tells of no user. */
const setsNothing = (chain: readonly HttpExchange[], renewed: readonly CookieTrace[] = []): boolean =>
  chain.every((exchange) => {
    const set = cookieNamesSetBy(exchange)
    return (
      set.state !== 'unobserved' && (valueOf(set) ?? []).every((name) => renewed.some((trace) => trace.name === name))
    )
  })

const bringsNothing = (exchange: HttpExchange): boolean => cookieNamesOf(exchange).state === 'absent'

/** Another program takes custom schemes, and recordings may end there: only the browser's own words say that none did. */
const undeliveredFailures = (response: AuthorizationResponse, world: World): FailurePoint[] => {
  if (formRefusalOf(response.exchange, world.exchanges)) return [point('callback_unreachable', response)]
  const isRefusedScheme = (error: string | undefined) =>
    error !== undefined && transportKindOf(error) === 'unsupported' && !/^https?:/i.test(response.deliveredTo)
  const failed = world.events.find(
    (event) =>
      event.type === 'navigation.failed' &&
      withoutQuery(event.url) === response.deliveredTo &&
      event.at >= response.at - 1000 &&
      isRefusedScheme(event.error),
  )
  const transport = failed?.type === 'navigation.failed' ? failed.error : response.exchange.error
  return isRefusedScheme(transport) ? [point('callback_unreachable', response, { transport: transport! })] : []
}

const oauthErrorOf = (exchange: HttpExchange): Partial<FailurePoint> => {
  const error = paramValue(jsonResponse(exchange).parameters, 'error')
  return error === undefined || !isOauthCode(error) ? {} : { error }
}

/** Many frameworks put the words of the status where OAuth has its code (RFC 6749 section 5.2). */
const isOauthCode = (error: string): boolean => /^[a-z][a-z0-9_]*$/.test(error)
