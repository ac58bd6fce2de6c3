import type { HttpExchange } from '../../model/exchange'
import { header } from '../../model/headers'
import { type Jwt, readJwt } from '../../model/jwt'
import type { AuthorizationResponse, Basis, ResponseMode } from '../../model/message'
import { valueOf } from '../../model/observed'
import { type Parameters, hasParam, paramValue } from '../../model/parameters'
import { fragmentOf, originOf, parseUrl, queryOf, readForm, landingOf, withoutQuery } from '../../model/url'
import { postedParameters } from '../../model/web-message'
import { bodyParameters, bodyText, fragmentParameters, makeParameters, queryParameters } from './readers'
import type { Known, Recognizer } from './known'

/** Error codes that an authorization server may put on a redirect (RFC 6749 4.1.2.1, OIDC Core 3.1.2.6 and extensions). */
export const authorizationErrors = new Set([
  'invalid_request',
  'unauthorized_client',
  'access_denied',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'interaction_required',
  'login_required',
  'account_selection_required',
  'consent_required',
  'invalid_request_uri',
  'invalid_request_object',
  'request_not_supported',
  'request_uri_not_supported',
  'registration_not_supported',
  'unmet_authentication_requirements',
  'invalid_target',
  'invalid_authorization_details',
  'invalid_client',
  'redirect_uri_mismatch',
])

/**
 * The answer of the authorization server on its way to the client: query, fragment, form_post, or a JARM response.
 * Without a request that was seen, only what nothing else produces is taken for one: `code` and `state` are words that
 * coupons and searches use too.
 */
export const recognizeAuthorizationResponse: Recognizer = (exchange, known) => {
  const delivered = deliveries(exchange).find(([, parameters]) => isResponse(parameters))
  if (delivered) {
    const [mode, parameters] = delivered
    const basis = basisOf(exchange, parameters, known)
    return basis && message(exchange, exchange.url, mode, parameters, basis, true)
  }
  return undefined
}

const deliveries = (exchange: HttpExchange): readonly (readonly [ResponseMode, Parameters])[] => [
  ...(exchange.method === 'POST' ? ([['form_post', bodyParameters(exchange)]] as const) : []),
  ['query', queryParameters(exchange)],
  ['fragment', fragmentParameters(exchange)],
]

const responseNames = ['code', 'error', 'id_token', 'access_token', 'response']

const isResponse = (parameters: Parameters): boolean =>
  responseNames.some((name) => hasParam(parameters, name)) && !hasParam(parameters, 'client_id')

const isDocument = (exchange: HttpExchange) =>
  exchange.resourceType === 'main_frame' || exchange.resourceType === 'sub_frame' || exchange.resourceType === 'other'

/** A script's own call, not a document that a service worker asks for or a redirect that a fetch was led to. */
const isFetch = ({ requestHeaders, previousHop, resourceType }: HttpExchange): boolean =>
  previousHop === undefined &&
  resourceType !== 'main_frame' &&
  resourceType !== 'sub_frame' &&
  valueOf(header(requestHeaders, 'sec-fetch-dest')) === 'empty'

const basisOf = (exchange: HttpExchange, parameters: Parameters, known: Known): Basis | undefined => {
  if (hasParam(parameters, 'grant_type')) return undefined
  // Pages hand their callback parameters to their own server by fetch; that call is not the callback itself.
  if (isFetch(exchange)) return undefined
  if (known.redirectUris.has(withoutQuery(exchange.url))) return 'metadata'
  if (!isDocument(exchange)) return undefined
  // A page of the server that is told where the answer goes is on the way there.
  const goesTo = paramValue(parameters, 'redirect_uri')
  if (goesTo !== undefined && known.redirectUris.has(landingOf(goesTo, exchange.url))) return undefined
  return basisWithoutRequest(parameters, known)
}

