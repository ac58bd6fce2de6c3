import { present } from '../../model/observed'
import { withoutQuery } from '../../model/url'
import { type Recognizer, roleOf } from './known'
import { jsonResponse } from './readers'

/** Where servers put their keys; the words alone are those of many other things. */
const keySetPath = /\/jwks([._-]\w+)?\/?$|\/(oauth2?|oidc|openid|openid-connect|discovery)\/([^?#]*\/)?(certs|keys)\/?$/

/** Documents of the protocol that a client fetches: provider metadata, protected resource metadata, JWKS. */
export const recognizeDocument: Recognizer = (exchange, known) => {
  if (exchange.method !== 'GET' && exchange.method !== '') return undefined
  const path = withoutQuery(exchange.url)
  const base = { exchange, at: exchange.startedAt }
  if (/\/\.well-known\/oauth-protected-resource(\/|$)/.test(path)) {
    return { ...base, kind: 'protected_resource_metadata', basis: 'path', response: jsonResponse(exchange) }
  }
  // RFC 8414 puts the well-known part between host and path, OIDC Discovery at the end.
  if (/\/\.well-known\/(openid-configuration|oauth-authorization-server)(\/|$)/.test(path)) {
    return { ...base, kind: 'provider_metadata', basis: 'path', response: jsonResponse(exchange) }
  }
  if (roleOf(exchange, known) === 'jwks') {
    return { ...base, kind: 'jwks', basis: 'metadata', response: jsonResponse(exchange) }
  }
  const response = jsonResponse(exchange)
  // A key set that the page may not read shows no keys; its address then has to tell.
  if (exchange.error !== undefined && exchange.resourceType === 'xmlhttprequest' && keySetPath.test(path)) {
    return { ...base, kind: 'jwks', basis: 'path', response }
  }
  if (response.json.state !== 'present') return undefined
  const { keys } = response.json.value
  const isJwks =
    Array.isArray(keys) &&
    keys.length > 0 &&
    keys.every((key) => typeof key === 'object' && key !== null && 'kty' in key)
  if (isJwks) return { ...base, kind: 'jwks', basis: 'response', response: { ...response, form: present('json') } }
  return known.metadata.some(({ exchangeId }) => exchangeId === exchange.id)
    ? { ...base, kind: 'provider_metadata', basis: 'response', response }
    : undefined
}
