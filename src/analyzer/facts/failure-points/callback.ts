import type { HttpExchange } from '../../../model/exchange'
import type { AuthorizationResponse } from '../../../model/message'
import { asksForPassword, formTargetsOf, isDeadEnd } from '../../../model/html'
import { valueOf } from '../../../model/observed'
import { hasParam, paramValue } from '../../../model/parameters'
import { originOf, queryOf, withoutQuery } from '../../../model/url'
import type { Attempt, World } from '../../correlation/attempt'
import { bodyText, jsonResponse, queryParameters } from '../../recognition/readers'
import { cookiesOfLogin } from '../cookies'
import { visibleText } from '../page-text'
import { frameRefusalOf } from '../framing'
import { formRefusalOf } from '../page-policy'
import { isWithheldByWorker } from '../service-worker'
import { transportKindOf } from '../transport'
import { isFramed } from './authorization'
import { type FailurePoint, failedOnTheWay, follows, isError, isOk, point, samePath } from './point'
import { isUsable } from './token'

/** What the client's own server did with the answer; a later good document of the client forgives an earlier error. */
export const callbackFailures = (attempt: Attempt, world: World): FailurePoint[] => {
  const delivered = attempt.responses.filter(({ parameters }) => !hasParam(parameters, 'error'))
  // The last delivery counts: it is what the user sees, and a good one forgives those before it.
  const response = delivered.findLast(({ requested }) => requested) ?? delivered.at(-1)
  if (!response || (attempt.responses[0] && hasParam(attempt.responses[0].parameters, 'error'))) return []
  if (!response.requested) return undeliveredFailures(response, world)
  const { exchange } = response
  // A page that got its tokens was served well enough, whatever the status said (single-page apps behind a 404 page).
  if (attempt.tokenCalls.some(isUsable)) return []
  if (isWithheldByWorker(exchange)) return [point('callback_error', response, { status: exchange.servedStatus! })]
  if (failedOnTheWay(exchange)) return [point('callback_unreachable', response)]
  if (isFramed(exchange) && frameRefusalOf(exchange, attempt.requests[0]?.exchange.initiator ?? exchange.url)) {
    return [point('callback_unreachable', response)]
  }
  const chain = attempt.after.filter(({ exchange: after }) => originOf(after.url) === originOf(response.deliveredTo))
  if (isError(exchange) || saysError(exchange)) return [point('callback_error', response, oauthErrorOf(exchange))]
  // Wherever the callback sent the browser, it has to arrive there, at another origin too.
  const stranded = attempt.after.find(({ exchange: after }) => after.hop > 0 && failedOnTheWay(after))
  if (stranded) return [point('callback_unreachable', stranded)]
  // A client that serves others, as a broker does, tells the one that began the login, on another origin.
  const told = attempt.after.find(
    (step) => tellsError(step.exchange) && (chain.includes(step) || follows(step.exchange, exchange, world)),
  )
  if (told) {
    const error = paramValue(queryParameters(told.exchange), 'error')
    return [point('client_error', told, { ...(error !== undefined && { error }) })]
  }
  const broken = chain.find(({ exchange: after }) => after.hop > 0 && isError(after))
  if (broken) return [point('callback_error', broken)]
  const last = chain.at(-1)
  return last && asksAgain(last.exchange, attempt) && hasLostCookie(attempt, world) ? [point('asked_again', last)] : []
}

/** Pages ask for passwords for other reasons too, and clients can do without their cookies: both together say that this one could not. */
const asksAgain = (exchange: HttpExchange, { starts }: Attempt): boolean => {
  const html = valueOf(bodyText(exchange.responseBody))
  if (valueOf(exchange.status) !== 200 || html === undefined) return false
  const begins = new Set(starts.map((start) => withoutQuery(start.exchange.url)))
  return asksForPassword(html) || formTargetsOf(html, exchange.url).some((target) => begins.has(withoutQuery(target)))
}

const hasLostCookie = (attempt: Attempt, world: World): boolean => {
  const starts = new Set(attempt.starts.map(({ exchange }) => exchange.id))
  const ofStart = cookiesOfLogin(attempt, world).filter(({ setBy }) => starts.has(setBy))
  return ofStart.length > 0 && ofStart.every(({ fate, loss }) => fate === 'not_sent' && loss !== 'unexplained')
}

/**
 * What a server of the client answered when its page handed it the code. A later answer that is good forgives an earlier
 * error; after a good one, an error counts until calls of the page show that it went on.
 */
export const handoverFailures = ({ handovers, tokenCalls }: Attempt, world: World): FailurePoint[] => {
  if (tokenCalls.some(isUsable)) return []
  return handovers.flatMap((handover) => {
    const { exchange } = handover
    const end = exchange.endedAt ?? exchange.startedAt
    if (handovers.some((other) => isOk(other.exchange) && other.at >= end)) return []
    const good = handovers.some((other) => isOk(other.exchange)) || world.exchanges.some(maybeGood(exchange))
    if (good && wentOn(exchange, end, world)) return []
    if (isError(exchange)) return [point('callback_error', handover, oauthErrorOf(exchange))]
    return failedOnTheWay(exchange) ? [point('api_unreachable', handover)] : []
  })
}

/** Of a request whose start was missed nothing tells what it carried. */
const maybeGood =
  (exchange: HttpExchange) =>
  (other: HttpExchange): boolean =>
    other.method === '' && isOk(other) && samePath(other, exchange)

const wentOn = ({ url, tabId }: HttpExchange, since: number, { exchanges }: World): boolean =>
  exchanges.some(
    (other) =>
      other.startedAt >= since &&
      (other.method === '' || (other.tabId === tabId && other.resourceType === 'xmlhttprequest')) &&
      originOf(other.url) === originOf(url) &&
      isOk(other),
  )

/** The client's own error page, with status 200: it has nothing to go on with, and says so in one of these languages. */
const saysError = ({ status, responseBody }: HttpExchange): boolean => {
  const html = valueOf(bodyText(responseBody))
  return valueOf(status) === 200 && html !== undefined && isDeadEnd(html) && errorWords.test(visibleText(html))
}

const errorWords =
  /\b(error|failed|failure|denied|invalid|fehler|fehlgeschlagen|erreur|échec|errore|erro|falló|fallo|fout|błąd|hata|fel)\b|ошибка|エラー|错误|錯誤|失败|失敗|오류/iu

/** Some clients name no error: `/login?error`. */
const tellsError = (exchange: HttpExchange): boolean =>
  hasParam(queryParameters(exchange), 'error') || queryOf(exchange.url).split('&').includes('error')

/** Another program takes custom schemes, and recordings may end there: only the browser's own words say that none did. */
const undeliveredFailures = (response: AuthorizationResponse, world: World): FailurePoint[] => {
  if (formRefusalOf(response.exchange, world)) return [point('callback_unreachable', response)]
  const isRefusedScheme = (error: string | undefined) =>
    error !== undefined && transportKindOf(error) === 'unsupported' && !/^https?:/i.test(response.deliveredTo)
  const failed = world.events.find(
    (event) =>
      event.type === 'navigation.failed' &&
      withoutQuery(event.url) === response.deliveredTo &&
      event.at >= response.at - 1000 &&
      isRefusedScheme(event.error),
  )
  const transport = failed?.type === 'navigation.failed' ? failed.error : response.exchange.error
  return isRefusedScheme(transport) ? [point('callback_unreachable', response, { transport: transport! })] : []
}

const oauthErrorOf = (exchange: HttpExchange): Partial<FailurePoint> => {
  const error = paramValue(jsonResponse(exchange).parameters, 'error')
  return error === undefined ? {} : { error }
}
