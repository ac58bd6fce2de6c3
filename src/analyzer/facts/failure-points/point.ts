import { header } from '../../../model/headers'
import type { HttpExchange } from '../../../model/exchange'
import type { JsonResponse, Message } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import type { World } from '../../correlation/attempt'
import { isReadableByPage } from '../cors'
import { asksForNonce } from '../dpop'
import { transportKindOf } from '../transport'

/** A place where the wire shows that something did not work; the reason is for the rules. */
export type FailureKind =
  /** The client's own URL that begins logins answered with an error. */
  | 'start_error'
  /** The authorization endpoint (or a page after it) answered with an error page, without going back to the client. */
  | 'authorization_page'
  /** The authorization endpoint could not be reached, or the browser refused to show it. */
  | 'authorization_unreachable'
  /** The authorization response carries `error`. */
  | 'authorization_error'
  /** The server's form was answered with cookies and the way back to the request, which came without them and led to the form. */
  | 'sign_in_lost'
  /** A silent renewal, or a popup that its opener lost, was never answered. */
  | 'not_answered'
  | 'pushed_error'
  | 'token_error'
  /** The token endpoint said 2xx with something a client cannot use. */
  | 'token_unusable'
  | 'token_unreachable'
  /** The page revoked its new tokens at once, unused, after a request of its own had failed. */
  | 'tokens_given_back'
  | 'device_error'
  | 'callback_error'
  | 'callback_unreachable'
  /** After its callback the client went to a URL of its own that says that the login failed. */
  | 'client_error'
  /** After its callback the client knows nobody, or asks for the sign-in again, and the cookies of this login or of its session are lost. */
  | 'not_signed_in'
  /** After its callback the client's page asks its server who is signed in, and is told as before the login that nobody is. */
  | 'still_unknown'
  /** The client asked for a login again and again although it was answered each time. */
  | 'loop'
  /** A code was delivered to a page that redeems codes itself, and it never did. */
  | 'not_redeemed'
  | 'userinfo_refused'
  | 'api_refused'
  | 'api_unreachable'
  | 'metadata_unusable'
  | 'keys_unusable'
  | 'registration_error'
  | 'management_error'
  | 'logout_error'
  /** FedCM or an embedded sign-in button was refused. */
  | 'federated_refused'
  /** A page that is no secure context read the server's metadata, and sent nothing after it. */
  | 'nothing_sent'
  /** An API said how to log in, its metadata was read, and what stands there keeps a client from beginning. */
  | 'not_begun'

export interface FailurePoint {
  readonly kind: FailureKind
  readonly message: Message
  readonly exchange: HttpExchange
  readonly at: number
  /** The `error` code of OAuth, where one was seen. */
  readonly error?: string
  readonly error_description?: string
  readonly status?: number
  /** The browser's name of a transport error. */
  readonly transport?: string
}

/** Milliseconds a silent frame or a page that redeems codes is given before silence counts. */
export const SILENCE = 15_000

/** Errors that are steps of a protocol, not failures: RFC 8628 section 3.5. */
export const stepErrors = new Set(['authorization_pending', 'slow_down'])

export const point = (kind: FailureKind, message: Message, more: Partial<FailurePoint> = {}): FailurePoint => {
  const exchange = more.exchange ?? message.exchange
  const status = valueOf(exchange.status)
  return {
    kind,
    message,
    exchange,
    at: exchange.endedAt ?? exchange.startedAt,
    ...(status !== undefined && { status }),
    ...(exchange.error !== undefined && { transport: exchange.error }),
    ...more,
  }
}

/** A page that was told to be somewhere else meanwhile cancels its requests; that is no failure. */
export const failedOnTheWay = (exchange: HttpExchange): boolean =>
  exchange.error !== undefined && transportKindOf(exchange.error) !== 'cancelled'

export const statusOf = (exchange: HttpExchange): number | undefined => valueOf(exchange.status)

export const isError = (exchange: HttpExchange): boolean => (statusOf(exchange) ?? 0) >= 400

export const isOk = (exchange: HttpExchange): boolean => {
  const status = statusOf(exchange)
  return status !== undefined && status >= 200 && status < 300
}

export const oauthError = (response: JsonResponse): Partial<FailurePoint> => {
  const error = paramValue(response.parameters, 'error')
  const error_description = paramValue(response.parameters, 'error_description')
  return { ...(error !== undefined && { error }), ...(error_description !== undefined && { error_description }) }
}

/**
 * Whether an error answer asks for a DPoP nonce with which the call is still to be repeated. What the page cannot read,
 * it will not send.
 */
export const isBeforeNonce = (exchange: HttpExchange, error: string | undefined, now: number): boolean =>
  asksForNonce(exchange, error) &&
  isReadableByPage(exchange, 'DPoP-Nonce') !== false &&
  now - (exchange.endedAt ?? exchange.startedAt) <= SILENCE

export const samePath = (a: HttpExchange, b: HttpExchange) => a.url.split(/[?#]/, 1)[0] === b.url.split(/[?#]/, 1)[0]

/** Whether `exchange` is `first`, or what its redirects led to. */
export const follows = (exchange: HttpExchange, first: HttpExchange, world: World): boolean => {
  let hop: HttpExchange | undefined = exchange
  while (hop && hop.id !== first.id) hop = hop.previousHop === undefined ? undefined : world.exchange(hop.previousHop)
  return hop !== undefined
}

/** The requests whose redirects led to this one, and this one itself, in the order of time. */
export const hopsTo = (exchange: HttpExchange, world: World): readonly HttpExchange[] => {
  const before = exchange.previousHop === undefined ? undefined : world.exchange(exchange.previousHop)
  return before ? [...hopsTo(before, world), exchange] : [exchange]
}

/** The request whose redirects led to this one: itself, where none did. */
export const firstHopOf = (exchange: HttpExchange, world: World): HttpExchange => hopsTo(exchange, world)[0]!

/** Something went to the same address later, and well, and too little of it or of this call was recorded: it may be this one, repeated. */
export const mayBeRepeated = (exchange: HttpExchange, world: World): boolean =>
  world.exchanges.some(
    (other) =>
      (other.method === '' ||
        exchange.method === '' ||
        (other.method === exchange.method && header(other.requestHeaders, 'authorization').state === 'unobserved')) &&
      other.startedAt > exchange.startedAt &&
      isOk(other) &&
      samePath(other, exchange),
  )
