import type { RecorderStatus, TabSummary } from '../messaging/contract'
import type { Analysis, Flow } from '../model/analysis'

const latestOf = (flows: readonly Flow[]): Flow | undefined => flows.toSorted((a, b) => b.startedAt - a.startedAt).at(0)

/** A failed attempt is settled when a later one of the same client, in the same tab, succeeded. */
const isSettled = (failed: Flow, flows: readonly Flow[]): boolean =>
  flows.some(
    (flow) => flow.status === 'succeeded' && flow.startedAt > failed.startedAt && flow.client_id === failed.client_id,
  )

/** What is to be told of one tab's attempts. Failures come before anything else: they are why one looks. */
export const summarizeTab = (analysis: Analysis, tabId: number, status: RecorderStatus): TabSummary => {
  const flows = analysis.flows.filter((flow) => flow.tabId === tabId)
  const count = (wanted: Flow['status']) => flows.filter((flow) => flow.status === wanted).length
  const failed = flows.filter((flow) => flow.status === 'failed')
  const unsettled = failed.filter((flow) => !isSettled(flow, flows))
  const latest = latestOf(unsettled) ?? latestOf(flows)
  const finding = analysis.findings.find(({ id }) => id === latest?.rootCause)
  return {
    tabId,
    failed: failed.length,
    succeeded: count('succeeded'),
    pending: count('pending'),
    ...(latest
      ? {
          latest: {
            flowId: latest.id,
            status: latest.status,
            summary: latest.summary,
            ...(latest.client_id === undefined ? {} : { client_id: latest.client_id }),
            ...(latest.issuer === undefined ? {} : { issuer: latest.issuer }),
            ...(finding ? { finding } : {}),
          },
        }
      : {}),
    status,
  }
}

/** Ids of the failed attempts of a tab that still ask for attention. */
export const unsettledFailures = (analysis: Analysis, tabId: number): readonly string[] => {
  const flows = analysis.flows.filter((flow) => flow.tabId === tabId)
  return flows.filter((flow) => flow.status === 'failed' && !isSettled(flow, flows)).map((flow) => flow.id)
}
