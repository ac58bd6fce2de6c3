import type { CaseFile } from '../../facts/case-file'
import { follows, samePath } from '../../facts/failure-points'
import {
  type Rejection,
  rejectionOf,
  speaksOfClient,
  speaksOfOtherParameter,
  speaksOfRedirectUri,
} from '../../facts/rejection'
import { isServerError } from './endpoint'

/** An error page of the authorization server, from which the browser was not sent back to the client. */
export interface ErrorPage extends Rejection {
  /** The address, at which nothing is; the request, which was looked at; or a page that the server led to. */
  readonly failed: 'address' | 'request' | 'page'
  /** Whether a page of the server was seen between the request and the error. */
  readonly isAfterPage: boolean
  /** What the page says to people, where it says more than its status. */
  readonly said: string | undefined
}

/** The page that ended this login; `undefined` where the server failed by itself, which the status says. */
export const errorPageOf = (file: CaseFile): ErrorPage | undefined => {
  const rejection = rejectionOf(file)
  if (rejection?.by !== 'page' || isServerError(rejection.point)) return undefined
  const { text, point, error, atOnce } = rejection
  const said = text.state === 'present' && !isBareStatus(text.value) ? text.value : undefined
  const isElsewhere = !samePath(point.exchange, point.message.exchange)
  const isForm = point.exchange.method === 'POST' && !follows(point.exchange, point.message.exchange, file.world)
  // Some servers look at the request when the sign-in, posted to its own address, went well.
  const isAfterPage = !atOnce || (isForm && isElsewhere)
  const isMissing = point.status === 404 || point.status === 405
  const isOfRequest = error !== undefined || speaksOfTheRequest(said ?? '') || !(isAfterPage || isMissing)
  const failed = isOfRequest ? 'request' : isAfterPage || isElsewhere ? 'page' : 'address'
  return { ...rejection, failed, isAfterPage, said }
}

/** Words about another part of the request than the two that every server looks at first. */
export const speaksOfOtherPart = (text: string): boolean =>
  (speaksOfOtherParameter(text) || /\bpkce\b/i.test(text)) && !speaksOfRedirectUri(text) && !speaksOfClient(text)

const speaksOfTheRequest = (text: string): boolean =>
  speaksOfOtherPart(text) || speaksOfClient(text) || speaksOfRedirectUri(text)

/** The status with its reason phrase (RFC 9110 section 15.5), as servers write it that say nothing else. */
const isBareStatus = (text: string): boolean =>
  /^\W*((error|http|4\d\d|bad request|unauthorized|forbidden|not found|method not allowed)\W*)*$/i.test(text)
