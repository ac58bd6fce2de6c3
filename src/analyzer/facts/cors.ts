import type { HttpExchange } from '../../model/exchange'
import { header, headerValues } from '../../model/headers'
import { type BlindSpot, valueOf } from '../../model/observed'
import type { HeaderList } from '../../model/recording'
import { originOf } from '../../model/url'
import { transportKindOf } from './transport'

/** What in an answer made the browser refuse it to the page (Fetch standard, "CORS check" and "CORS-preflight fetch"). */
export type CorsReason =
  /** `because`: the headers and the method that made the browser ask. */
  | { readonly kind: 'preflight-status'; readonly status: number; readonly because: readonly string[] }
  /** The request needed a preflight, and neither it nor an answer is in the recording. */
  | { readonly kind: 'preflight-unseen'; readonly because: readonly string[] }
  | { readonly kind: 'header-not-allowed'; readonly names: readonly string[] }
  | { readonly kind: 'method-not-allowed'; readonly method: string }
  | { readonly kind: 'no-allow-origin' }
  | { readonly kind: 'other-origin'; readonly allowed: string }
  | { readonly kind: 'several-origins'; readonly allowed: string }
  | { readonly kind: 'wildcard-with-credentials' }
  | { readonly kind: 'credentials-not-allowed' }

export type CorsJudgement =
  /** Same origin, a navigation, or no page that could be refused. */
  | { readonly state: 'not-applicable' }
  | { readonly state: 'allowed'; readonly origin: string }
  | { readonly state: 'unknown'; readonly because: BlindSpot }
  | {
      readonly state: 'refused'
      readonly origin: string
      readonly reason: CorsReason
      /** The preflight, or the exchange itself: where the reason stands. */
      readonly at: HttpExchange
      /** False where the reason was inferred from what is left. */
      readonly certain: boolean
    }

/** The origin of the page that sent a request, from the surest sign of it that was recorded. */
export const pageOriginOf = (exchange: HttpExchange, preflight?: HttpExchange): string | undefined => {
  const sent = [exchange, preflight].map((hop) => hop && valueOf(header(hop.requestHeaders, 'origin'))).find(Boolean)
  const referer = valueOf(header(exchange.requestHeaders, 'referer'))
  return (
    sent ??
    (exchange.initiator === undefined ? undefined : originOf(exchange.initiator)) ??
    (referer === undefined ? undefined : originOf(referer))
  )
}

/**
 * Whether the browser let the page read the answer. Judges from headers that were seen and from nothing else: what was
 * not recorded makes it `unknown`.
 */
export const judgeCors = (exchange: HttpExchange, preflight?: HttpExchange): CorsJudgement => {
  const origin = pageOriginOf(exchange, preflight)
  if (origin === undefined || !isSubject(exchange, origin)) return { state: 'not-applicable' }
  const failedSilently = exchange.error !== undefined && /^(unnamed|cors)$/.test(transportKindOf(exchange.error))
  const refuse = (reason: CorsReason, at: HttpExchange, certain = true): CorsJudgement => ({
    state: 'refused',
    origin,
    reason,
    at,
    certain,
  })
  const announced = preflight && preflightReason(exchange, preflight, origin)
  if (preflight && announced) return refuse(announced, preflight)
  if (exchange.status.state !== 'present') {
    const because = preflight ? [] : needsPreflight(exchange)
    const guessed = failedSilently && because.length > 0
    if (guessed) return refuse({ kind: 'preflight-unseen', because }, exchange, false)
    return { state: 'unknown', because: 'not-answered-yet' }
  }
  if (exchange.responseHeaders.state === 'unobserved') {
    return { state: 'unknown', because: exchange.responseHeaders.because }
  }
  const list = valueOf(exchange.responseHeaders) ?? []
  const withCookie = header(exchange.requestHeaders, 'cookie').state === 'present'
  const reason = answerReason(list, origin, withCookie)
  if (reason) return refuse(reason, exchange)
  // The headers would do without credentials, and the browser refused: what is left is that they were asked for.
  const rest = failedSilently ? answerReason(list, origin, true) : undefined
  return rest ? refuse(rest, exchange, false) : { state: 'allowed', origin }
}

