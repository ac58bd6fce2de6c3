import type { Finding } from '../model/analysis'
import { flowsOf, type ExportInput } from './prepare'
import { sentence } from './text'
import { generator } from './trace'
import { kindName } from './words'

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

/** SARIF 2.1.0 for continuous integration: a result for each finding. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export const writeSarif = (input: ExportInput): string => `${JSON.stringify(sarifOf([input]), null, 2)}\n`

/** One run for each recording. */
export const sarifOf = (inputs: readonly ExportInput[]) => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: inputs.map(runOf),
})

const runOf = (input: ExportInput) => {
  const shown = new Set(flowsOf(input).map(({ id }) => id))
  const findings = input.analysis.findings.filter(({ flow }) => shown.has(flow))
  const rules = [...new Map(findings.map((finding) => [finding.rule, finding])).values()]
  return {
    tool: {
      driver: { ...generator, rules: rules.map(ruleOf) },
    },
    results: findings.map((finding) =>
      resultOf(
        finding,
        rules.findIndex(({ rule }) => rule === finding.rule),
        input,
      ),
    ),
  }
}

const ruleOf = ({ rule, title, severity, references, category }: Finding) => ({
  id: rule,
  shortDescription: { text: sentence(title) },
  defaultConfiguration: { level: levels[severity] },
  ...(references[0] ? { helpUri: references[0].url } : {}),
  properties: { tags: [category] },
})

const resultOf = (finding: Finding, ruleIndex: number, { source = 'recording', analysis }: ExportInput) => {
  const flow = analysis.flows.find(({ id }) => id === finding.flow)
  const steps = (flow?.steps ?? []).filter(({ id }) => finding.steps.includes(id))
  const physicalLocation = { artifactLocation: { uri: encodeURI(source) } }
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: `${sentence(finding.title)} ${finding.cause} Fix: ${finding.fix.summary}` },
    locations: [
      {
        physicalLocation,
        logicalLocations: placesOf(finding),
      },
    ],
    ...(steps.length > 0
      ? {
          codeFlows: [
            {
              threadFlows: [
                {
                  locations: steps.map((step) => ({
                    location: {
                      physicalLocation,
                      message: { text: `${kindName(step.kind)} ${step.status ?? ''}`.trim() },
                    },
                  })),
                },
              ],
            },
          ],
        }
      : {}),
    partialFingerprints: { 'loginscopeFinding/v1': finding.id },
    properties: { category: finding.category, confidence: finding.confidence, owner: finding.owner },
  }
}

/** Two pieces of evidence may be of one place; SARIF wants each once. */
const placesOf = ({ evidence }: Finding) => {
  const places = evidence.map(({ where }) => ({
    name: where.parameter ?? where.part,
    fullyQualifiedName: [where.exchangeId, where.part, where.parameter].filter(Boolean).join('/'),
    kind: 'member',
  }))
  return [...new Map(places.map((place) => [place.fullyQualifiedName, place])).values()]
}
