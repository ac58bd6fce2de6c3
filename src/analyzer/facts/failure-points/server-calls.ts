import type { Attempt } from '../../correlation/attempt'
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
  return last && (failedOnTheWay(last.exchange) || isError(last.exchange)) ? [point('logout_error', last)] : []
}

export const managementFailures = (attempt: Attempt): FailurePoint[] =>
  attempt.management.flatMap((call) => {
    if (!failedOnTheWay(call.exchange) && !isError(call.exchange)) return []
    const kind = call.kind === 'client_registration_request' ? 'registration_error' : 'management_error'
    return [point(kind, call, oauthError(call.response))]
  })
