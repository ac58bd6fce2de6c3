import type { Analysis, Evidence, Finding, Flow, Step } from '../model/analysis'
import { findingOf, findingsOf, flowsOf, type ExportInput } from './prepare'
import { flowName, kindName, offsetOf, ownerNames, shortUrl, statusNames } from './words'

/** What the text is painted with; the identity functions for a file, escape codes for a terminal. */
export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
}

const plain = (text: string): string => text
export const noPaint: Paint = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain }

/** The diagnosis of every attempt as plain text. */
export const writeText = (input: ExportInput, paint: Paint = noPaint): string => {
  const flows = flowsOf(input)
  if (flows.length === 0) return 'No login found in this recording.\n'
  return `${flows.map((flow) => textOfFlow(input.analysis, flow, paint)).join('\n\n')}\n`
}

const marks: Readonly<Record<Flow['status'], string>> = {
  succeeded: '✔',
  delivered: '?',
  failed: '✖',
  pending: '◌',
  abandoned: '◌',
}

const textOfFlow = (analysis: Analysis, flow: Flow, paint: Paint): string => {
  const color = flow.status === 'failed' ? paint.red : flow.status === 'succeeded' ? paint.green : paint.yellow
  const head = `${color(marks[flow.status])} ${paint.bold(flowName(flow))}  ${kindName(flow.kind)}, ${statusNames[flow.status]}, ${flow.steps.length} ${flow.steps.length === 1 ? 'step' : 'steps'}`
  const cause = findingOf(analysis, flow.rootCause)
  const others = findingsOf(analysis, flow).filter(({ id, category }) => id !== flow.rootCause && category !== 'info')
  return [
    head,
    ...(cause ? ['', ...textOfCause(cause, analysis, paint)] : []),
    ...(flow.status === 'abandoned' ? ['', `  ${flow.summary}`] : []),
    '',
    ...flow.steps.map((step) => textOfStep(flow, step, paint)),
    ...(others.length > 0 ? ['', ...others.map((finding) => textOfOther(finding, paint))] : []),
  ].join('\n')
}

const textOfCause = (finding: Finding, analysis: Analysis, paint: Paint): readonly string[] => [
  `  ${paint.bold(sentence(finding.title))}  ${paint.yellow(ownerNames[finding.owner])}${finding.confidence === 'likely' ? paint.dim(' (likely)') : ''}`,
  `  ${finding.cause}`,
  `  ${paint.green('Fix')} ${finding.fix.summary}`,
  ...finding.fix.steps.map((step) => `    - ${step}`),
  ...(finding.fix.console ? [`    ${finding.fix.console.provider}: ${finding.fix.console.path.join(' > ')}`] : []),
  `  ${paint.dim('Evidence')}`,
  ...finding.evidence.map((evidence) => `    ${textOfEvidence(evidence)}`),
  ...(finding.candidates ?? []).map((candidate) => `    ${paint.dim('Or')} ${candidate.title}: ${candidate.check}`),
  ...finding.ruledOut.slice(0, 5).map(({ rule, because }) => `    ${paint.dim('Ruled out')} ${rule}: ${because}`),
  ...finding.notObservable.map((text) => `    ${paint.dim('Could not see')} ${text}`),
  ...finding.explains.flatMap((id) => {
    const symptom = findingOf(analysis, id)
    return symptom ? [`    ${paint.dim('Explains')} ${symptom.title}`] : []
  }),
  `  ${paint.dim(`rule ${finding.rule}`)}`,
]

const textOfEvidence = ({ label, actual, expected, where }: Evidence): string =>
  [
    label,
    ...(actual === undefined ? [] : [`= ${actual}`]),
    ...(expected === undefined ? [] : [`(expected ${expected})`]),
  ].join(' ') + ` [${where.part}]`

const textOfStep = (flow: Flow, step: Step, paint: Paint): string => {
  const mark = step.outcome === 'ok' ? paint.green('✔') : step.outcome === 'failed' ? paint.red('✖') : paint.dim('?')
  const status = step.status === undefined ? '' : `  ${step.status}`
  return `  ${mark} ${offsetOf(flow, step).padStart(9)}  ${kindName(step.kind).padEnd(24)} ${paint.dim(shortUrl(step.url) || step.notes.join(' '))}${status}`
}

const textOfOther = (finding: Finding, paint: Paint): string =>
  `  ${paint.yellow(finding.category)} ${finding.title}. ${finding.fix.summary} ${paint.dim(`rule ${finding.rule}`)}`

export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)
