import type { HttpExchange } from '../../model/exchange'
import { header } from '../../model/headers'
import type { ApiCall } from '../../model/message'
import { type Observed, absent, mapObserved, present, valueOf } from '../../model/observed'
import { paramValue } from '../../model/parameters'
import { readJwt } from '../../model/jwt'
import { originOf, withoutQuery } from '../../model/url'
import { pageOriginOf } from '../facts/cors'
import { transportKindOf } from '../facts/transport'
import { type Known, type Recognizer, callKey, endpointBasis } from './known'
import { bodyParameters, challenges, jsonResponse, queryParameters } from './readers'

const tokenSchemes = /^(bearer|dpop)\b/i
const otherSchemes =
  /^(basic|digest|negotiate|ntlm|hoba|mutual|scram-sha-\d+|vapid|aws4-hmac-sha256|signature|token|apikey|hawk)\b/i

/** A call that presents an access token, or was told by a Bearer or DPoP challenge that it should have. */
export const recognizeApiCall: Recognizer = (exchange, known) => {
  const sent = presentedToken(exchange, known)
  const answered = challenges(exchange.responseHeaders)
  const asked = answered.state === 'present' && answered.value.some(({ scheme }) => tokenSchemes.test(scheme))
  const userinfo = endpointBasis(exchange, known, 'userinfo_request')
  if (!sent && !asked && !userinfo && !neverSent(exchange, known)) return undefined
  return {
    ...callOf(exchange, sent ?? nothingSent(exchange)),
    ...((userinfo || (sent && /\/userinfo\/?$/i.test(withoutQuery(exchange.url)))) && { kind: 'userinfo_request' }),
    ...(userinfo && { basis: userinfo }),
  }
}

const callOf = (exchange: HttpExchange, { scheme, token, tokenIn }: Presented): ApiCall => ({
  kind: 'api_call',
  exchange,
  at: exchange.startedAt,
  basis: 'parameters',
  scheme,
  token,
  tokenIn,
  challenges: challenges(exchange.responseHeaders),
  response: jsonResponse(exchange),
})

/** A refused call to another origin with nothing by which its server could know anybody; `undefined` for any other. */
export const bareCallOf = (exchange: HttpExchange): ApiCall | undefined => {
  const { requestHeaders, resourceType, isPreflight, status, url } = exchange
  const isBare = ['authorization', 'cookie'].every((name) => header(requestHeaders, name).state === 'absent')
  const page = pageOriginOf(exchange)
  const isElsewhere = page !== undefined && page !== originOf(url)
  return isBare && isElsewhere && resourceType === 'xmlhttprequest' && !isPreflight && valueOf(status) === 401
    ? callOf(exchange, nothingSent(exchange))
    : undefined
}

/** A call whose preflight was refused never left the browser: what it was to carry shows in the preflight alone. */
const neverSent = ({ method, url, error, status, requestHeaders }: HttpExchange, known: Known): boolean =>
  error !== undefined &&
  status.state !== 'present' &&
  requestHeaders.state !== 'present' &&
  known.announcedCalls.has(callKey(method, url))

type Presented = Pick<ApiCall, 'scheme' | 'token' | 'tokenIn'>

/** Nothing that is known as a token: no header at all, or one whose value this recording cannot tell apart from others. */
const nothingSent = (exchange: HttpExchange): Presented => {
  const sent = header(exchange.requestHeaders, 'authorization')
  const authorization = valueOf(sent)?.trim()
  if (authorization !== undefined && authorization !== '') {
    const [scheme = '', ...rest] = authorization.split(/\s+/)
    return rest.length > 0
      ? { scheme: present(scheme), token: present(rest.join(' ')), tokenIn: 'header' }
      : { scheme: absent, token: present(authorization), tokenIn: 'header' }
  }
  const seen: Observed<never> = sent.state === 'unobserved' ? sent : absent
  return { scheme: seen, token: seen, tokenIn: 'none' }
}

const presentedToken = (exchange: HttpExchange, known: Known): Presented | undefined => {
  const authorization = valueOf(header(exchange.requestHeaders, 'authorization'))?.trim()
  if (authorization !== undefined && authorization !== '') return fromHeader(authorization, known)
  const query = paramValue(queryParameters(exchange), 'access_token')
  // The callback of the implicit flow has an access_token too; it stands in a fragment, or comes with token_type.
  if (query !== undefined && paramValue(queryParameters(exchange), 'token_type') === undefined) {
    return { scheme: absent, token: present(query), tokenIn: 'query' }
  }
  const body = exchange.method === 'POST' ? bodyParameters(exchange) : undefined
  const posted = body && paramValue(body, 'access_token')
  return body && posted !== undefined && paramValue(body, 'token_type') === undefined && known.accessTokens.has(posted)
    ? { scheme: absent, token: present(posted), tokenIn: 'body' }
    : undefined
}

const fromHeader = (authorization: string, known: Known): Presented | undefined => {
  const [, scheme = '', token = ''] = /^(\S+)\s*(.*)$/s.exec(authorization) ?? []
  if (/^(bearer|dpop)$/i.test(scheme))
    return { scheme: present(scheme), token: present(token.trim()), tokenIn: 'header' }
  if (tokenSchemes.test(authorization)) {
    return { scheme: present(scheme), token: present(token.trim()), tokenIn: 'header' }
  }
  if (otherSchemes.test(authorization)) return undefined
  const bare = authorization.replaceAll(/^["']|["']$/g, '')
  // The scheme was forgotten: only a value that is a token by its own structure or by this recording counts.
  return known.accessTokens.has(bare) || readJwt(bare)
    ? { scheme: absent, token: present(authorization), tokenIn: 'header' }
    : undefined
}

export const bearerOf = (call: ApiCall): Observed<string> =>
  mapObserved(call.token, (token) =>
    token
      .replace(/^(bearer\s+)+/i, '')
      .replaceAll(/^["']|["']$/g, '')
      .trim(),
  )

/** What scripts write where the variable for the token held none. */
export const emptyTokens: ReadonlySet<string> = new Set([
  '',
  'undefined',
  'null',
  'NaN',
  'false',
  'true',
  '[object Object]',
  '[object Promise]',
])

/** Whether the call presents something that can be a token. */
export const holdsToken = (call: ApiCall): boolean => {
  const token = valueOf(bearerOf(call))
  return token !== undefined && !emptyTokens.has(token)
}

export const namesTokenScheme = (call: ApiCall): boolean => /^(bearer|dpop)$/i.test(valueOf(call.scheme) ?? '')

/** The API said no to the caller, or never answered; a call that the page itself gave up does not count. */
export const isRefused = (call: ApiCall): boolean => {
  const { error } = call.exchange
  const status = valueOf(call.exchange.status)
  if (status === 401 || status === 403) return true
  const challenged = valueOf(call.challenges)?.some(
    ({ scheme, parameters }) => tokenSchemes.test(scheme) && parameters['error'] !== undefined,
  )
  if (status === 400 && challenged) return true
  return error !== undefined && transportKindOf(error) !== 'cancelled'
}
