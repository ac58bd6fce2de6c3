import { asksForPassword, isAlertWithoutForm, isDeadEnd } from '../../../model/html'
import type { EndSessionRequest } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { hasParam } from '../../../model/parameters'
import type { Attempt } from '../../correlation/attempt'
import { bodyText } from '../../recognition/readers'
import { type FailurePoint, failedOnTheWay, isError, oauthError, point, statusOf } from './point'

/** Accounts answered 401 only say that nobody is signed in; the rest has to work. */
export const federatedFailures = (attempt: Attempt): FailurePoint[] =>
  attempt.federated.flatMap((request) => {
    const error = oauthError(request.response)
    const failed = failedOnTheWay(request.exchange) || isError(request.exchange) || error.error !== undefined
    return failed && statusOf(request.exchange) !== 401 ? [point('federated_refused', request, error)] : []
  })

export const logoutFailures = (attempt: Attempt): FailurePoint[] => {
  if (attempt.logoutResponses.length > 0) return []
  const last = attempt.logoutRequests.at(-1)
  const failed = last && (failedOnTheWay(last.exchange) || isError(last.exchange) || isKept(last))
  return failed ? [point('logout_error', last)] : []
}

/** Asked to go back, and kept on a page of the server that asks for nothing, or for a new sign-in: no confirmation. */
const isKept = ({ exchange, parameters }: EndSessionRequest): boolean => {
  const html = valueOf(bodyText(exchange.responseBody))
  return (
    statusOf(exchange) === 200 &&
    hasParam(parameters, 'post_logout_redirect_uri') &&
    html !== undefined &&
    (isDeadEnd(html) || isAlertWithoutForm(html) || asksForPassword(html))
  )
}

export const managementFailures = (attempt: Attempt): FailurePoint[] =>
  attempt.management.flatMap((call) => {
    if (!failedOnTheWay(call.exchange) && !isError(call.exchange)) return []
    const kind = call.kind === 'client_registration_request' ? 'registration_error' : 'management_error'
    return [point(kind, call, oauthError(call.response))]
  })
