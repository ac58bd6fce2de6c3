import type { HttpExchange } from '../../model/exchange'
import { header } from '../../model/headers'
import type { Basis, ClientAuthentication, TokenRequest } from '../../model/message'
import { type Observed, absent, flatMapObserved, present, unobserved, valueOf } from '../../model/observed'
import { type Parameters, hasParam, param } from '../../model/parameters'
import { originOf, withoutQuery } from '../../model/url'
import { type Known, type Recognizer, endpointBasis, roleOf } from './known'
import { bodyParameters, jsonResponse, mediaType, queryParameters } from './readers'

/** RFC 6749 section 3.2: by metadata, by `grant_type`, or by a path that nothing contradicts. */
export const recognizeTokenRequest: Recognizer = (exchange, known) => {
  const parameters = tokenParameters(exchange)
  const basis = basisOf(exchange, parameters, known)
  if (!basis) return undefined
  const message: TokenRequest = {
    kind: 'token_request',
    exchange,
    at: exchange.startedAt,
    basis,
    parameters,
    contentType: mediaType(exchange.requestHeaders),
    clientAuthentication: clientAuthentication(exchange, parameters),
    client_id: clientId(exchange, parameters),
    response: jsonResponse(exchange),
  }
  return message
}

/** Where a server takes the grant's name in the query (`?grant_type=pkce`), what belongs to it is in the body all the same. */
const tokenParameters = (exchange: HttpExchange): Parameters => {
  const body = bodyParameters(exchange)
  const query = queryParameters(exchange)
  if (hasParam(body, 'grant_type') || !hasParam(query, 'grant_type')) return body
  return body.list.length === 0 ? query : { ...body, list: [...body.list, ...query.list] }
}

const basisOf = (exchange: HttpExchange, parameters: Parameters, known: Known): Basis | undefined => {
  const role = roleOf(exchange, known)
  if (role === 'token_request') return 'metadata'
  if (role !== undefined) return undefined
  const isCall = exchange.resourceType !== 'main_frame' && exchange.resourceType !== 'sub_frame'
  if (hasParam(parameters, 'grant_type') && (exchange.method === 'POST' || hasCredential(parameters)))
    return 'parameters'
  if (exchange.method !== 'POST' || !isCall) return undefined
  // A client that forgot grant_type, or sent its parameters where they cannot be read.
  const looksLikeOne =
    (hasParam(parameters, 'code') && (hasParam(parameters, 'redirect_uri') || hasParam(parameters, 'code_verifier'))) ||
    (hasParam(parameters, 'client_id') && hasCredential(parameters))
  if (endpointBasis(exchange, known, 'token_request')) return 'provider-path'
  const path = /\/(access_?)?token\/?$/.test(withoutQuery(exchange.url))
  const answered = jsonResponse(exchange).parameters
  if (hasParam(answered, 'access_token') && hasParam(answered, 'token_type')) return 'response'
  // Nobody but a token endpoint is sent a code together with the client's own secret.
  if (['client_id', 'client_secret', 'code'].every((name) => hasParam(parameters, name))) return 'parameters'
  return path && (looksLikeOne || isHiddenForm(exchange, parameters)) ? 'path' : undefined
}

/** A form that a page sends to another origin, of which the recording kept nothing. */
const isHiddenForm = (exchange: HttpExchange, parameters: Parameters): boolean => {
  const origin = valueOf(header(exchange.requestHeaders, 'origin'))
  return (
    parameters.hidden !== undefined &&
    valueOf(mediaType(exchange.requestHeaders)) === 'application/x-www-form-urlencoded' &&
    origin !== undefined &&
    origin !== originOf(exchange.url)
  )
}

const hasCredential = (parameters: Parameters): boolean =>
  ['code', 'refresh_token', 'device_code', 'client_secret', 'client_assertion', 'assertion', 'subject_token'].some(
    (name) => hasParam(parameters, name),
  )

const basic = (exchange: HttpExchange): Observed<string> =>
  flatMapObserved(header(exchange.requestHeaders, 'authorization'), (value) => {
    const found = /^basic\s+(\S+)$/i.exec(value.trim())
    return found ? present(found[1]!) : absent
  })

/** Id and secret of a Basic header as they stand in it, before the form-decoding that RFC 6749 section 2.3.1 asks for. */
export const basicCredentials = (exchange: HttpExchange): Observed<{ id: string; secret: string }> =>
  flatMapObserved(basic(exchange), (encoded) => {
    try {
      const [id = '', ...rest] = atob(encoded).split(':')
      return present({ id, secret: rest.join(':') })
    } catch {
      return unobserved('not-readable')
    }
  })

export const clientAuthentication = (exchange: HttpExchange, parameters: Parameters): ClientAuthentication => {
  const used: ClientAuthentication[] = [
    ...(basic(exchange).state === 'present' ? (['client_secret_basic'] as const) : []),
    ...(parameters.list.some(({ name }) => name === 'client_secret') ? (['client_secret_post'] as const) : []),
    ...(hasParam(parameters, 'client_assertion') ? (['client_assertion'] as const) : []),
  ]
  const [first, second] = used
  if (second) return 'several'
  if (first) return first
  return parameters.hidden || basic(exchange).state === 'unobserved' ? 'unobserved' : 'none'
}

const clientId = (exchange: HttpExchange, parameters: Parameters): Observed<string> => {
  const named = param(parameters, 'client_id')
  if (named.state === 'present') return named
  const credentials = basicCredentials(exchange)
  if (credentials.state !== 'present') return named
  try {
    return present(decodeURIComponent(credentials.value.id.replaceAll('+', ' ')))
  } catch {
    return present(credentials.value.id)
  }
}
