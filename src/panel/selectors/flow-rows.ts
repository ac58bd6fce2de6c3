import type { AttemptNotes } from '../../model/attempt-notes'
import type { Analysis, Finding, Flow, FlowStatus } from '../../model/analysis'
import { clientLabel, hostOf, serverLabel, serverUrl } from './parties'
import { clockTime, durationWords } from './time'
import { plainProse } from './prose'
import { flowName, plural, statusWord } from './words'

/** One attempt as the list shows it. */
export interface FlowRow {
  readonly id: string
  readonly title: string
  readonly server: string
  readonly summary: string
  readonly status: FlowStatus
  readonly statusWord: string
  readonly kind: string
  readonly time: string
  readonly duration: string
  readonly detail: string
  readonly risks: number
  readonly pinned: boolean
}

export type OutcomeFilter = 'all' | FlowStatus | 'risk'

export const findingsOf = (analysis: Analysis, flow: Flow): readonly Finding[] =>
  analysis.findings.filter((finding) => finding.flow === flow.id || flow.findings.includes(finding.id))

const riskCount = (analysis: Analysis, flow: Flow): number =>
  findingsOf(analysis, flow).filter((finding) => finding.category === 'risk').length

const isPinned = (notes: AttemptNotes, flow: Flow): boolean => notes[flow.id]?.pinned ?? false

export const flowRow = (analysis: Analysis, flow: Flow, notes: AttemptNotes): FlowRow => {
  const title = notes[flow.id]?.name ?? clientLabel(flow)
  const server = serverLabel(flow)
  const end = flow.endedAt ?? flow.steps.at(-1)?.at ?? flow.startedAt
  const duration = durationWords(end - flow.startedAt)
  const risks = riskCount(analysis, flow)
  const summary = plainProse(flow.summary).replace(/\.$/, '')
  const time = clockTime(flow.startedAt)
  const detail = [
    flowName[flow.kind],
    duration,
    plural(flow.steps.length, 'step'),
    ...(flow.retryOf ? ['retry'] : []),
    ...(risks > 0 ? [plural(risks, 'risk')] : []),
  ].join(' · ')
  return {
    id: flow.id,
    title,
    server,
    summary,
    status: flow.status,
    statusWord: statusWord[flow.status],
    kind: flowName[flow.kind],
    time,
    duration,
    detail,
    risks,
    pinned: isPinned(notes, flow),
  }
}

/** Pinned first, then newest first. */
export const orderedFlows = (flows: readonly Flow[], notes: AttemptNotes): readonly Flow[] =>
  flows
    .filter((flow) => !notes[flow.id]?.deleted)
    .toSorted((a, b) => Number(isPinned(notes, b)) - Number(isPinned(notes, a)) || b.startedAt - a.startedAt)

interface Qualifiers {
  readonly text: string
  readonly is?: string
  readonly owner?: string
  readonly rule?: string
  readonly client?: string
}

/** `is:failed owner:client rule:state-mismatch client:my-spa free text` */
export const readQuery = (query: string): Qualifiers => {
  const found: Record<string, string> = {}
  const text = query
    .split(/\s+/)
    .filter((word) => {
      const match = /^(is|owner|rule|client):(\S+)$/.exec(word)
      if (match?.[1] && match[2]) found[match[1]] = match[2].toLowerCase()
      return !match
    })
    .join(' ')
    .trim()
  return { text, ...found }
}

/** What of an attempt the filter box compares text with. */
const searchable = (analysis: Analysis, flow: Flow, notes: AttemptNotes): string =>
  [
    notes[flow.id]?.name ?? '',
    flow.client_id ?? '',
    flow.issuer ?? '',
    flow.redirect_uri ?? '',
    serverLabel(flow),
    hostOf(serverUrl(flow) ?? ''),
    flowName[flow.kind],
    statusWord[flow.status],
    flow.summary,
    ...findingsOf(analysis, flow).flatMap((finding) => [finding.rule, finding.title, finding.cause]),
  ]
    .join('\n')
    .toLowerCase()

export const matchesFilter = (
  analysis: Analysis,
  flow: Flow,
  notes: AttemptNotes,
  query: string,
  outcome: OutcomeFilter,
): boolean => {
  const { text, is, owner, rule, client } = readQuery(query)
  const findings = findingsOf(analysis, flow)
  return (
    (outcome === 'all' || (outcome === 'risk' ? riskCount(analysis, flow) > 0 : flow.status === outcome)) &&
    (is === undefined || flow.status === is || (is === 'risk' && riskCount(analysis, flow) > 0)) &&
    (owner === undefined || findings.some((finding) => finding.owner === owner)) &&
    (rule === undefined || findings.some((finding) => finding.rule.includes(rule))) &&
    (client === undefined || (flow.client_id ?? '').toLowerCase().includes(client)) &&
    (text === '' || searchable(analysis, flow, notes).includes(text.toLowerCase()))
  )
}

/**
 * The attempt that is shown while the user has chosen none: the newest if it failed or is under way,
 * else the newest failure that no later login of the same client has made good, else the newest.
 */
export const defaultFlow = (flows: readonly Flow[]): Flow | undefined => {
  const newestFirst = flows.toSorted((a, b) => b.startedAt - a.startedAt)
  const [newest] = newestFirst
  if (newest?.status === 'failed' || newest?.status === 'pending') return newest
  const unresolved = newestFirst.find(
    (flow, index) =>
      flow.status === 'failed' &&
      !newestFirst
        .slice(0, index)
        .some(
          (later) =>
            (later.status === 'succeeded' || later.status === 'delivered') &&
            later.client_id === flow.client_id &&
            later.kind === flow.kind,
        ),
  )
  return unresolved ?? newest
}
