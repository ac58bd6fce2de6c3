import type { Message } from '../../../model/message'
import { isLoopback, parseUrl } from '../../../model/url'
import type { Attempt, World } from '../../correlation/attempt'
import { pageOriginOf } from '../cors'
import { closedServerOf, resourceMismatchOf } from '../protected-resource'
import { type FailurePoint, SILENCE, failedOnTheWay, isError, isOk, point, statusOf } from './point'

/** Clients probe several well-known places; only a server that never gave its metadata, and was never used, failed. */
export const metadataFailures = (attempt: Attempt, attempts: readonly Attempt[]): FailurePoint[] => {
  const failed = attempt.documents.filter(
    (document) =>
      failedOnTheWay(document.exchange) ||
      isError(document.exchange) ||
      (document.response.form.state === 'present' &&
        document.response.form.value !== 'json' &&
        statusOf(document.exchange) === 200),
  )
  const usable = (kind: Message['kind']) =>
    attempt.documents.some((document) => document.kind === kind && !failed.includes(document))
  const wentOn =
    attempt.requests.length > 0 ||
    attempt.tokenCalls.length > 0 ||
    attempts.some(
      (other) =>
        // A call whose beginning was not seen has no tab; it may be of the login that followed.
        (other.tabId === attempt.tabId || attempt.tabId < 0) && other.requests.some(({ at }) => at > attempt.startedAt),
    )
  return failed.flatMap((document) => {
    if (usable(document.kind)) return []
    if (document.kind === 'jwks') return isSettled(attempt) ? [] : [point('keys_unusable', document)]
    return wentOn || document.kind === 'protected_resource_metadata' ? [] : [point('metadata_unusable', document)]
  })
}

const isSettled = (attempt: Attempt): boolean => attempt.apiCalls.some((call) => isOk(call.exchange))

/** Scripts of pages on plain http have no cryptography, so the login that begins with the metadata ends there. */
export const neverSent = (attempt: Attempt, attempts: readonly Attempt[], world: World): FailurePoint[] => {
  const read = attempt.documents.find(({ kind, exchange }) => kind === 'provider_metadata' && isOk(exchange))
  const page = read && parseUrl(pageOriginOf(read.exchange) ?? '')
  if (attempt.kind !== 'discovery' || !read || page?.protocol !== 'http:' || isLoopback(page.hostname)) return []
  return loggedIn(attempt, attempts) || world.now - read.at <= SILENCE ? [] : [point('nothing_sent', read)]
}

/** Of a request whose beginning was not seen the tab is not known. */
const loggedIn = ({ tabId }: Attempt, attempts: readonly Attempt[]): boolean =>
  attempts.some(
    (other) =>
      (other.tabId === tabId || other.tabId < 0 || tabId < 0) && other.requests.length + other.tokenCalls.length > 0,
  )

/** The way from an API to a login (RFC 9728) that ends at the metadata, where the metadata is why. */
export const notBegun = (attempt: Attempt, attempts: readonly Attempt[], world: World): FailurePoint[] => {
  const { documents, management } = attempt
  const last = documents.at(-1)
  if (attempt.kind !== 'discovery' || !last || management.length > 0) return []
  if (loggedIn(attempt, attempts) || world.now - last.at <= SILENCE) return []
  const document = resourceMismatchOf(attempt)?.document ?? closedServerOf(attempt)
  return document ? [point('not_begun', document)] : []
}