const isSubject = (exchange: HttpExchange, origin: string): boolean => {
  const mode = valueOf(header(exchange.requestHeaders, 'sec-fetch-mode'))
  return (
    exchange.resourceType === 'xmlhttprequest' &&
    (mode === undefined || mode === 'cors') &&
    !/^(chrome|moz|safari-web)-extension:/.test(origin) &&
    origin !== originOf(exchange.url)
  )
}

const preflightReason = (exchange: HttpExchange, preflight: HttpExchange, origin: string): CorsReason | undefined => {
  const status = valueOf(preflight.status)
  if (status === undefined || preflight.responseHeaders.state !== 'present') return undefined
  const asked = split(valueOf(header(preflight.requestHeaders, 'access-control-request-headers')) ?? '')
  if (status < 200 || status > 299) return { kind: 'preflight-status', status, because: asked }
  const list = preflight.responseHeaders.value
  const reason = answerReason(list, origin, false)
  if (reason) return reason
  const credentials = /^true$/i.test(headerValues(list, 'access-control-allow-credentials')[0] ?? '')
  const allowed = tokens(list, 'access-control-allow-headers')
  const names = asked.filter(
    (name) => !allowed.includes(name) && !(allowed.includes('*') && name !== 'authorization' && !credentials),
  )
  if (names.length > 0) return { kind: 'header-not-allowed', names }
  const methods = tokens(list, 'access-control-allow-methods')
  const method = exchange.method.toLowerCase()
  const free = ['get', 'head', 'post', ''].includes(method)
  return free || methods.includes(method) || methods.includes('*')
    ? undefined
    : { kind: 'method-not-allowed', method: exchange.method }
}

const answerReason = (list: HeaderList, origin: string, withCookie: boolean): CorsReason | undefined => {
  const values = headerValues(list, 'access-control-allow-origin')
  const [allowed] = values
  if (allowed === undefined) return { kind: 'no-allow-origin' }
  if (values.length > 1 || /[,\s]/.test(allowed.trim())) return { kind: 'several-origins', allowed: values.join(', ') }
  if (allowed.trim() === '*') return withCookie ? { kind: 'wildcard-with-credentials' } : undefined
  if (allowed.trim() !== origin) return { kind: 'other-origin', allowed }
  const credentials = headerValues(list, 'access-control-allow-credentials')[0]?.trim()
  return withCookie && credentials !== 'true' ? { kind: 'credentials-not-allowed' } : undefined
}

const split = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')

const tokens = (list: HeaderList, name: string): readonly string[] => headerValues(list, name).flatMap(split)

/** Headers that browsers add themselves, and those a page may set without asking (Fetch, "CORS-safelisted"). */
const freeHeaders =
  /^(:|sec-|proxy-|accept$|accept-(encoding|language)$|content-(language|length)$|user-agent$|referer$|origin$|host$|connection$|cookie$|cache-control$|pragma$|dnt$|te$|priority$|range$|keep-alive$|save-data$|upgrade-insecure-requests$|if-(none-match|modified-since)$)/i

const freeTypes = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i

/** The method and the headers for which the browser had to ask first. */
export const needsPreflight = (exchange: HttpExchange): readonly string[] => {
  const headers = valueOf(exchange.requestHeaders) ?? []
  const names = headers
    .filter(({ name, value }) =>
      name.toLowerCase() === 'content-type' ? !freeTypes.test(value.trim()) : !freeHeaders.test(name),
    )
    .map(({ name }) => name)
  return ['GET', 'HEAD', 'POST', ''].includes(exchange.method.toUpperCase()) ? names : [exchange.method, ...names]
}

/** Whether a script of the page could read a header of the answer (`Access-Control-Expose-Headers`). */
export const isReadableByPage = (exchange: HttpExchange, name: string): boolean | undefined => {
  const judgement = judgeCors(exchange)
  if (judgement.state === 'not-applicable') return true
  if (judgement.state !== 'allowed') return judgement.state === 'refused' ? false : undefined
  const exposed = tokens(valueOf(exchange.responseHeaders) ?? [], 'access-control-expose-headers')
  return exposed.includes(name.toLowerCase()) || exposed.includes('*')
}
