import type { HttpExchange } from '../../../model/exchange'
import { header, headerList } from '../../../model/headers'
import type { AuthorizationResponse, TokenRequest } from '../../../model/message'
import { hasParam, paramValue } from '../../../model/parameters'
import { valueOf } from '../../../model/observed'
import { originOf, parseUrl, withoutFragment, withoutQuery } from '../../../model/url'
import type { Attempt, World } from '../../correlation/attempt'
import { isWebMessage } from '../../recognition/authorization-response'
import { bodyText } from '../../recognition/readers'
import { cookieNamesOf } from '../cookies'
import { pageOriginOf } from '../cors'
import { isPageCall } from '../page-call'
import { pageClientBeside } from '../page-client'
import { popupOf } from '../popup-window'
import { isAnsweredByWorker } from '../service-worker'
import { isContinued } from './loop'
import { type FailurePoint, SILENCE, failedOnTheWay, isError, point } from './point'

export const notRedeemed = (attempt: Attempt, attempts: readonly Attempt[], world: World): FailurePoint[] => {
  const response = attempt.responses.find(({ requested, parameters }) => requested && hasParam(parameters, 'code'))
  if (!response || attempt.handovers.length > 0 || attempt.tokenCalls.length > 0 || isError(response.exchange))
    return []
  if (failedOnTheWay(response.exchange) || world.now - response.at <= SILENCE) return []
  const expected =
    redeemsInBrowser(attempt, attempts, response) ||
    isReaderOfMetadata(response, world) ||
    isLeftToScripts(response, world) ||
    isSwallowed(attempt, response) ||
    isWhereNoPageLooks(attempt, response, world) ||
    isUnknownToAnybody(attempt, response, world) ||
    hasVerifierInPage(attempt, response, world) ||
    isTakenByAnother(attempt, attempts, response, world) ||
    popupOf(attempt, world)?.severedBy !== undefined
  if (!expected || isContinued(attempt, attempts) || hasUnreadTokenCall(response, world)) return []
  return [point('not_redeemed', response)]
}

/** A fragment reaches no server (RFC 3986 section 3.5): a code in one is lost unless a script sends it somewhere. */
const isLeftToScripts = (response: AuthorizationResponse, world: World): boolean =>
  response.mode === 'fragment' &&
  !hasParam(response.parameters, 'id_token') &&
  !hasParam(response.parameters, 'access_token') &&
  isSentNowhere(response, world)

/** Only a page asks for its answer in the fragment or as a message; one that gets it in the query does not find it. */
const isWhereNoPageLooks = (attempt: Attempt, response: AuthorizationResponse, world: World): boolean => {
  const request = attempt.requests.at(-1)
  const isForPages =
    request !== undefined &&
    (paramValue(request.parameters, 'response_mode') === 'fragment' || isWebMessage(request.parameters))
  return isForPages && isLonePage(response) && response.mode === 'query' && isSentNowhere(response, world)
}

/** A page of this origin read the server's metadata, as only a client does that lives in the page; nothing but it answered. */
const isReaderOfMetadata = (response: AuthorizationResponse, world: World): boolean => {
  const { deliveredTo } = response
  const reads = world.messages.some(
    ({ kind, exchange: { initiator, requestHeaders } }) =>
      (kind === 'provider_metadata' || kind === 'jwks') &&
      originOf(initiator ?? valueOf(header(requestHeaders, 'origin')) ?? '') === originOf(deliveredTo),
  )
  return reads && isLonePage(response) && response.mode !== 'form_post' && isSentNowhere(response, world)
}

/** A document without a redirect and without a cookie of its server, which therefore started no session. */
const isLonePage = ({ exchange }: AuthorizationResponse): boolean =>
  exchange.resourceType === 'main_frame' &&
  exchange.method === 'GET' &&
  exchange.redirectUrl === undefined &&
  header(exchange.responseHeaders, 'set-cookie').state === 'absent'

/**
 * The callback brought no cookie and set none, so its server cannot know who logged in; its page loaded more, and sent the
 * code nowhere. Only files have all that a page requested.
 */
const isUnknownToAnybody = (attempt: Attempt, response: AuthorizationResponse, world: World): boolean => {
  const { exchange, at } = response
  const isWhole = world.events.some((event) => event.type === 'recording.started' && event.by === 'file')
  const hasNoSession = bringsNoSession(response, world)
  const isScripted = world.exchanges.some(
    ({ resourceType, startedAt, documentId }) =>
      startedAt >= at &&
      (resourceType === 'script' || resourceType === 'xmlhttprequest') &&
      documentId === exchange.documentId,
  )
  // Pages that only close themselves have a script too; they are those of programs, which no page of the client began.
  const hasOwnScript =
    beganInPage(attempt, response, world) && /<script\b/i.test(valueOf(bodyText(exchange.responseBody)) ?? '')
  return (
    isWhole &&
    isLonePage(response) &&
    hasNoSession &&
    (isScripted || hasOwnScript) &&
    response.mode === 'query' &&
    isSentNowhere(response, world)
  )
}

/**
 * Pages of this origin redeem the codes of another client by themselves, and a library that does so takes any answer for
 * its own. No server knew whose this one was, and the code went nowhere.
 */
const isTakenByAnother = (
  attempt: Attempt,
  attempts: readonly Attempt[],
  response: AuthorizationResponse,
  world: World,
): boolean =>
  pageClientBeside(attempt, attempts, response) !== undefined &&
  response.mode === 'query' &&
  isLonePage(response) &&
  bringsNoSession(response, world) &&
  isSentNowhere(response, world)