const basisWithoutRequest = (parameters: Parameters, known: Known): Basis | undefined => {
  const code = paramValue(parameters, 'code')
  if (code !== undefined && known.redeemedCodes.has(code)) return 'parameters'
  const error = paramValue(parameters, 'error')
  if (error !== undefined && authorizationErrors.has(error)) {
    const companions = ['state', 'error_description', 'iss', 'error_uri', 'error_subtype']
    if (known.pasted || companions.some((name) => hasParam(parameters, name))) return 'parameters'
  }
  if (isJwt(parameters, 'id_token') || isJwt(parameters, 'response')) return 'parameters'
  if (hasParam(parameters, 'access_token') && hasParam(parameters, 'token_type')) return 'parameters'
  if (code !== undefined && hasParam(parameters, 'state')) {
    if (known.pasted || ['iss', 'session_state', 'client_info'].some((name) => hasParam(parameters, name))) {
      return 'parameters'
    }
  }
  return undefined
}

const isJwt = (parameters: Parameters, name: string): boolean => {
  const value = paramValue(parameters, name)
  return value !== undefined && readJwt(value) !== undefined
}

/** The browser was sent to the client and no request followed: custom schemes, closed ports, service workers. */
export const recognizeUndelivered = (exchange: HttpExchange, known: Known): AuthorizationResponse | undefined => {
  const { redirectUrl } = exchange
  if (redirectUrl === undefined || exchange.nextHop !== undefined) return undefined
  const modes = [
    ['query', readForm(queryOf(redirectUrl))],
    ['fragment', readForm(fragmentOf(redirectUrl))],
  ] as const
  for (const [mode, list] of modes) {
    const parameters = makeParameters(exchange.id, 'response.headers', list)
    if (!isResponse(parameters) || !known.redirectUris.has(landingOf(redirectUrl))) continue
    return message(exchange, redirectUrl, mode, parameters, 'metadata', false)
  }
  return undefined
}

/**
 * An answer from window to window (`response_mode=web_message`): a script in a document of the authorization server has
 * it. The `state` of the request stands beside it, or any script would do.
 */
export const recognizeWebMessage = (exchange: HttpExchange, known: Known): AuthorizationResponse | undefined => {
  const text = known.webMessages.size > 0 ? valueOf(bodyText(exchange.responseBody)) : undefined
  if (text === undefined || !isDocument(exchange)) return undefined
  const parameters = makeParameters(exchange.id, 'response.body', postedParameters(text))
  const receiver = known.webMessages.get(paramValue(parameters, 'state') ?? '')
  return receiver !== undefined && isResponse(parameters)
    ? message(exchange, receiver, 'web_message', parameters, 'parameters', false)
    : undefined
}

/** The mode of the draft, and Okta's of that kind. */
export const isWebMessage = (request: Parameters): boolean =>
  /^(web_message|okta_post_message)/.test(paramValue(request, 'response_mode') ?? '')

const message = (
  exchange: HttpExchange,
  url: string,
  mode: ResponseMode,
  parameters: Parameters,
  basis: Basis,
  requested: boolean,
): AuthorizationResponse => {
  const jarm = paramValue(parameters, 'response')
  const jwt = jarm === undefined ? undefined : readJwt(jarm)
  return {
    kind: 'authorization_response',
    exchange,
    at: requested ? exchange.startedAt : (exchange.endedAt ?? exchange.startedAt),
    basis,
    mode: jwt ? 'jwt' : mode,
    parameters: jwt ? insideJarm(parameters, jwt) : parameters,
    deliveredTo: landingOf(url),
    requested,
  }
}

/** JARM section 2.1: the response parameters are claims of a JWT. */
const insideJarm = (outer: Parameters, jwt: Jwt): Parameters =>
  jwt.claims
    ? {
        ...outer,
        list: Object.entries(jwt.claims).flatMap(([name, value]) =>
          name === 'aud' || name === 'exp'
            ? []
            : [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }],
        ),
      }
    : { ...outer, list: [], hidden: 'encrypted' }

/** Whether two URLs are of one origin; a custom scheme compares by scheme and authority. */
export const sameOrigin = (a: string, b: string): boolean => originOf(a) === originOf(b) && parseUrl(a) !== undefined
