import type { HttpExchange } from '../../model/exchange'
import type {
  ApiCall,
  AuthorizationRequest,
  AuthorizationResponse,
  JsonResponse,
  Message,
  TokenRequest,
} from '../../model/message'
import { valueOf } from '../../model/observed'
import { hasParam, paramValue } from '../../model/parameters'
import { isLoopback, originOf, parseUrl, queryOf, withoutFragment, withoutQuery } from '../../model/url'
import type { Attempt, World } from '../correlation/attempt'
import { bearerOf, holdsToken, isRefused, namesTokenScheme } from '../recognition/api-call'
import { challenges, queryParameters } from '../recognition/readers'
import { judgeCors } from './cors'
import { errorPageOf } from './error-page'
import { frameRefusalOf } from './framing'
import { popupOf } from './popup'
import { pageOriginOf } from './cors'
import { transportKindOf } from './transport'

/** A place where the wire shows that something did not work; the reason is for the rules. */
export type FailureKind =
  /** The authorization endpoint (or a page after it) answered with an error page, without going back to the client. */
  | 'authorization_page'
  /** The authorization endpoint could not be reached, or the browser refused to show it. */
  | 'authorization_unreachable'
  /** The authorization response carries `error`. */
  | 'authorization_error'
  /** A silent renewal, or a popup that its opener lost, was never answered. */
  | 'not_answered'
  | 'pushed_error'
  | 'token_error'
  /** The token endpoint said 2xx with something a client cannot use. */
  | 'token_unusable'
  | 'token_unreachable'
  | 'device_error'
  | 'callback_error'
  | 'callback_unreachable'
  /** After its callback the client went to a URL of its own that carries `error`. */
  | 'client_error'
  /** The client asked for a login again and again although it was answered each time. */
  | 'loop'
  /** A code was delivered to a page that redeems codes itself, and it never did. */
  | 'not_redeemed'
  | 'userinfo_refused'
  | 'api_refused'
  | 'api_unreachable'
  | 'metadata_unusable'
  | 'keys_unusable'
  | 'registration_error'
  | 'management_error'
  | 'logout_error'
  /** FedCM or an embedded sign-in button was refused. */
  | 'federated_refused'
  /** A page that is no secure context read the server's metadata, and sent nothing after it. */
  | 'nothing_sent'

export interface FailurePoint {
  readonly kind: FailureKind
  readonly message: Message
  readonly exchange: HttpExchange
  readonly at: number
  /** The `error` code of OAuth, where one was seen. */
  readonly error?: string
  readonly error_description?: string
  readonly status?: number
  /** The browser's name of a transport error. */
  readonly transport?: string
}

/** Errors that are steps of a protocol, not failures: RFC 8628 section 3.5, RFC 9449 section 8. */
const stepErrors = new Set(['authorization_pending', 'slow_down', 'use_dpop_nonce'])

/** Milliseconds a silent frame or a page that redeems codes is given before silence counts. */
export const SILENCE = 15_000

/** What did not work in this attempt and was not made good by what came after it, in the order of time. */
export const failurePointsOf = (
  attempt: Attempt,
  attempts: readonly Attempt[],
  world: World,
): readonly FailurePoint[] =>
  [
    ...metadataFailures(attempt, attempts),
    ...pushedFailures(attempt),
    ...authorizationFailures(attempt, world),
    ...responseFailures(attempt),
    ...callbackFailures(attempt, world),
    ...tokenFailures(attempt, world),
    ...deviceFailures(attempt),
    ...apiFailures(attempt, attempts, world),
    ...loopFailures(attempt, attempts),
    ...notRedeemed(attempt, attempts, world),
    ...logoutFailures(attempt),
    ...managementFailures(attempt),
    ...federatedFailures(attempt),
    ...neverSent(attempt, attempts, world),
  ].sort((a, b) => a.at - b.at)

const point = (kind: FailureKind, message: Message, more: Partial<FailurePoint> = {}): FailurePoint => {
  const exchange = more.exchange ?? message.exchange
  const status = valueOf(exchange.status)
  return {
    kind,
    message,
    exchange,
    at: exchange.endedAt ?? exchange.startedAt,
    ...(status !== undefined && { status }),
    ...(exchange.error !== undefined && { transport: exchange.error }),
    ...more,
  }
}

/** A page that was told to be somewhere else meanwhile cancels its requests; that is no failure. */
export const failedOnTheWay = (exchange: HttpExchange): boolean =>
  exchange.error !== undefined && transportKindOf(exchange.error) !== 'cancelled'

