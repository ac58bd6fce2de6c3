import type { HttpExchange } from '../../model/exchange'
import { header } from '../../model/headers'
import type { Message } from '../../model/message'
import { valueOf } from '../../model/observed'
import { hasParam, paramValue } from '../../model/parameters'
import { landingOf } from '../../model/url'
import type { CaptureEvent } from '../../model/recording'
import { providers } from '../providers'
import { recognizeApiCall } from './api-call'
import { recognizeAuthorizationRequest, recognizeUnsentRequest } from './authorization-request'
import {
  isWebMessage,
  recognizeAuthorizationResponse,
  recognizeUndelivered,
  recognizeWebMessage,
} from './authorization-response'
import { recognizeDocument } from './documents'
import { recognizeFederated } from './federated'
import { recognizeLogout } from './logout'
import { type Known, type Recognizer, type ServerMetadata, callKey, endpointKey, endpointsOf } from './known'
import { bodyParameters, jsonResponse, queryParameters, withoutEscapes } from './readers'
import { recognizeTokenRequest } from './token-request'
import { recognizeBackChannel } from './back-channel'

/** In the order in which they are asked; the first that knows wins. */
const recognizers: readonly Recognizer[] = [
  recognizeFederated,
  recognizeDocument,
  recognizeTokenRequest,
  recognizeBackChannel,
  recognizeAuthorizationRequest,
  recognizeAuthorizationResponse,
  recognizeLogout,
  recognizeApiCall,
]

/** Names the protocol messages among the exchanges. What the recording learns late serves what came early. */
export const recognizeMessages = (
  exchanges: readonly HttpExchange[],
  events: readonly CaptureEvent[],
  options: { readonly extraEndpoints?: readonly ExtraEndpoint[] },
): { messages: readonly Message[]; known: Known } => {
  const pasted = events.some((event) => event.type === 'recording.started' && event.by === 'paste')
  const known = learn(exchanges, pasted, options.extraEndpoints ?? [])
  const messages = exchanges
    .filter((exchange) => !exchange.isPreflight)
    // Where the answer is no request of its own, one exchange is two messages: what was asked, and what was answered.
    .flatMap((exchange) => [
      recognizeFirst(exchange, known),
      recognizeUndelivered(exchange, known) ??
        recognizeWebMessage(exchange, known) ??
        recognizeUnsentRequest(exchange, known, exchanges),
    ])
    .filter((message): message is Message => message !== undefined)
  return { messages, known }
}

/** The call that a preflight asked leave for, where it is to carry `Authorization`. */
const announcedBy = ({ isPreflight, requestHeaders, url }: HttpExchange): readonly string[] => {
  const names = valueOf(header(requestHeaders, 'access-control-request-headers')) ?? ''
  const method = valueOf(header(requestHeaders, 'access-control-request-method'))
  return isPreflight && method !== undefined && /\bauthorization\b/i.test(names) ? [callKey(method, url)] : []
}

/** An endpoint the user named, because nothing in the traffic does. */
interface ExtraEndpoint {
  readonly url: string
  readonly kind: 'authorization' | 'token'
}

const recognizeFirst = (exchange: HttpExchange, known: Known): Message | undefined => {
  for (const recognize of recognizers) {
    try {
      const message = recognize(exchange, known)
      if (message) return message
    } catch {
      // A recognizer that fails on a strange exchange costs only itself.
    }
  }
  return undefined
}

const learn = (exchanges: readonly HttpExchange[], pasted: boolean, extra: readonly ExtraEndpoint[]): Known => {
  const metadata = exchanges.flatMap(readMetadata)
  const endpoints = new Map([
    ...endpointsOf(metadata),
    ...extra.map(({ url, kind }) => [endpointKey(url), [`${kind}_request`]] as const),
  ])
  const first: Known = {
    metadata,
    endpoints,
    redirectUris: new Set(),
    webMessages: new Map(),
    postLogoutRedirectUris: new Set(),
    accessTokens: new Set(),
    announcedCalls: new Set(exchanges.flatMap(announcedBy)),
    redeemedCodes: new Set(),
    providers,
    pasted,
  }
  const redirectUris = new Set<string>()
  const webMessages = new Map<string, string>()
  const postLogoutRedirectUris = new Set<string>()
  const accessTokens = new Set<string>()
  const redeemedCodes = new Set<string>()
  for (const exchange of exchanges) {
    const query = withoutEscapes(queryParameters(exchange))
    const body = exchange.method === 'POST' ? bodyParameters(exchange) : undefined
    for (const source of body ? [query, body] : [query]) {
      const redirectUri = paramValue(source, 'redirect_uri')
      if (redirectUri !== undefined && paramValue(source, 'client_id') !== undefined) {
        redirectUris.add(landingOf(redirectUri, exchange.url))
      }
      const state = isWebMessage(source) ? paramValue(source, 'state') : undefined
      if (state !== undefined) webMessages.set(state, redirectUri ?? exchange.initiator ?? exchange.url)
      const afterLogout = paramValue(source, 'post_logout_redirect_uri')
      if (afterLogout !== undefined) postLogoutRedirectUris.add(landingOf(afterLogout, exchange.url))
    }
    if ([query, body].some((source) => source && hasParam(source, 'grant_type'))) {
      for (const { value } of body?.list ?? []) redeemedCodes.add(value)
    }
    const issued =
      exchange.method === 'POST' ? paramValue(jsonResponse(exchange).parameters, 'access_token') : undefined
    if (issued !== undefined) accessTokens.add(issued)
  }
  return { ...first, redirectUris, webMessages, postLogoutRedirectUris, accessTokens, redeemedCodes }
}

const readMetadata = (exchange: HttpExchange): ServerMetadata[] => {
  const { json } = jsonResponse(exchange)
  if (json.state !== 'present') return []
  const document = json.value
  const isMetadata =
    typeof document['issuer'] === 'string' &&
    (typeof document['authorization_endpoint'] === 'string' || typeof document['token_endpoint'] === 'string')
  if (!isMetadata) return []
  return [{ exchangeId: exchange.id, url: exchange.url, issuer: document['issuer'] as string, document }]
}
