import type { HttpExchange } from '../../../model/exchange'
import type { AuthorizationRequest } from '../../../model/message'
import { hasParam, paramValue } from '../../../model/parameters'
import { originOf } from '../../../model/url'
import type { Attempt, World } from '../../correlation/attempt'
import { isWebMessage } from '../../recognition/authorization-response'
import { followCookies } from '../cookies'
import { judgeCors } from '../cors'
import { isAnsweredByWorker } from '../service-worker'
import { errorInUrl, errorPageOf } from '../error-page'
import { frameRefusalOf } from '../framing'
import { formRefusalOf } from '../page-policy'
import { popupOf } from '../popup-window'
import { isPrefetch } from '../prefetch'
import {
  type FailurePoint,
  SILENCE,
  failedOnTheWay,
  firstHopOf,
  follows,
  isBeforeNonce,
  isError,
  mayBeRepeated,
  isOk,
  oauthError,
  point,
  samePath,
} from './point'

/** The last push counts: those before it were repeated, as a server asks that wants a DPoP nonce. */
export const pushedFailures = ({ pushed, requests }: Attempt, world: World): FailurePoint[] => {
  const last = pushed.at(-1)
  if (!last || requests.length > 0) return []
  const { exchange } = last
  if (mayBeRepeated(exchange, world)) return []
  if (failedOnTheWay(exchange)) return [point('pushed_error', last)]
  const told = oauthError(last.response)
  if (!isError(exchange) || isBeforeNonce(exchange, told.error, world.now)) return []
  return [point('pushed_error', last, told)]
}

/** Before the request, at the client itself. */
export const startFailures = ({ requests, starts, responses }: Attempt): FailurePoint[] =>
  requests.length + responses.length > 0
    ? []
    : starts
        .filter(({ exchange }) => isError(exchange) || isAnsweredByWorker(exchange))
        .map((start) => point('start_error', start))

/** The last document of the server counts: a wrong password is forgiven by the page that follows it. */
export const authorizationFailures = (attempt: Attempt, world: World): FailurePoint[] => {
  const request = attempt.requests.at(-1)
  if (!request || attempt.responses.length > 0) return []
  const last = attempt.interactions.at(-1) ?? request
  const { exchange } = last.at >= request.at ? last : request
  if (isTrial(request.exchange, world)) return []
  if (failedOnTheWay(exchange)) {
    const error = errorInUrl(exchange)
    return [
      error === undefined
        ? point('authorization_unreachable', request, { exchange })
        : point('authorization_page', request, { exchange, error }),
    ]
  }
  if (formRefusalOf(exchange, world.exchanges)) return [point('authorization_unreachable', request, { exchange })]
  // A script cannot follow a login: the browser keeps the answer from it, whatever its status.
  const isScript = exchange.resourceType === 'xmlhttprequest'
  if (isScript && judgeCors(exchange).state === 'refused') return [point('authorization_unreachable', request)]
  const page = originOf(exchange.url) === originOf(request.exchange.url) || isError(exchange)
  const redirectUri = paramValue(request.parameters, 'redirect_uri')
  const errorPage = page
    ? errorPageOf(exchange, follows(exchange, request.exchange, world), redirectUri, errorsAt(exchange.url, world))
    : undefined
  if (errorPage) return [point('authorization_page', request, { exchange, ...errorPage })]
  if (isFramed(request.exchange) && frameRefusalOf(exchange, embedderOf(request))) {
    return [point('authorization_unreachable', request, { exchange })]
  }
  const silent =
    attempt.kind === 'silent_renewal' &&
    // Such an answer is a message between windows, which no request shows; only a missing exchange of the code would.
    !isWebMessage(request.parameters) &&
    attempt.tokenCalls.length === 0 &&
    world.now - request.at > SILENCE &&
    exchange.redirectUrl === undefined
  const unheard = silent || isCutOff(attempt, request, world)
  return unheard && attempt.supersededBy === undefined ? [point('not_answered', request, { exchange })] : []
}

/** Milliseconds within which a script that could not fetch an address has the browser load it. */
const LOADED_WITHIN = 10_000

/**
 * A fetch of the client’s own address that nobody may have waited for, or that the tab made good by loading that
 * address as a document: what becomes of the login is seen there.
 */
const isTrial = (exchange: HttpExchange, world: World): boolean => {
  const first = firstHopOf(exchange, world)
  return (
    first !== exchange &&
    (exchange.resourceType === 'xmlhttprequest' || exchange.resourceType === 'other') &&
    (first.requestHeaders.state === 'unobserved' ||
      isPrefetch(first) ||
      world.exchanges.some(
        ({ resourceType, url, tabId, startedAt }) =>
          resourceType === 'main_frame' &&
          url === first.url &&
          tabId === first.tabId &&
          startedAt >= first.startedAt &&
          startedAt - first.startedAt <= LOADED_WITHIN,
      ))
  )
}

/**
 * A wrong password is answered by the form, and a sign-in in steps brings the cookies of the step before; only an accepted
 * sign-in takes the browser back to the request, and a server that knows the user then does not ask again.
 */
export const signInFailures = (attempt: Attempt, world: World): FailurePoint[] => {
  const again = attempt.requests.at(-1)
  const last = attempt.interactions.at(-1)?.exchange
  if (!again || !last || attempt.responses.length > 0 || !isOk(last) || !follows(last, again.exchange, world)) return []
  const form = attempt.interactions.findLast(
    ({ exchange }) => exchange.method === 'POST' && follows(again.exchange, exchange, world),
  )
  const isShownAgain = attempt.interactions.some(
    ({ exchange, at }) => form !== undefined && at <= form.at && samePath(exchange, last),
  )
  if (!form || !isShownAgain) return []
  const isLostIn = (exchange: HttpExchange) => {
    const traces = followCookies({ setBy: [form.exchange], in: exchange, exchanges: world.exchanges })
    return traces.length > 0 && traces.every(({ fate }) => fate === 'not_sent')
  }
  return [again.exchange, last].every(isLostIn) ? [point('sign_in_lost', again)] : []
}

/** A popup that its opener cannot reach any more: the opener takes it for closed, or waits in vain. */
const isCutOff = (attempt: Attempt, request: AuthorizationRequest, world: World): boolean => {
  const popup = popupOf(attempt, world)
  return popup?.severedBy !== undefined && (popup.closedAt !== undefined || world.now - request.at > SILENCE)
}

export const isFramed = (exchange: HttpExchange) => exchange.parentFrameId >= 0

/** The page around a frame; where the browser does not tell, the client's own. */
const embedderOf = (request: AuthorizationRequest): string | undefined =>
  request.exchange.initiator ?? paramValue(request.parameters, 'redirect_uri')

const errorsAt = (url: string, { known }: World) => known.providers.find(({ matches }) => matches.test(url))?.errors

export const responseFailures = (attempt: Attempt): FailurePoint[] =>
  attempt.responses.flatMap((response) => {
    const error = paramValue(response.parameters, 'error')
    const answeredWell = attempt.responses.some((other) => other !== response && !hasParam(other.parameters, 'error'))
    if (error === undefined || answeredWell) return []
    const error_description = paramValue(response.parameters, 'error_description')
    return [
      point('authorization_error', response, {
        error,
        at: response.at,
        ...(error_description !== undefined && { error_description }),
      }),
    ]
  })