const statusOf = (exchange: HttpExchange): number | undefined => valueOf(exchange.status)

const isError = (exchange: HttpExchange): boolean => (statusOf(exchange) ?? 0) >= 400

const oauthError = (response: JsonResponse): Partial<FailurePoint> => {
  const error = paramValue(response.parameters, 'error')
  const error_description = paramValue(response.parameters, 'error_description')
  return { ...(error !== undefined && { error }), ...(error_description !== undefined && { error_description }) }
}

/** Clients probe several well-known places; only a server that never gave its metadata, and was never used, failed. */
const metadataFailures = (attempt: Attempt, attempts: readonly Attempt[]): FailurePoint[] => {
  const failed = attempt.documents.filter(
    (document) =>
      failedOnTheWay(document.exchange) ||
      isError(document.exchange) ||
      (document.response.form.state === 'present' &&
        document.response.form.value !== 'json' &&
        statusOf(document.exchange) === 200),
  )
  const usable = (kind: Message['kind']) =>
    attempt.documents.some((document) => document.kind === kind && !failed.includes(document))
  const wentOn =
    attempt.requests.length > 0 ||
    attempt.tokenCalls.length > 0 ||
    attempts.some(
      (other) =>
        // A call whose beginning was not seen has no tab; it may be of the login that followed.
        (other.tabId === attempt.tabId || attempt.tabId < 0) && other.requests.some(({ at }) => at > attempt.startedAt),
    )
  return failed.flatMap((document) => {
    if (usable(document.kind)) return []
    if (document.kind === 'jwks') return isSettled(attempt) ? [] : [point('keys_unusable', document)]
    return wentOn || document.kind === 'protected_resource_metadata' ? [] : [point('metadata_unusable', document)]
  })
}

const isSettled = (attempt: Attempt): boolean => attempt.apiCalls.some((call) => isOk(call.exchange))

const isOk = (exchange: HttpExchange): boolean => {
  const status = statusOf(exchange)
  return status !== undefined && status >= 200 && status < 300
}

const pushedFailures = (attempt: Attempt): FailurePoint[] =>
  attempt.pushed.flatMap((pushed) => {
    if (attempt.requests.length > 0) return []
    if (failedOnTheWay(pushed.exchange)) return [point('pushed_error', pushed)]
    const error = oauthError(pushed.response)
    return isError(pushed.exchange) && !stepErrors.has(error.error ?? '') ? [point('pushed_error', pushed, error)] : []
  })

/** The last document of the server counts: a wrong password is forgiven by the page that follows it. */
const authorizationFailures = (attempt: Attempt, world: World): FailurePoint[] => {
  const request = attempt.requests.at(-1)
  if (!request || attempt.responses.length > 0) return []
  const last = attempt.interactions.at(-1) ?? request
  const { exchange } = last.at >= request.at ? last : request
  if (failedOnTheWay(exchange)) return [point('authorization_unreachable', request, { exchange })]
  // A script cannot follow a login: the browser keeps the answer from it, whatever its status.
  const isScript = exchange.resourceType === 'xmlhttprequest'
  if (isScript && judgeCors(exchange).state === 'refused') return [point('authorization_unreachable', request)]
  const page = originOf(exchange.url) === originOf(request.exchange.url) || isError(exchange)
  const redirectUri = paramValue(request.parameters, 'redirect_uri')
  const errorPage = page
    ? errorPageOf(
        exchange,
        isDirectAnswer(exchange, request.exchange, world),
        redirectUri,
        errorsAt(exchange.url, world),
      )
    : undefined
  if (errorPage) return [point('authorization_page', request, { exchange, ...errorPage })]
  if (isFramed(request.exchange) && frameRefusalOf(exchange, embedderOf(request))) {
    return [point('authorization_unreachable', request, { exchange })]
  }
  const silent =
    attempt.kind === 'silent_renewal' &&
    // Such an answer is a message between windows, which no request shows; only a missing exchange of the code would.
    !isWebMessage(request) &&
    attempt.tokenCalls.length === 0 &&
    world.now - request.at > SILENCE &&
    exchange.redirectUrl === undefined
  const unheard = silent || isCutOff(attempt, request, world)
  return unheard && attempt.supersededBy === undefined ? [point('not_answered', request, { exchange })] : []
}

/** A popup that its opener cannot reach any more: the opener takes it for closed, or waits in vain. */
const isCutOff = (attempt: Attempt, request: AuthorizationRequest, world: World): boolean => {
  const popup = popupOf(attempt, world)
  return popup?.severedBy !== undefined && (popup.closedAt !== undefined || world.now - request.at > SILENCE)
}

