import type { AttemptSummary, RecorderStatus, TabSummary } from '../messaging/contract'
import type { Analysis, Flow } from '../model/analysis'

const newestFirst = (flows: readonly Flow[]): readonly Flow[] => flows.toSorted((a, b) => b.startedAt - a.startedAt)

/** A failed attempt is settled when a later one of the same client, in the same tab, succeeded as far as could be seen. */
const isSettled = (failed: Flow, flows: readonly Flow[]): boolean =>
  flows.some(
    (flow) =>
      (flow.status === 'succeeded' || flow.status === 'delivered') &&
      flow.startedAt > failed.startedAt &&
      flow.client_id === failed.client_id &&
      (!isReading(flow) || isReading(failed)),
  )

/** Metadata is read for a login, or beside one: that it could be read says nothing of how the login ended. */
const isReading = ({ kind }: Flow): boolean => kind === 'discovery'

const summarizeAttempt = (flow: Flow, { findings }: Analysis): AttemptSummary => {
  const finding = findings.find(({ id }) => id === flow.rootCause)
  return {
    flowId: flow.id,
    status: flow.status,
    summary: flow.summary,
    ...(flow.client_id === undefined ? {} : { client_id: flow.client_id }),
    ...(flow.issuer === undefined ? {} : { issuer: flow.issuer }),
    ...(finding ? { finding } : {}),
  }
}

/** What is to be told of one tab's attempts. Failures come before anything else: they are why one looks. */
export const summarizeTab = (analysis: Analysis, tabId: number, status: RecorderStatus): TabSummary => {
  const flows = newestFirst(analysis.flows.filter((flow) => flow.tabId === tabId))
  const count = (wanted: Flow['status']) => flows.filter((flow) => flow.status === wanted).length
  const [failure, ...others] = flows.filter((flow) => flow.status === 'failed' && !isSettled(flow, flows))
  const latest = failure ?? flows.find((flow) => !isReading(flow)) ?? flows[0]
  return {
    tabId,
    failed: count('failed'),
    succeeded: count('succeeded'),
    delivered: count('delivered'),
    pending: count('pending'),
    ...(latest ? { latest: summarizeAttempt(latest, analysis) } : {}),
    ...(others.length > 0 ? { others: others.map((flow) => summarizeAttempt(flow, analysis)) } : {}),
    status,
  }
}

/** Ids of the failed attempts of a tab that still ask for attention. */
export const unsettledFailures = (analysis: Analysis, tabId: number): readonly string[] => {
  const flows = analysis.flows.filter((flow) => flow.tabId === tabId)
  return flows.filter((flow) => flow.status === 'failed' && !isSettled(flow, flows)).map((flow) => flow.id)
}
