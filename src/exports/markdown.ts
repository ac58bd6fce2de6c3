import type { Analysis, Finding, Flow } from '../model/analysis'
import { findingOf, findingsOf, flowsOf, type ExportInput } from './prepare'
import { sentence } from './text'
import { generator, isoTime } from './trace'
import { flowName, kindName, offsetOf, ownerNames, shortUrl, statusNames } from './words'

/** A short report for an issue: the sentence, the evidence, the timeline, the environment. */
export const writeMarkdown = (input: ExportInput): string => {
  const flows = flowsOf(input)
  const sections = flows.map((flow) => sectionOf(input.analysis, flow))
  return `${[...(sections.length > 0 ? sections : ['No login found in this recording.']), environmentOf(input)].join('\n\n')}\n`
}

const sectionOf = (analysis: Analysis, flow: Flow): string => {
  const cause = findingOf(analysis, flow.rootCause)
  const others = findingsOf(analysis, flow).filter(({ id, category }) => id !== flow.rootCause && category !== 'info')
  return [
    `## ${escape(cause ? sentence(cause.title) : `${flowName(flow)}: ${statusNames[flow.status]}`)}`,
    ...(cause ? causeOf(cause) : []),
    timelineOf(flow),
    ...(others.length > 0
      ? [
          `**Also noticed**\n\n${others.map(({ title, fix }) => `- ${escape(sentence(title))} ${escape(fix.summary)}`).join('\n')}`,
        ]
      : []),
  ].join('\n\n')
}

const causeOf = (finding: Finding): readonly string[] => [
  `*${ownerNames[finding.owner]}${finding.confidence === 'likely' ? ', likely' : ''}*`,
  escape(finding.cause),
  `**Fix** ${escape(finding.fix.summary)}${finding.fix.steps.map((step) => `\n1. ${escape(step)}`).join('')}`,
  [
    '| Evidence | Seen | Expected |',
    '|---|---|---|',
    ...finding.evidence.map(
      ({ label, actual, expected }) => `| ${cell(label)} | ${code(actual)} | ${code(expected)} |`,
    ),
  ].join('\n'),
  ...(finding.ruledOut.length > 0
    ? [`**Ruled out** ${finding.ruledOut.map(({ rule, because }) => `${rule} (${escape(because)})`).join(' · ')}`]
    : []),
  ...(finding.notObservable.length > 0 ? [`**Could not see** ${finding.notObservable.map(escape).join(' ')}`] : []),
]

const timelineOf = (flow: Flow): string =>
  [
    `<details><summary>${flow.steps.length} steps: ${escape(flowName(flow))}, ${kindName(flow.kind)}, ${statusNames[flow.status]}</summary>`,
    '',
    '| Time | Step | URL | Status |',
    '|---|---|---|---|',
    ...flow.steps.map(
      (step) =>
        `| ${offsetOf(flow, step)} | ${step.outcome === 'failed' ? '✖ ' : ''}${kindName(step.kind)} | ${code(shortUrl(step.url))} | ${step.status ?? (step.outcome === 'unobserved' ? 'not seen' : '')} |`,
    ),
    '',
    '</details>',
  ].join('\n')

const environmentOf = ({ recording, redaction, exportedAt }: ExportInput): string => {
  const started = recording.events.find((event) => event.type === 'recording.started')
  const removed =
    redaction.mode === 'none' ? 0 : Object.values(redaction.receipt).reduce((sum, count) => sum + count, 0)
  return [
    `Loginscope ${generator.version}`,
    ...(started?.type === 'recording.started' && started.userAgent ? [code(started.userAgent)] : []),
    ...(started ? [`recorded ${isoTime(started.at)}`] : []),
    `exported ${exportedAt}`,
    redaction.mode === 'none' ? 'not redacted' : `${removed} secrets replaced by labels`,
  ].join(' · ')
}

const escape = (text: string): string => text.replace(/[<>]/g, (character) => (character === '<' ? '&lt;' : '&gt;'))

const cell = (text: string): string =>
  escape(text)
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, ' ')

const code = (text: string | undefined): string => {
  if (text === undefined || text === '') return ''
  const oneLine = text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')
  const fence = '`'.repeat(Math.max(0, ...(oneLine.match(/`+/g) ?? []).map((run) => run.length)) + 1)
  return fence.length > 1 ? `${fence} ${oneLine} ${fence}` : `\`${oneLine}\``
}
