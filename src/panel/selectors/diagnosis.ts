import type { Analysis, Evidence, Finding, Flow, FlowStatus, Locator, Owner } from '../../model/analysis'
import { type Difference, differenceOf } from './difference'
import { findingsOf } from './flow-rows'
import { clientLabel, hostOf, serverLabel } from './parties'
import { plainProse } from './prose'
import { clockTime, durationWords } from './time'
import {
  confidenceHint,
  confidenceWord,
  flowName,
  ownerHint,
  ownerWord,
  partWord,
  plural,
  ruleWords,
  stepName,
} from './words'

export interface EvidenceRow {
  readonly key: string
  readonly stepId: string | null
  /** The attempt the step belongs to. */
  readonly flowId: string
  /** `step 5, Token request`, or what is known of the place when it is not a step of the attempt. */
  readonly place: string
  readonly part: string
  readonly label: string
  readonly where: Locator
  readonly actual?: string
  readonly expected?: string
  readonly difference: Difference | null
}

export interface FindingCard {
  readonly id: string
  readonly title: string
  readonly cause: string
  readonly category: Finding['category']
  readonly owner: { readonly key: Owner; readonly word: string; readonly hint: string }
  readonly confidence: { readonly word: string; readonly hint: string; readonly certain: boolean }
  readonly fix: Finding['fix']
  readonly evidence: readonly EvidenceRow[]
  /** The comparison that is shown large, when one piece of evidence explains the failure by itself. */
  readonly comparison: EvidenceRow | null
  readonly ruledOut: readonly { readonly title: string; readonly because: string }[]
  readonly notObservable: readonly string[]
  readonly candidates: readonly { readonly title: string; readonly check: string }[]
  readonly references: Finding['references']
  readonly why: readonly string[]
}

export interface Diagnosis {
  readonly status: FlowStatus
  /** The heading of the region. */
  readonly heading: string
  readonly sentence: string
  readonly rootCause: FindingCard | null
  readonly symptoms: readonly FindingCard[]
  readonly others: readonly FindingCard[]
  /** What nobody could see in this attempt, when there is no card to say it. */
  readonly unseen: readonly string[]
}

const evidenceRow = (analysis: Analysis, own: Flow, evidence: Evidence, index: number): EvidenceRow => {
  const holds = (candidate: Flow) => candidate.steps.some((step) => step.exchangeId === evidence.where.exchangeId)
  const flow = holds(own) ? own : (analysis.flows.find(holds) ?? own)
  const position = flow.steps.findIndex((step) => step.exchangeId === evidence.where.exchangeId)
  const step = flow.steps[position]
  const { actual, expected, label, where } = evidence
  return {
    key: `${index}:${where.exchangeId}:${where.part}:${where.parameter ?? ''}`,
    stepId: step?.id ?? null,
    flowId: flow.id,
    place: step
      ? `${flow === own ? 'step' : 'another attempt, step'} ${position + 1}, ${stepName[step.kind]}`
      : 'outside this attempt',
    part: partWord[where.part] ?? where.part,
    label,
    where,
    ...(actual === undefined ? {} : { actual }),
    ...(expected === undefined ? {} : { expected }),
    difference: actual !== undefined && expected !== undefined ? differenceOf(actual, expected) : null,
  }
}

/** Sentences are not compared by character, and values with nothing in common only when both are values. */
const isComparable = ({ difference, actual = '', expected = '' }: EvidenceRow): boolean =>
  difference !== null && (difference.pieces !== undefined || !/\s/.test(actual + expected))

const whyWords = (flow: Flow, finding: Finding): readonly string[] => {
  const number = (id: string) => flow.steps.findIndex((step) => step.id === id || step.exchangeId === id) + 1
  const joined = flow.links
    .filter((link) => number(link.from) > 0 && number(link.to) > 0)
    .map((link) => `steps ${number(link.from)} and ${number(link.to)} by ${link.by}`)
  return [
    `${confidenceWord[finding.confidence]}. ${confidenceHint[finding.confidence]}`,
    `Found by the rule “${finding.rule}”.`,
    ...(joined.length > 0 ? [`The steps belong together: ${[...new Set(joined)].join('; ')}.`] : []),
  ]
}

export const findingCard = (analysis: Analysis, flow: Flow, finding: Finding): FindingCard => {
  const evidence = finding.evidence.map((item, index) => evidenceRow(analysis, flow, item, index))
  return {
    id: finding.id,
    title: plainProse(finding.title),
    cause: finding.cause,
    category: finding.category,
    owner: { key: finding.owner, word: ownerWord[finding.owner], hint: ownerHint[finding.owner] },
    confidence: {
      word: confidenceWord[finding.confidence],
      hint: confidenceHint[finding.confidence],
      certain: finding.confidence === 'certain',
    },
    fix: finding.fix,
    evidence,
    comparison: evidence.find(isComparable) ?? null,
    ruledOut: finding.ruledOut.map(({ rule, because }) => ({ title: ruleWords(rule), because })),
    notObservable: finding.notObservable,
    candidates: (finding.candidates ?? []).map(({ title, check }) => ({ title: plainProse(title), check })),
    references: finding.references,
    why: whyWords(flow, finding),
  }
}

const outcomeSentence = (flow: Flow): string => {
  const end = flow.endedAt ?? flow.steps.at(-1)?.at ?? flow.startedAt
  const so = `\`${clientLabel(flow)}\` at ${serverLabel(flow)}: ${flowName[flow.kind].toLowerCase()}, ${plural(flow.steps.length, 'step')}`
  switch (flow.status) {
    case 'succeeded':
      return `${so} in ${durationWords(end - flow.startedAt)}. Nothing failed.`
    case 'delivered':
      return `${so} in ${durationWords(end - flow.startedAt)}. Nothing that was seen failed; no token and no session was seen either. If you are not signed in, the log of ${hostOf(flow.redirect_uri ?? '') || 'the client'} at ${clockTime(end)} says why.`
    case 'pending':
      return `${so} so far. What happens next appears here.`
    case 'abandoned':
      return `${so}. Nothing more came, and nothing that was seen says why; the page may have been left.`
    case 'failed':
      return `${so}. What was recorded does not show the cause.`
  }
}

export const diagnosisOf = (analysis: Analysis, flow: Flow): Diagnosis => {
  const findings = findingsOf(analysis, flow)
  const root = findings.find((finding) => finding.id === flow.rootCause)
  const isSymptom = (finding: Finding) => finding !== root && finding.category === 'failure' && root !== undefined
  const rest = findings.filter((finding) => finding !== root)
  const card = (finding: Finding) => findingCard(analysis, flow, finding)
  return {
    status: flow.status,
    heading: plainProse(root ? root.title : flow.summary).replace(/\.$/, ''),
    sentence: root ? root.cause : outcomeSentence(flow),
    rootCause: root ? card(root) : null,
    symptoms: rest.filter(isSymptom).map(card),
    others: rest.filter((finding) => !isSymptom(finding)).map(card),
    unseen: root ? [] : flow.steps.flatMap((step) => step.notes),
  }
}
