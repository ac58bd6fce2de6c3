import type { EndSessionRequest } from '../../../model/message'
import { asksForPassword } from '../../../model/html'
import { valueOf } from '../../../model/observed'
import { visibleText } from '../../facts/page-text'
import { bodyText } from '../../recognition/readers'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { cite, shorten } from './text'

/** A logout that the server answered with an error page, and the request that carried its parameters. */
export interface RefusedLogout {
  readonly point: FailurePoint
  readonly request: EndSessionRequest
  readonly status: number
  /** What the page says, as a sentence that can follow others; empty where it was not seen. */
  readonly said: string
}

/** `undefined` when the logout worked, is still open, or was never answered. A page with status 200 kept the browser. */
export const refusedLogout = (file: CaseFile): RefusedLogout | undefined => {
  const point = file.failurePoints.find(({ kind }) => kind === 'logout_error')
  const request =
    file.attempt.logoutRequests.find(({ parameters }) => parameters.list.length > 0) ?? file.attempt.logoutRequests[0]
  if (point?.status === undefined || !request) return undefined
  const html = valueOf(bodyText(point.exchange.responseBody)) ?? ''
  // A page for signing in says what it always says.
  const text = asksForPassword(html) ? '' : visibleText(html)
  return {
    point,
    request,
    status: point.status,
    said: text === '' ? '' : ` The page says ${cite(shorten(text, 160))}.`,
  }
}
