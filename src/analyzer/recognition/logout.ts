import { endpointBasis, type Recognizer } from './known'
import { hasParam } from '../../model/parameters'
import { withoutQuery } from '../../model/url'
import { bodyParameters, queryParameters } from './readers'

/** RP-Initiated Logout 1.0 section 2 (the request) and section 3 (the way back). */
export const recognizeLogout: Recognizer = (exchange, known) => {
  const isDocument =
    exchange.resourceType === 'main_frame' || exchange.resourceType === 'sub_frame' || exchange.resourceType === 'other'
  if (!isDocument) return undefined
  const body = exchange.method === 'POST' ? bodyParameters(exchange) : undefined
  const parameters = body && body.list.length > 0 ? body : queryParameters(exchange)
  const basis =
    endpointBasis(exchange, known, 'end_session_request') ??
    (hasParam(parameters, 'post_logout_redirect_uri') || hasParam(parameters, 'id_token_hint')
      ? 'parameters'
      : undefined)
  const base = { exchange, at: exchange.startedAt, parameters }
  if (basis) return { ...base, kind: 'end_session_request', basis }
  const cameBack = exchange.previousHop !== undefined || hasParam(parameters, 'state')
  return cameBack && known.postLogoutRedirectUris.has(withoutQuery(exchange.url))
    ? { ...base, kind: 'logout_response', basis: 'parameters' }
    : undefined
}
