import { header } from '../../model/headers'
import { valueOf } from '../../model/observed'
import { hasParam } from '../../model/parameters'
import { withoutQuery } from '../../model/url'
import type { Recognizer } from './known'
import { bodyParameters, jsonResponse, queryParameters } from './readers'

/** The sign-in button of Google Identity Services; its calls carry nothing of OAuth but the client_id. */
const signInButton = /\/gsi\/(status|button|select|iframe)/

/**
 * Calls of a sign-in without redirects. FedCM calls name themselves (`Sec-Fetch-Dest: webidentity`); those of an
 * embedded button are worth a look only where the server refused them.
 */
export const recognizeFederated: Recognizer = (exchange) => {
  const isFedcm = valueOf(header(exchange.requestHeaders, 'sec-fetch-dest')) === 'webidentity'
  const query = queryParameters(exchange)
  const status = valueOf(exchange.status) ?? 0
  const isRefusedButton =
    (status === 400 || status === 403) && hasParam(query, 'client_id') && signInButton.test(withoutQuery(exchange.url))
  if (!isFedcm && !isRefusedButton) return undefined
  return {
    kind: 'federated_request',
    exchange,
    at: exchange.startedAt,
    basis: isFedcm ? 'parameters' : 'provider-path',
    parameters: exchange.method === 'POST' ? bodyParameters(exchange) : query,
    response: jsonResponse(exchange),
  }
}
