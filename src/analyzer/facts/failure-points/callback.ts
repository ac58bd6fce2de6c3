import type { HttpExchange } from '../../../model/exchange'
import type { AuthorizationResponse } from '../../../model/message'
import { saysFailure } from '../../../model/failure-words'
import { header, headerList } from '../../../model/headers'
import { hasWayOn } from '../../../model/html'
import { valueOf } from '../../../model/observed'
import { isOnlyPhpNotices } from '../../../model/php-notices'
import { hasParam, paramValue } from '../../../model/parameters'
import { originOf, parseUrl, queryOf, withoutFragment, withoutQuery } from '../../../model/url'
import type { Attempt, World } from '../../correlation/attempt'
import { isObject, jsonResponse, parseJson } from '../../recognition/readers'
import { failureHeadlines, hasFailurePath, tellingParameter } from '../client-words'
import { visibleText } from '../page-text'
import { frameRefusalOf } from '../framing'
import { formRefusalOf } from '../page-policy'
import { isWithheldByWorker } from '../service-worker'
import { transportKindOf } from '../transport'
import { isFramed } from './authorization'
import { isSignInPageAgain, offersLogin, pageOf } from './client-page'
import { callStillRefused, isNotSignedIn, setsNothing } from './not-signed-in'
import { type FailurePoint, failedOnTheWay, follows, isError, isOk, point, samePath } from './point'
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
