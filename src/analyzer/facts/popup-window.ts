import type { HttpExchange } from '../../model/exchange'
import { header } from '../../model/headers'
import { valueOf } from '../../model/observed'
import type { Attempt, World } from '../correlation/attempt'

/** A login that ran in a window of its own. */
export interface PopupLogin {
  readonly tabId: number
  readonly openerTabId: number
  /** The last document of the page that opened it, where it was recorded. */
  readonly opener: HttpExchange | undefined
  /** The document that took the opener's handle away, and the header with which it did. */
  readonly severedBy: { readonly exchange: HttpExchange; readonly value: string } | undefined
  readonly closedAt: number | undefined
}

/** The popup of this attempt, if it ran in one. */
export const popupOf = (attempt: Attempt, world: World): PopupLogin | undefined => {
  const tabId = attempt.requests[0]?.exchange.tabId ?? attempt.responses[0]?.exchange.tabId
  if (tabId === undefined || world.rootTab(tabId) === tabId) return undefined
  const opened = world.events.find((event) => event.type === 'tab.opened' && event.tabId === tabId)
  if (opened?.type !== 'tab.opened') return undefined
  const closed = world.events.find((event) => event.type === 'tab.closed' && event.tabId === tabId)
  const opener = world.exchanges.findLast(
    (exchange) =>
      exchange.tabId === opened.openerTabId &&
      exchange.resourceType === 'main_frame' &&
      exchange.redirectUrl === undefined &&
      exchange.startedAt <= opened.at,
  )
  const documents = world.exchanges.filter(
    (exchange) =>
      exchange.tabId === tabId && exchange.resourceType === 'main_frame' && exchange.startedAt >= attempt.startedAt,
  )
  return {
    tabId,
    openerTabId: opened.openerTabId,
    opener,
    severedBy: severingOf(opener, documents),
    closedAt: closed?.at,
  }
}

/**
 * Cross-Origin-Opener-Policy (HTML, section 7.1.3): a popup keeps its opener when neither document isolates itself, or
 * when the opener says `same-origin-allow-popups` and the popup says nothing. Redirects count as documents do.
 */
const severingOf = (opener: HttpExchange | undefined, documents: readonly HttpExchange[]): PopupLogin['severedBy'] => {
  if (opener && isolates(opener)) return { exchange: opener, value: policyOf(opener)! }
  for (const exchange of documents) {
    const value = policyOf(exchange)
    if (
      value !== undefined &&
      /^(same-origin|same-origin-plus-coep|same-origin-allow-popups|noopener-allow-popups)$/.test(value)
    ) {
      return { exchange, value }
    }
  }
  return undefined
}

/** Whether a document keeps no hold of the popups that it opens. */
export const isolates = (opener: HttpExchange): boolean =>
  /^(same-origin|same-origin-plus-coep|noopener-allow-popups)$/.test(policyOf(opener) ?? '')

const policyOf = (exchange: HttpExchange): string | undefined =>
  valueOf(header(exchange.responseHeaders, 'cross-origin-opener-policy'))?.split(';')[0]!.trim().toLowerCase()
