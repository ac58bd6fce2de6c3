import type { Flow } from '../../model/analysis'
import type { CaptureEvent } from '../../model/recording'

/** A tab and every popup that grew from it, popups of popups included. */
export const tabFamily = (events: readonly CaptureEvent[], tabId: number): ReadonlySet<number> => {
  const family = new Set([tabId])
  for (const event of events) {
    if (event.type === 'tab.opened' && family.has(event.openerTabId)) family.add(event.tabId)
  }
  return family
}

/** -1 stands for workers: their requests belong to no tab and are shown in each. */
export const flowsOfTab = (
  flows: readonly Flow[],
  events: readonly CaptureEvent[],
  tabId: number | null,
): readonly Flow[] => {
  if (tabId === null) return flows
  const family = tabFamily(events, tabId)
  return flows.filter((flow) => flow.tabId === -1 || family.has(flow.tabId))
}
