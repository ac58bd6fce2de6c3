import type { Analysis, Flow } from '../model/analysis'

/** A failure that the user has not been told of. */
export interface Notice {
  readonly flowId: string
  readonly title: string
  readonly message: string
}

const isFresh = (flow: Flow, told: ReadonlySet<string>): boolean => flow.status === 'failed' && !told.has(flow.id)

/** One notice for each failed attempt not told before. */
export const noticesFor = (analysis: Analysis, told: ReadonlySet<string>): readonly Notice[] =>
  analysis.flows
    .filter((flow) => isFresh(flow, told))
    .map((flow) => ({
      flowId: flow.id,
      title: `Login failed${flow.client_id === undefined ? '' : `: ${flow.client_id}`}`,
      message: analysis.findings.find(({ id }) => id === flow.rootCause)?.title ?? flow.summary,
    }))
