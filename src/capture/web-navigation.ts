import type { Tabs, WebNavigation } from 'webextension-polyfill'
import type { NavigationCommitted } from '../model/recording'
import type { Emit } from './web-request'

interface Committed {
  readonly timeStamp: number
  readonly tabId: number
  readonly frameId: number
  readonly url: string
  readonly parentFrameId?: number
  readonly documentId?: string
  readonly transitionType?: string
  readonly transitionQualifiers?: string[]
}

const isWeb = (url: string): boolean =>
  !/^(about|chrome|devtools|edge|moz-extension|chrome-extension|view-source):/.test(url)

/** Firefox reports every redirect hop of a navigation as aborted (NS_BINDING_ABORTED). */
const abortedByRedirect = 'Error code 2152398850'

const howCommitted = (details: Committed): NavigationCommitted['how'] =>
  details.transitionQualifiers?.includes('forward_back') ? 'restored' : 'load'

/**
 * What no request shows: fragments, history changes, pages restored from the back/forward cache, navigations that
 * failed or left for an app, and which tab opened which. Call at top level of the background.
 */
export const captureNavigations = (webNavigation: WebNavigation.Static, tabs: Tabs.Static, emit: Emit): void => {
  const committed = (details: Committed, how: NavigationCommitted['how']) => {
    if (!isWeb(details.url)) return
    emit({
      type: 'navigation.committed',
      at: details.timeStamp,
      how,
      tabId: details.tabId,
      frameId: details.frameId,
      // Firefox tells it for frames alone; its outermost frame is always 0.
      parentFrameId: details.parentFrameId ?? (details.frameId === 0 ? -1 : 0),
      url: details.url,
      ...(details.documentId === undefined ? {} : { documentId: details.documentId }),
      ...(details.transitionType === undefined ? {} : { transitionType: details.transitionType }),
      ...(details.transitionQualifiers === undefined ? {} : { transitionQualifiers: details.transitionQualifiers }),
    })
  }

  webNavigation.onCommitted.addListener((details) => committed(details, howCommitted(details)))
  webNavigation.onHistoryStateUpdated.addListener((details) => committed(details, 'history'))
  webNavigation.onReferenceFragmentUpdated.addListener((details) => committed(details, 'fragment'))
  webNavigation.onErrorOccurred.addListener((details) => {
    const { error = 'unknown' } = details as { error?: string }
    if (!isWeb(details.url) || (error === abortedByRedirect && /^https?:/.test(details.url))) return
    const { timeStamp: at, tabId, frameId, url } = details
    emit({ type: 'navigation.failed', at, tabId, frameId, url, error })
  })
  // Not `tabs.onCreated`: a tab the user opens beside a page has an `openerTabId` too, and is no popup of it.
  webNavigation.onCreatedNavigationTarget.addListener((details) =>
    emit({
      type: 'tab.opened',
      at: details.timeStamp,
      tabId: details.tabId,
      openerTabId: details.sourceTabId,
      openerFrameId: details.sourceFrameId,
    }),
  )
  tabs.onRemoved.addListener((tabId) => emit({ type: 'tab.closed', at: Date.now(), tabId }))
}