const isFramed = (exchange: HttpExchange) => exchange.parentFrameId >= 0

const isWebMessage = (request: AuthorizationRequest) =>
  /^(web_message|okta_post_message)/.test(paramValue(request.parameters, 'response_mode') ?? '')

/** The page around a frame; where the browser does not tell, the client's own. */
const embedderOf = (request: AuthorizationRequest): string | undefined =>
  request.exchange.initiator ?? paramValue(request.parameters, 'redirect_uri')

const errorsAt = (url: string, { known }: World) => known.providers.find(({ matches }) => matches.test(url))?.errors

/** The answer to the request itself, through redirects only. */
const isDirectAnswer = (exchange: HttpExchange, request: HttpExchange, world: World): boolean => {
  let hop: HttpExchange | undefined = exchange
  while (hop && hop.id !== request.id) hop = hop.previousHop === undefined ? undefined : world.exchange(hop.previousHop)
  return hop !== undefined
}

const jsonBody = (exchange: HttpExchange) => {
  const body = exchange.responseBody
  const text = body.state === 'present' && body.value.kind === 'text' ? body.value.text : ''
  const list = /^\s*\{/.test(text) ? entries(text) : []
  return { exchangeId: exchange.id, part: 'response.body' as const, list }
}

const entries = (text: string) => {
  try {
    return Object.entries(JSON.parse(text) as Record<string, unknown>).map(([name, value]) => ({
      name,
      value: String(value),
    }))
  } catch {
    return []
  }
}

const responseFailures = (attempt: Attempt): FailurePoint[] =>
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

/** What the client's own server did with the answer; a later good document of the client forgives an earlier error. */
const callbackFailures = (attempt: Attempt, world: World): FailurePoint[] => {
  const delivered = attempt.responses.filter(({ parameters }) => !hasParam(parameters, 'error'))
  // The last delivery counts: it is what the user sees, and a good one forgives those before it.
  const response = delivered.findLast(({ requested }) => requested) ?? delivered.at(-1)
  if (!response || (attempt.responses[0] && hasParam(attempt.responses[0].parameters, 'error'))) return []
  if (!response.requested) return schemeFailures(response, world)
  const { exchange } = response
  // A page that got its tokens was served well enough, whatever the status said (single-page apps behind a 404 page).
  if (attempt.tokenCalls.some(isUsable)) return []
  if (failedOnTheWay(exchange)) return [point('callback_unreachable', response)]
  if (isFramed(exchange) && frameRefusalOf(exchange, attempt.requests[0]?.exchange.initiator ?? exchange.url)) {
    return [point('callback_unreachable', response)]
  }
  const chain = attempt.after.filter(({ exchange: after }) => originOf(after.url) === originOf(response.deliveredTo))
  const last = chain.at(-1)
  if (isError(exchange)) return [point('callback_error', response, oauthErrorOf(exchange))]
  // Wherever the callback sent the browser, it has to arrive there, at another origin too.
  const stranded = attempt.after.find(({ exchange: after }) => after.hop > 0 && failedOnTheWay(after))
  if (stranded) return [point('callback_unreachable', stranded)]
  if (!last) return []
  const told = attempt.after.find(({ exchange: after }) => tellsError(after))
  if (told) {
    const error = paramValue(queryParameters(told.exchange), 'error')
    return [point('client_error', told, { ...(error !== undefined && { error }) })]
  }
  const broken = chain.find(({ exchange: after }) => after.hop > 0 && isError(after))
  return broken ? [point('callback_error', broken)] : []
}

/** Some clients name no error: `/login?error`. */
const tellsError = (exchange: HttpExchange): boolean =>
  hasParam(queryParameters(exchange), 'error') || queryOf(exchange.url).split('&').includes('error')

/** Another program takes custom schemes, and recordings may end there: only the browser's own words say that none did. */
const schemeFailures = (response: AuthorizationResponse, world: World): FailurePoint[] => {
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
  const error = paramValue(jsonBody(exchange), 'error')
  return error === undefined ? {} : { error }
}

/** RFC 6749 section 5.1: what a client needs to go on. Where the body was not seen, 2xx is taken for good unless it is a page. */
export const isUsable = (call: TokenRequest): boolean => {
  if (!isOk(call.exchange) || failedOnTheWay(call.exchange)) return false
  const { form, parameters, contentType } = call.response
  if (form.state !== 'present') return !/^(text\/html|application\/xhtml\+xml)$/.test(valueOf(contentType) ?? '')
  return (
    (form.value === 'json' || form.value === 'form') &&
    hasParam(parameters, 'access_token') &&
    !hasParam(parameters, 'error')
  )
}

/** The code may stand in the challenge of a 401 too (RFC 6749 section 5.2), where it is seen without the body. */
const tokenError = ({ response, exchange }: TokenRequest): Partial<FailurePoint> => {
  const challenge = valueOf(challenges(exchange.responseHeaders))?.find(({ parameters }) => parameters['error'])
  const error = challenge?.parameters['error']
  return error === undefined || hasParam(response.parameters, 'error') ? oauthError(response) : { error }
}

const tokenFailures = (attempt: Attempt, world: World): FailurePoint[] =>
  attempt.tokenCalls.flatMap((call, index) => {
    const later = attempt.tokenCalls.slice(index + 1)
    if (later.some((other) => isUsable(other) && other.exchange.startedAt >= (call.exchange.endedAt ?? call.at)))
      return []
    if (mayBeRepeated(call.exchange, world)) return []
    // The tokens of an earlier good call are in use: this call changed nothing for the user.
    const end = call.exchange.endedAt ?? call.at
    if (attempt.apiCalls.some(({ exchange }) => isOk(exchange) && exchange.startedAt >= end)) return []
    if (paramValue(call.parameters, 'code') !== undefined && wentOnWithUnseenToken(attempt, end, world)) return []
    const error = tokenError(call)
    // An error answer that the browser withheld from the page is an error answer all the same.
    if (call.exchange.error !== undefined && !(failedOnTheWay(call.exchange) && isError(call.exchange))) {
      return failedOnTheWay(call.exchange) ? [point('token_unreachable', call, error)] : []
    }
    if (isError(call.exchange)) {
      const isStep = stepErrors.has(error.error ?? '') && (error.error !== 'use_dpop_nonce' || later.length > 0)
      return isStep ? [] : [point('token_error', call, error)]
    }
    const status = statusOf(call.exchange)
    if (status !== undefined && status >= 300 && status < 400) return [point('token_unusable', call, error)]
    if (!isOk(call.exchange)) return []
    const isUnread = isMissed(attempt, call) || isLeft(attempt, call, world.now)
    return !isUsable(call) || isUnread ? [point('token_unusable', call, error)] : []
  })

const FORM = 'application/x-www-form-urlencoded'

/** Not labelled as JSON where OpenID Connect says so, and a client that did nothing more: it could not read what it got. */
const isLeft = (attempt: Attempt, { response, parameters, exchange }: TokenRequest, now: number): boolean => {
  const type = valueOf(response.contentType)
  const isOther =
    response.form.state === 'present'
      ? response.form.value === 'form' || (type !== undefined && !type.includes('json'))
      : type === FORM
  const scopes = [...attempt.requests.map((request) => request.parameters), parameters].map((sent) =>
    paramValue(sent, 'scope')?.split(' '),
  )
  const silent = now - (exchange.endedAt ?? exchange.startedAt) > SILENCE && attempt.apiCalls.length === 0
  return isOther && silent && scopes.some((scope) => scope?.includes('openid'))
}

/** An API accepts a token that was not used before, and whose issuing was not seen: an exchange of this code that was not seen. */
const wentOnWithUnseenToken = (attempt: Attempt, since: number, { messages, known, rootTab }: World): boolean => {
  const calls = messages.filter((message): message is ApiCall => message.kind === 'api_call' && holdsToken(message))
  return calls.some((call) => {
    const token = valueOf(bearerOf(call))!
    const isNew = !known.accessTokens.has(token) && !calls.some((other) => other.at < since && sameToken(other, call))
    return isNew && call.at >= since && isOk(call.exchange) && rootTab(call.exchange.tabId) === attempt.tabId
  })
}

const sameToken = (a: ApiCall, b: ApiCall): boolean => valueOf(bearerOf(a)) === valueOf(bearerOf(b))

/** RFC 6749 section 5.1 requires `token_type`; without it clients send the token under a wrong scheme, or under none. */
const isMissed = (attempt: Attempt, call: TokenRequest): boolean =>
  call.response.json.state === 'present' &&
  !hasParam(call.response.parameters, 'token_type') &&
  attempt.apiCalls.some((other) => other.at > call.at && isRefused(other) && !namesTokenScheme(other))

const deviceFailures = (attempt: Attempt): FailurePoint[] =>
  attempt.deviceRequests.flatMap((request) =>
    failedOnTheWay(request.exchange) || isError(request.exchange)
      ? [point('device_error', request, oauthError(request.response))]
      : [],
  )

/**
 * A refused call that the same client then repeated with success was a step (refresh, DPoP nonce), not a failure. Nor is
 * one without a token before anybody signed in, or after a login that failed: that login is what failed.
 */
const apiFailures = (attempt: Attempt, attempts: readonly Attempt[], world: World): FailurePoint[] => {
  const noTokens = tokenFailures(attempt, world)
  // Which tab a call is of can be unknown; then any tab may have repeated it.
  const known = attempt.tabId < 0 ? attempts.flatMap(({ apiCalls }) => apiCalls) : attempt.apiCalls
  return attempt.apiCalls.flatMap((call) => {
    const later = known.filter((other) => other !== call && other.at >= call.at)
    if (isRepaired(call, later) || mayBeRepeated(call.exchange, world)) return []
    if (noTokens.some((failed) => failed.exchange.startedAt <= call.at)) return []
    if (!holdsToken(call) && !wasSignedIn(call, attempt, attempts)) return []
    if (call.kind === 'userinfo_request') {
      return failedOnTheWay(call.exchange) || isError(call.exchange)
        ? [point('userinfo_refused', call, apiError(call))]
        : []
    }
    if (!isRefused(call)) return []
    return [isError(call.exchange) ? point('api_refused', call, apiError(call)) : point('api_unreachable', call)]
  })
}

const isRepaired = (call: ApiCall, later: readonly ApiCall[]): boolean =>
  later.some(
    (other) =>
      isOk(other.exchange) &&
      originOf(other.exchange.url) === originOf(call.exchange.url) &&
      (samePath(other.exchange, call.exchange) ||
        (statusOf(call.exchange) === 401 && holdsToken(other) && valueOf(other.token) !== valueOf(call.token))),
  )

/** Something of which too little was recorded went to the same address later, and well: it may be this call, repeated. */
const mayBeRepeated = (exchange: HttpExchange, world: World): boolean =>
  world.exchanges.some(
    (other) =>
      (other.method === '' || (other.method === exchange.method && other.requestHeaders.state === 'unobserved')) &&
      other.startedAt > exchange.startedAt &&
      isOk(other) &&
      samePath(other, exchange),
  )

const wasSignedIn = (call: ApiCall, attempt: Attempt, attempts: readonly Attempt[]): boolean =>
  attempt.apiCalls.some((other) => other.at <= call.at && holdsToken(other)) ||
  attempts.some(
    (other) =>
      other.tabId === attempt.tabId &&
      (other.tokenCalls.some((token) => token.at <= call.at && isUsable(token)) ||
        other.responses.some(({ at, parameters }) => at <= call.at && hasParam(parameters, 'access_token'))),
  )

/** RFC 6750 section 3.1 puts the code into the challenge; many APIs repeat it in the body, or have it there alone. */
const apiError = (call: ApiCall): Partial<FailurePoint> => {
  const challenge = valueOf(call.challenges)?.find(({ parameters }) => parameters['error'] !== undefined)?.parameters
  if (!challenge) return oauthError(call.response)
  const { error, error_description } = challenge
  return { ...(error !== undefined && { error }), ...(error_description !== undefined && { error_description }) }
}

const samePath = (a: HttpExchange, b: HttpExchange) => a.url.split(/[?#]/, 1)[0] === b.url.split(/[?#]/, 1)[0]

const LOOP_LENGTH = 3
const LOOP_GAP = 10_000

/** The attempts that led here, each the repetition of the one before, oldest first, this one included. */
export const chainOf = (attempt: Attempt, attempts: readonly Attempt[]): readonly Attempt[] => {
  const chain = [attempt]
  for (let before = previous(attempt, attempts); before; before = previous(before, attempts)) chain.unshift(before)
  return chain
}

const previous = (attempt: Attempt, attempts: readonly Attempt[]): Attempt | undefined =>
  attempts.find(
    (other) =>
      other.id === attempt.retryOf &&
      other.responses.length > 0 &&
      attempt.startedAt - other.responses.at(-1)!.at <= LOOP_GAP,
  )

/** Three answered logins in a row, without anybody touching anything in between. The last of them carries the finding. */
const loopFailures = (attempt: Attempt, attempts: readonly Attempt[]): FailurePoint[] => {
  const request = attempt.requests[0]
  if (!request || attempts.some((other) => other.retryOf === attempt.id && chainOf(other, attempts).includes(attempt)))
    return []
  const chain = chainOf(attempt, attempts)
  if (chain.length < LOOP_LENGTH || chain.some(({ kind }) => kind === 'silent_renewal')) return []
  return [point('loop', request, { at: request.at })]
}

/** True when a later attempt of the same client followed at once: what matters is how that one ended. */
export const isContinued = (attempt: Attempt, attempts: readonly Attempt[]): boolean =>
  attempts.some((other) => other.retryOf === attempt.id && chainOf(other, attempts).includes(attempt))

const notRedeemed = (attempt: Attempt, attempts: readonly Attempt[], world: World): FailurePoint[] => {
  const response = attempt.responses.find(({ requested, parameters }) => requested && hasParam(parameters, 'code'))
  if (!response || attempt.tokenCalls.length > 0 || isError(response.exchange)) return []
  if (failedOnTheWay(response.exchange) || world.now - response.at <= SILENCE) return []
  const expected =
    redeemsInBrowser(attempt, attempts, response) ||
    isLeftToScripts(response, world) ||
    isSwallowed(attempt, response) ||
    popupOf(attempt, world)?.severedBy !== undefined
  if (!expected || isContinued(attempt, attempts) || hasUnreadTokenCall(response, world)) return []
  return [point('not_redeemed', response)]
}

/** A fragment reaches no server (RFC 3986 section 3.5): a code in one is lost unless a script sends it somewhere. */
const isLeftToScripts = ({ mode, parameters, exchange, at }: AuthorizationResponse, { exchanges }: World): boolean => {
  const code = paramValue(parameters, 'code')
  if (mode !== 'fragment' || code === undefined) return false
  if (hasParam(parameters, 'id_token') || hasParam(parameters, 'access_token')) return false
  return !exchanges.some((other) => other.startedAt >= at && other.id !== exchange.id && mayCarry(code, other))
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
  const calls = messages.filter(({ kind }) => kind === 'token_request')
  const read = new Set(calls.map(({ exchange }) => exchange.id))
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
      other.tokenCalls.length > 0 &&
      ((client !== undefined && other.requests[0] && paramValue(other.requests[0].sent, 'client_id') === client) ||
        other.responses.some(({ deliveredTo }) => deliveredTo === response.deliveredTo)),
  )
}

/** A client's server started the login, and a service worker answered in its place when the code came. */
const isSwallowed = (attempt: Attempt, { exchange }: AuthorizationResponse): boolean =>
  attempt.starts.length > 0 && exchange.fromServiceWorker && exchange.redirectUrl === undefined

/** Accounts answered 401 only say that nobody is signed in; the rest has to work. */
const federatedFailures = (attempt: Attempt): FailurePoint[] =>
  attempt.federated.flatMap((request) => {
    const error = oauthError(request.response)
    const failed = failedOnTheWay(request.exchange) || isError(request.exchange) || error.error !== undefined
    return failed && statusOf(request.exchange) !== 401 ? [point('federated_refused', request, error)] : []
  })

const logoutFailures = (attempt: Attempt): FailurePoint[] => {
  if (attempt.logoutResponses.length > 0) return []
  const last = attempt.logoutRequests.at(-1)
  return last && (failedOnTheWay(last.exchange) || isError(last.exchange)) ? [point('logout_error', last)] : []
}

const managementFailures = (attempt: Attempt): FailurePoint[] =>
  attempt.management.flatMap((call) => {
    if (!failedOnTheWay(call.exchange) && !isError(call.exchange)) return []
    const kind = call.kind === 'client_registration_request' ? 'registration_error' : 'management_error'
    return [point(kind, call, oauthError(call.response))]
  })

/** Scripts of pages on plain http have no cryptography, so the login that begins with the metadata ends there. */
const neverSent = (attempt: Attempt, attempts: readonly Attempt[], world: World): FailurePoint[] => {
  const read = attempt.documents.find(({ kind, exchange }) => kind === 'provider_metadata' && isOk(exchange))
  const page = read && parseUrl(pageOriginOf(read.exchange) ?? '')
  if (attempt.kind !== 'discovery' || !read || page?.protocol !== 'http:' || isLoopback(page.hostname)) return []
  const wentOn = attempts.some(
    (other) => other.tabId === attempt.tabId && other.requests.length + other.tokenCalls.length > 0,
  )
  return wentOn || world.now - read.at <= SILENCE ? [] : [point('nothing_sent', read)]
}
