import { openCases } from '../../analyzer/analyze'
import { judge } from '../../analyzer/rules/judge'
import type { Judged } from '../../analyzer/rules/rule'
import type { Settings } from '../../messaging/contract'
import type { Analysis, Finding, Flow } from '../../model/analysis'
import type { HttpExchange } from '../../model/exchange'
import { type BlindSpot, blindSpotText } from '../../model/observed'
import { type ChecklistItem, type Need, checklist } from '../explain/checklist'
import type { EpochMs, Recording } from '../../model/recording'
import { requestFields, responseFields } from './fields'
import { findingsOf } from './flow-rows'
import { plainProse } from './prose'
import { exchangesById } from './value-index'
import { stepName } from './words'

export type CheckOutcome = 'pass' | 'fail' | 'warning' | 'unseen' | 'not-reached'

export interface CheckRow {
  readonly key: string
  readonly title: string
  readonly conformance: string | null
  readonly outcome: CheckOutcome
  readonly outcomeWord: string
  readonly because: string
  readonly stepId: string | null
}

export interface CheckGroup {
  readonly title: string
  readonly rows: readonly CheckRow[]
}

const outcomeWord: Record<CheckOutcome, string> = {
  pass: 'pass',
  fail: 'fail',
  warning: 'weak',
  unseen: 'could not see',
  'not-reached': 'not reached',
}

type Sight =
  { readonly state: 'seen' } | { readonly state: 'unseen'; readonly because: string } | { readonly state: 'missing' }

const sightOf = (need: Need, flow: Flow, exchanges: ReadonlyMap<string, HttpExchange>): Sight => {
  const steps = flow.steps.filter((step) => step.kind === need.step)
  if (steps.length === 0) return { state: 'missing' }
  const step = steps.findLast((candidate) => candidate.outcome !== 'unobserved') ?? steps[0]
  const exchange = step && exchanges.get(step.exchangeId)
  if (!exchange) return { state: 'unseen', because: step?.notes[0] ?? `${stepName[need.step]} was not visible.` }
  const because = (reason: BlindSpot): Sight => ({ state: 'unseen', because: blindSpotText[reason] })
  if (need.in === 'response' && exchange.status.state === 'unobserved' && exchange.error === undefined)
    return because(exchange.status.because)
  if (need.parameter === undefined) return { state: 'seen' }
  const fields = need.in === 'request' ? requestFields(exchange) : responseFields(exchange)
  if (fields.some((field) => field.name === need.parameter && field.value !== '')) return { state: 'seen' }
  const body = need.in === 'request' ? exchange.requestBody : exchange.responseBody
  if (body.state === 'unobserved') return because(body.because)
  if (body.state === 'present' && body.value.kind === 'lost') return because(body.value.because)
  return { state: 'missing' }
}

const isOf = (item: ChecklistItem, rule: string): boolean =>
  item.rules.some((listed) => (listed.endsWith('-') ? rule.startsWith(listed) : rule === listed))

/** Why no rule could judge, when one wanted to. */
const openQuestion = (item: ChecklistItem, verdicts: readonly Judged[]): string | null => {
  for (const { rule, verdict } of verdicts) {
    if (verdict.verdict !== 'indeterminate' || !isOf(item, rule.id)) continue
    return verdict.because in blindSpotText ? blindSpotText[verdict.because as BlindSpot] : verdict.because
  }
  return null
}

const checkRow = (
  item: ChecklistItem,
  flow: Flow,
  findings: readonly Finding[],
  exchanges: ReadonlyMap<string, HttpExchange>,
  verdicts: readonly Judged[],
): CheckRow => {
  const finding = findings.find(({ category, rule }) => category !== 'info' && isOf(item, rule))
  const kind = item.needs[0]?.step
  const step = flow.steps.findLast((candidate) => candidate.kind === kind)
  const row = (outcome: CheckOutcome, because: string, stepId = step?.id ?? null): CheckRow => ({
    key: item.title,
    title: item.title,
    conformance: item.conformance ?? null,
    outcome,
    outcomeWord: outcomeWord[outcome],
    because,
    stepId,
  })
  if (finding)
    return row(
      finding.category === 'failure' ? 'fail' : 'warning',
      plainProse(finding.title),
      finding.steps.at(-1) ?? step?.id ?? null,
    )
  const sights = item.needs.map((need) => sightOf(need, flow, exchanges))
  const unseen = sights.find((sight) => sight.state === 'unseen')
  if (unseen) return row('unseen', unseen.because)
  if (sights.some((sight) => sight.state === 'missing'))
    return row('not-reached', 'This login did not get here, or does not use it.')
  const open = openQuestion(item, verdicts)
  if (open !== null) return row('unseen', open)
  return row('pass', 'Everything needed was visible, and nothing speaks against it.')
}

/** The verdicts of all rules on one attempt, those that found nothing included. */
export const verdictsOf = (
  recording: Recording,
  now: EpochMs,
  settings: Pick<Settings, 'extraEndpoints'>,
  analysis: Analysis,
  flow: Flow,
): readonly Judged[] => {
  const position = analysis.flows.findIndex(({ id }) => id === flow.id)
  const file = openCases(recording, now, settings).cases[position]
  return file ? judge(file).verdicts : []
}

/** The attempt in the order of the protocol. What could not be seen is never a pass. */
export const checklistOf = (analysis: Analysis, flow: Flow, verdicts: readonly Judged[]): readonly CheckGroup[] => {
  const findings = findingsOf(analysis, flow)
  const exchanges = exchangesById(analysis)
  return checklist.map((group) => ({
    title: group.title,
    rows: group.items.map((item) => checkRow(item, flow, findings, exchanges, verdicts)),
  }))
}