/**
 * A page of the client asked for the login with a challenge (RFC 7636), and no cookie went to or came from its host, by
 * which a server could tell whose verifier it keeps: the page has it.
 */
const hasVerifierInPage = (attempt: Attempt, response: AuthorizationResponse, world: World): boolean => {
  const { exchange, at, mode } = response
  const host = parseUrl(exchange.url)?.host
  const hasChallenge = attempt.requests.some(({ parameters }) => hasParam(parameters, 'code_challenge'))
  return (
    hasChallenge &&
    mode === 'query' &&
    isLonePage(response) &&
    bringsNoSession(response, world) &&
    beganInPage(attempt, response, world) &&
    isSentNowhere(response, world) &&
    world.exchanges.every(
      (other) =>
        parseUrl(other.url)?.host !== host ||
        (header(other.responseHeaders, 'set-cookie').state !== 'present' &&
          bringsNoSession({ exchange: other }, world)),
    ) &&
    !world.exchanges.some(
      (other) => other.startedAt >= at && (other.resourceType === 'websocket' || presentsSomething(other)),
    )
  )
}

/** A call with credentials may be one with tokens that a server of the client put into its page. */
const presentsSomething = ({ requestHeaders, resourceType }: HttpExchange): boolean =>
  resourceType === 'xmlhttprequest' && header(requestHeaders, 'authorization').state !== 'absent'

/** A document of the client, in which the login began: no server of it sent the browser there, nor another program. */
const beganInPage = ({ requests: [request] }: Attempt, { deliveredTo }: AuthorizationResponse, world: World): boolean =>
  request !== undefined &&
  request.exchange.previousHop === undefined &&
  originOf(pageOriginOf(request.exchange) ?? '') === originOf(deliveredTo) &&
  world.exchanges.some(
    ({ resourceType, startedAt, url }) =>
      resourceType === 'main_frame' && startedAt < request.at && originOf(url) === originOf(deliveredTo),
  )

/** A cookie that other hosts set for the whole domain, such as that of the authorization server, is no session of the client. */
const bringsNoSession = ({ exchange }: Pick<AuthorizationResponse, 'exchange'>, { exchanges }: World): boolean => {
  const names = cookieNamesOf(exchange)
  if (names.state !== 'present') return names.state === 'absent'
  const host = parseUrl(exchange.url)?.hostname
  const setBy = (name: string) =>
    exchanges.filter(({ responseHeaders }) =>
      (valueOf(headerList(responseHeaders, 'set-cookie')) ?? []).some((line) => line.startsWith(`${name}=`)),
    )
  return names.value.every((name) => {
    const setters = setBy(name)
    return setters.length > 0 && setters.every(({ url }) => parseUrl(url)?.hostname !== host)
  })
}

const isSentNowhere = ({ parameters, exchange, at }: AuthorizationResponse, { exchanges }: World): boolean => {
  const code = paramValue(parameters, 'code')
  return (
    code !== undefined &&
    !exchanges.some((other) => other.startedAt >= at && other.id !== exchange.id && mayCarry(code, other))
  )
}

const mayCarry = (value: string, { method, url, requestBody }: HttpExchange): boolean => {
  if (withoutFragment(url).includes(encodeURIComponent(value))) return true
  if (requestBody.state !== 'present') return requestBody.state === 'unobserved' && method === 'POST'
  const body = requestBody.value
  if (body.kind === 'lost') return true
  return body.kind === 'form'
    ? body.fields.some((field) => field.value === value)
    : [value, encodeURIComponent(value)].some((text) => body.text.includes(text))
}

/** Something was exchanged with a token endpoint, and too little of it was seen to say for which login. */
const hasUnreadTokenCall = (response: AuthorizationResponse, { exchanges, messages }: World): boolean => {
  const calls = messages.filter((message): message is TokenRequest => message.kind === 'token_request')
  const read = new Set(calls.filter(({ parameters }) => !parameters.hidden).map(({ exchange }) => exchange.id))
  const endpoints = new Set(calls.map(({ exchange }) => withoutQuery(exchange.url)))
  return exchanges.some(
    (exchange) =>
      exchange.startedAt >= response.at &&
      !read.has(exchange.id) &&
      !exchange.isPreflight &&
      // A request whose start was missed may be one.
      (exchange.method === '' || endpoints.has(withoutQuery(exchange.url))),
  )
}

/** Another login of this client, or one that was answered at the same URL, was redeemed by the page. */
const redeemsInBrowser = (attempt: Attempt, attempts: readonly Attempt[], response: AuthorizationResponse): boolean => {
  const client = attempt.requests[0] && paramValue(attempt.requests[0].sent, 'client_id')
  return attempts.some(
    (other) =>
      other.tokenCalls.some((call) => isPageCall(call.exchange)) &&
      ((client !== undefined && other.requests[0] && paramValue(other.requests[0].sent, 'client_id') === client) ||
        other.responses.some(({ deliveredTo }) => deliveredTo === response.deliveredTo)),
  )
}

/** A client's server started the login, and a service worker answered in its place when the code came. */
const isSwallowed = (attempt: Attempt, { exchange }: AuthorizationResponse): boolean =>
  attempt.starts.length > 0 && isAnsweredByWorker(exchange)
