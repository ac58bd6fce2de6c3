import type { TokenManagementRequest } from '../../model/message'
import { endpointBasis, type Recognizer } from './known'
import { hasParam } from '../../model/parameters'
import { withoutQuery } from '../../model/url'
import { bodyParameters, jsonResponse } from './readers'

/** Calls to the authorization server's other POST endpoints: PAR, device, introspection, revocation, registration. */
export const recognizeBackChannel: Recognizer = (exchange, known) => {
  if (exchange.method !== 'POST') return undefined
  const parameters = bodyParameters(exchange)
  const response = jsonResponse(exchange)
  const base = { exchange, at: exchange.startedAt, parameters, response } as const
  const answered = response.parameters
  const path = withoutQuery(exchange.url)

  const metadataSays = (role: string) => endpointBasis(exchange, known, role)
  const pushed =
    metadataSays('pushed_authorization_request') ??
    (hasParam(answered, 'request_uri') && hasParam(answered, 'expires_in') ? 'response' : undefined) ??
    (exchange.resourceType === 'xmlhttprequest' &&
    hasParam(parameters, 'response_type') &&
    hasParam(parameters, 'client_id')
      ? 'parameters'
      : undefined)
  if (pushed) return { ...base, kind: 'pushed_authorization_request', basis: pushed }

  const device =
    metadataSays('device_authorization_request') ??
    (hasParam(answered, 'device_code') && hasParam(answered, 'user_code') ? 'response' : undefined)
  if (device) return { ...base, kind: 'device_authorization_request', basis: device }

  const managed: readonly [TokenManagementRequest['kind'], boolean][] = [
    ['introspection_request', /\/introspect(ion)?\/?$/.test(path) && hasParam(parameters, 'token')],
    ['revocation_request', /\/revo(ke|cation)\/?$/.test(path) && hasParam(parameters, 'token')],
    ['client_registration_request', hasParam(parameters, 'redirect_uris')],
  ]
  for (const [kind, looksLikeOne] of managed) {
    const basis = metadataSays(kind) ?? (looksLikeOne ? 'parameters' : undefined)
    if (basis) return { ...base, kind, basis }
  }
  return undefined
}
