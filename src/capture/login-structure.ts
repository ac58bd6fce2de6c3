import { headerValues } from '../model/headers'
import type { CapturedBody, EpochMs, HeaderList, ResourceType } from '../model/recording'
import { fragmentOf, queryOf, readForm, withoutQuery } from '../model/url'

/** All that is known of a request so far. Grows as its events arrive. */
export interface Sighting {
  readonly at: EpochMs
  readonly method: string
  readonly url: string
  readonly resourceType: ResourceType
  readonly tabId: number
  readonly initiator?: string
  readonly requestBody?: CapturedBody
  readonly requestHeaders?: HeaderList
  readonly status?: number
  readonly responseHeaders?: HeaderList
  readonly responseText?: string
  /** Where a redirect leads. */
  readonly redirectUrl?: string
  readonly error?: string
}

/** Each of these alone tells a login: no other protocol uses the name. */
const tellingNames = new Set(
  `response_type redirect_uri client_id code_challenge code_verifier grant_type request_uri client_assertion
  client_assertion_type id_token_hint post_logout_redirect_uri device_code id_token access_token refresh_token
  SAMLRequest SAMLResponse SAMLart wresult logout_token session_state auth_req_id subject_token token_type_hint
  g_csrf_token software_statement`.split(/\s+/),
)

/** These are common words, and tell a login only together. */
const tellingPairs: readonly (readonly [string, string])[] = [
  ['code', 'state'],
  ['code', 'iss'],
  ['code', 'scope'],
  ['error', 'state'],
  ['error', 'error_description'],
  ['error', 'iss'],
  ['wa', 'wtrealm'],
  ['wa', 'wctx'],
]

const namesTellLogin = (names: ReadonlySet<string>): boolean =>
  [...names].some((name) => tellingNames.has(name)) || tellingPairs.some(([a, b]) => names.has(a) && names.has(b))

/** Names and values of a URL's query and fragment. */
export const urlParameters = (url: string): ReadonlyMap<string, string> =>
  new Map(
    [...readForm(queryOf(url)), ...readForm(fragmentOf(url).replace(/^[^=&]*\?/, ''))].map(({ name, value }) => [
      name,
      value,
    ]),
  )

export const jsonObject = (text: string): Record<string, unknown> | undefined => {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

export const bodyParameters = (body: CapturedBody | undefined): ReadonlyMap<string, string> => {
  if (body?.kind === 'form') return new Map(body.fields.map(({ name, value }) => [name, value]))
  if (body?.kind !== 'text') return new Map()
  return new Map(Object.entries(jsonObject(body.text) ?? {}).map(([name, value]) => [name, String(value)]))
}

/** A JWT-secured authorization response (JARM) has one parameter, `response`. */
const isJarm = (parameters: ReadonlyMap<string, string>): boolean =>
  parameters.get('response')?.startsWith('eyJ') ?? false

const wellKnown = /\/\.well-known\/(openid-configuration|oauth-authorization-server|oauth-protected-resource|jwks)/
const keySet = /\/(jwks|jwks\.json|certs|keys|jwk)\/?$/

export const urlTellsLogin = (url: string): boolean => {
  const parameters = urlParameters(url)
  return namesTellLogin(new Set(parameters.keys())) || isJarm(parameters) || wellKnown.test(withoutQuery(url))
}

const schemesOfOthers = /^\s*(basic|digest|negotiate|ntlm|hawk|aws4-hmac-sha256|hoba|mutual|scram-)/i

/** A token call shows in its header, a malformed one included: anything but another scheme counts. */
export const carriesToken = (headers: HeaderList): boolean =>
  headerValues(headers, 'authorization').some((value) => !schemesOfOthers.test(value))

const headersTellLogin = (headers: HeaderList): boolean =>
  carriesToken(headers) ||
  headerValues(headers, 'dpop').length > 0 ||
  headerValues(headers, 'access-control-request-headers').some((value) => /\b(authorization|dpop)\b/i.test(value))

const isTokenChallenge = (headers: HeaderList): boolean =>
  headerValues(headers, 'www-authenticate').some((value) => /\b(bearer|dpop)\b/i.test(value))

/** Token response, device authorization response, provider metadata, key set, or an error of RFC 6749 section 5.2. */
export const responseTellsLogin = (text: string): boolean => {
  const names = new Set(Object.keys(jsonObject(text) ?? {}))
  const has = (...wanted: string[]) => wanted.every((name) => names.has(name))
  return (
    has('access_token') ||
    has('id_token') ||
    has('device_code') ||
    has('issuer', 'authorization_endpoint') ||
    has('issuer', 'token_endpoint') ||
    has('error', 'error_description') ||
    (has('keys') && text.includes('"kty"'))
  )
}

/** Whether a request is part of a login by what it sends or gets, whoever the parties are. */
export const tellsLogin = (seen: Sighting): boolean => {
  const body = bodyParameters(seen.requestBody)
  return (
    urlTellsLogin(seen.url) ||
    namesTellLogin(new Set(body.keys())) ||
    isJarm(body) ||
    (seen.requestHeaders !== undefined && headersTellLogin(seen.requestHeaders)) ||
    (seen.redirectUrl !== undefined && urlTellsLogin(seen.redirectUrl)) ||
    (seen.responseHeaders !== undefined && isTokenChallenge(seen.responseHeaders)) ||
    (seen.responseText !== undefined && responseTellsLogin(seen.responseText)) ||
    (keySet.test(withoutQuery(seen.url)) && seen.resourceType === 'xmlhttprequest')
  )
}
