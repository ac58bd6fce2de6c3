import { header } from '../../model/headers'
import { valueOf } from '../../model/observed'
import { originOf } from '../../model/url'
import type { CaseFile } from './case-file'

/** The client's page (or login URL) that the request came from: a URL, or only its origin. */
export const startedFrom = (file: CaseFile): string | undefined => {
  // A server that asks for the sign-in first repeats the request itself: the first one tells.
  const [request = file.request] = file.attempt.requests
  if (!request) return undefined
  const server = originOf(request.exchange.url)
  const { initiator, requestHeaders } = request.exchange
  const start = file.attempt.starts.at(-1)?.exchange.url ?? initiator ?? valueOf(header(requestHeaders, 'referer'))
  if (start !== undefined && originOf(start) !== server) return start
  const page = file.world.exchanges.findLast(
    ({ resourceType, tabId, startedAt }) =>
      resourceType === 'main_frame' && tabId === request.exchange.tabId && startedAt < request.at,
  )
  return page && originOf(page.url) !== server ? page.url : undefined
}

/**
 * The origins on which a page's login started and ended, where they differ: what it stored (state, verifier) is not there
 * when the answer comes. `undefined` where a server of the client keeps that, or they are the same.
 */
export const movedLogin = (file: CaseFile): { readonly started: string; readonly ends: string } | undefined => {
  const { redirect_uri } = file
  if (redirect_uri === undefined || file.isBrowserClient === false) return undefined
  const started = originOf(startedFrom(file) ?? '')
  const ends = originOf(redirect_uri)
  return started === undefined || ends === undefined || started === ends ? undefined : { started, ends }
}
