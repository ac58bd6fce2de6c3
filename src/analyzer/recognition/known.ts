import type { HttpExchange } from '../../model/exchange'
import type { Basis, Message } from '../../model/message'
import { withoutQuery } from '../../model/url'
import { hasParam } from '../../model/parameters'
import { bodyParameters, isObject } from './readers'
import type { ProviderProfile } from '../providers/provider'

/** The roles of endpoints that metadata names (RFC 8414 section 2, OIDC Discovery section 3). */
export const endpointNames = {
  authorization_endpoint: 'authorization_request',
  pushed_authorization_request_endpoint: 'pushed_authorization_request',
  token_endpoint: 'token_request',
  device_authorization_endpoint: 'device_authorization_request',
  userinfo_endpoint: 'userinfo_request',
  jwks_uri: 'jwks',
  introspection_endpoint: 'introspection_request',
  revocation_endpoint: 'revocation_request',
  registration_endpoint: 'client_registration_request',
  end_session_endpoint: 'end_session_request',
} as const

export type EndpointRole = (typeof endpointNames)[keyof typeof endpointNames]

/** A metadata document that was seen (RFC 8414, OIDC Discovery 1.0). */
export interface ServerMetadata {
  readonly exchangeId: string
  readonly url: string
  readonly issuer?: string
  readonly document: Readonly<Record<string, unknown>>
}

/** What the recording says about endpoints and redirect URIs, wherever in it that stands. */
export interface Known {
  readonly metadata: readonly ServerMetadata[]
  /** Some servers have one URL for several. */
  readonly endpoints: ReadonlyMap<string, readonly EndpointRole[]>
  /** `redirect_uri` values of all authorization requests, without query and fragment. */
  readonly redirectUris: ReadonlySet<string>
  /** By `state`: where the answers go that pages of the server hand from window to window. */
  readonly webMessages: ReadonlyMap<string, string>
  readonly postLogoutRedirectUris: ReadonlySet<string>
  /** Access tokens that were issued in this recording. */
  readonly accessTokens: ReadonlySet<string>
  /** Calls that the browser asked leave for with an `Authorization` header, as {@link callKey}. */
  readonly announcedCalls: ReadonlySet<string>
  /** Codes that token requests of this recording redeem, among the other values in them: servers differ in the name. */
  readonly redeemedCodes: ReadonlySet<string>
  readonly providers: readonly ProviderProfile[]
  /** The recording is something a person pasted: a single URL is worth reading as what it looks like. */
  readonly pasted: boolean
}

export const callKey = (method: string, url: string): string => `${method} ${url}`

/** Endpoint URLs compare without query, fragment and trailing slash. */
export const endpointKey = (url: string): string => withoutQuery(url).replace(/\/+$/, '')

export const endpointsOf = (metadata: readonly ServerMetadata[]): ReadonlyMap<string, readonly EndpointRole[]> => {
  const endpoints = new Map<string, readonly EndpointRole[]>()
  for (const { document } of metadata) {
    const aliases = document['mtls_endpoint_aliases']
    for (const source of [document, ...(isObject(aliases) ? [aliases] : [])]) {
      for (const [name, role] of Object.entries(endpointNames)) {
        const url = source[name]
        if (typeof url !== 'string' || !URL.canParse(url)) continue
        const others = endpoints.get(endpointKey(url)) ?? []
        endpoints.set(endpointKey(url), [...new Set([...others, role])])
      }
    }
  }
  return endpoints
}

/** What is asked of an endpoint with several roles tells which one it has: no grant goes with a `token` to be revoked. */
export const roleOf = (exchange: HttpExchange, known: Known): EndpointRole | undefined => {
  const roles = known.endpoints.get(endpointKey(exchange.url)) ?? []
  if (roles.length < 2) return roles[0]
  const sent = bodyParameters(exchange)
  const manages = hasParam(sent, 'token') && !hasParam(sent, 'grant_type')
  return roles.find((role) => manages === (role === 'revocation_request' || role === 'introspection_request'))
}

/** How an endpoint of this role is known, from metadata or the user's settings first, then from provider data. */
export const endpointBasis = (exchange: HttpExchange, known: Known, role: string): Basis | undefined => {
  if (roleOf(exchange, known) === role) return 'metadata'
  const path = withoutQuery(exchange.url)
  return known.providers.some(({ paths }) => paths?.[role as keyof typeof paths]?.test(path))
    ? 'provider-path'
    : undefined
}

/** Recognises one message kind; answers how it knows, or `undefined`. */
export type Recognizer = (exchange: HttpExchange, known: Known) => Message | undefined
