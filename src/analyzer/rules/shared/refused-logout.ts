import type { EndSessionRequest } from '../../../model/message'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'

/** A logout that the server answered with an error page, and the request that carried its parameters. */
export interface RefusedLogout {
  readonly point: FailurePoint
  readonly request: EndSessionRequest
  readonly status: number
}

/** `undefined` when the logout worked, is still open, or was never answered. */
export const refusedLogout = (file: CaseFile): RefusedLogout | undefined => {
  const point = file.failurePoints.find(({ kind }) => kind === 'logout_error')
  const request =
    file.attempt.logoutRequests.find(({ parameters }) => parameters.list.length > 0) ?? file.attempt.logoutRequests[0]
  return point?.status !== undefined && point.status >= 400 && request
    ? { point, request, status: point.status }
    : undefined
}
