import type { HttpExchange } from '../../model/exchange'
import type { AuthorizationRequest, Basis } from '../../model/message'
import { absent } from '../../model/observed'
import { parseUrl } from '../../model/url'
import { type Parameters, hasParam, paramValue } from '../../model/parameters'
import { readJwt } from '../../model/jwt'
import { type Known, endpointBasis, roleOf } from './known'
import { bodyParameters, makeParameters, queryParameters, withoutEscapes } from './readers'
import { formRefusalOf } from '../facts/page-policy'

/** Words that stand in the paths of authorization endpoints and of no others. */
const loginPath = /oauth|openid|oidc|authori[sz]|\/(auth|login|signin|sign-in|connect|sso)\b/i

const responseTypes = new Set(['code', 'token', 'id_token', 'none'])

/** The parameters of RFC 6749 section 4.1.1, of a request object (RFC 9101), or a reference to pushed ones (RFC 9126). */
export const recognizeAuthorizationRequest = (
  exchange: HttpExchange,
  known: Known,
): AuthorizationRequest | undefined => {
  const sent = sentParameters(exchange)
  if (!sent) return undefined
  const meant = withoutEscapes(sent)
  const basis = basisOf(exchange, meant, known)
  if (!basis) return undefined
  return { kind: 'authorization_request', exchange, at: exchange.startedAt, basis, sent, ...effective(meant) }
}

/** A redirect to the authorization server that a policy of the page before it kept the browser from following. */
export const recognizeUnsentRequest = (
  exchange: HttpExchange,
  known: Known,
  exchanges: readonly HttpExchange[],
): AuthorizationRequest | undefined => {
  const { redirectUrl } = exchange
  if (redirectUrl === undefined || exchange.nextHop !== undefined || exchange.error === undefined) return undefined
  const message = recognizeAuthorizationRequest(
    {
      ...exchange,
      method: 'GET',
      url: redirectUrl,
      hop: exchange.hop + 1,
      previousHop: exchange.id,
      requestBody: absent,
      status: absent,
      responseHeaders: absent,
      responseBody: absent,
    },
    known,
  )
  return message && formRefusalOf(message.exchange, exchanges) ? message : undefined
}

const sentParameters = (exchange: HttpExchange): Parameters | undefined => {
  if (exchange.method === 'POST') {
    const body = bodyParameters(exchange)
    if (hasParam(body, 'client_id')) return body
  }
  return exchange.method === 'GET' || exchange.method === 'POST' || exchange.method === ''
    ? queryParameters(exchange)
    : undefined
}

const basisOf = (exchange: HttpExchange, sent: Parameters, known: Known): Basis | undefined => {
  if (hasParam(sent, 'code') && !hasParam(sent, 'client_id')) return undefined
  const looksLikeOne =
    hasParam(sent, 'client_id') ||
    hasParam(sent, 'response_type') ||
    hasParam(sent, 'redirect_uri') ||
    hasParam(sent, 'request_uri') ||
    hasParam(sent, 'code_challenge')
  if (roleOf(exchange, known) === 'authorization_request') return sent.list.length > 0 ? 'metadata' : undefined
  // Another role of the same server's metadata decides against parameters that merely look alike (PAR, logout).
  if (roleOf(exchange, known) !== undefined || !looksLikeOne) return undefined
  if (exchange.method === 'POST' && exchange.resourceType === 'xmlhttprequest') return undefined
  if (!hasParam(sent, 'client_id')) {
    // A server with one client needs no name for it; the challenge of RFC 7636 is sent nowhere else.
    const hasChallenge = hasParam(sent, 'code_challenge') && hasParam(sent, 'code_challenge_method')
    return endpointBasis(exchange, known, 'authorization_request') ?? (hasChallenge ? 'parameters' : undefined)
  }
  const types = paramValue(sent, 'response_type')?.split(/[\s,]+/) ?? []
  if (types.some((type) => responseTypes.has(type))) return 'parameters'
  if (hasParam(sent, 'request_uri') || hasParam(sent, 'request')) return 'parameters'
  if (endpointBasis(exchange, known, 'authorization_request')) return 'provider-path'
  const companions = ['redirect_uri', 'scope', 'state', 'code_challenge', 'nonce', 'response_type']
  const isDocument = exchange.resourceType === 'main_frame' || exchange.resourceType === 'sub_frame'
  if (!isDocument || companions.filter((name) => hasParam(sent, name)).length < 2) return undefined
  // Payments and other services have a client_id, an address to return to and a state as well.
  const isOfOauth = ['scope', 'code_challenge', 'nonce', 'response_type'].some((name) => hasParam(sent, name))
  return isOfOauth || loginPath.test(parseUrl(exchange.url)?.pathname ?? '') ? 'parameters' : undefined
}

/** Claims of a request object stand in for the parameters (RFC 9101 section 6.3); what cannot be read is hidden. */
const effective = (sent: Parameters): Pick<AuthorizationRequest, 'parameters' | 'by' | 'requestObject'> => {
  const request = paramValue(sent, 'request')
  if (request !== undefined) {
    const requestObject = readJwt(request)
    if (!requestObject?.claims) {
      return { parameters: { ...sent, hidden: 'inside-request-object' }, by: 'request_object' }
    }
    const inside = Object.entries(requestObject.claims).map(([name, value]) => ({
      name,
      value: typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
    }))
    const names = new Set(inside.map(({ name }) => name))
    const outside = sent.list.filter(({ name }) => !names.has(name))
    return {
      parameters: makeParameters(sent.exchangeId, sent.part, [...inside, ...outside]),
      by: 'request_object',
      requestObject,
    }
  }
  if (hasParam(sent, 'request_uri')) return { parameters: { ...sent, hidden: 'pushed-by-reference' }, by: 'pushed' }
  return { parameters: sent, by: 'plain' }
}
