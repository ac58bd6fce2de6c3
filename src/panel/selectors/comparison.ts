import { type Difference, compareFlows } from '../../exports/compare'
import type { Analysis, Flow } from '../../model/analysis'
import { isSecretParameter } from '../../model/secrets'
import { clientLabel } from './parties'
import { maskedText } from './secrets'
import { clockTime } from './time'
import { partWord, statusWord, stepName } from './words'

export interface ComparisonRow {
  readonly key: string
  readonly step: string
  readonly place: string
  readonly other: string | null
  readonly mine: string | null
  readonly isCause: boolean
  readonly sentence: string
}

export interface ComparisonView {
  /** What can be compared with, best choice first. */
  readonly choices: readonly { readonly flowId: string; readonly words: string }[]
  readonly chosen: string
  readonly summary: string
  readonly rows: readonly ComparisonRow[]
}

const choiceWords = (flow: Flow): string =>
  `${statusWord[flow.status]}: ${clientLabel(flow)}, ${clockTime(flow.startedAt)}`

/** A login that worked says most, of the same client and kind, and the one nearest in time. */
const likeness = (flow: Flow, other: Flow): number =>
  (other.client_id === flow.client_id ? 4 : 0) +
  (other.status === 'succeeded' && flow.status !== 'succeeded' ? 2 : 0) +
  (other.kind === flow.kind ? 1 : 0)

const placeWords = ({ part, name }: Difference): string => {
  const word = partWord[part]
  const own = part.endsWith('cookies') ? name.replace(/^cookie /, '') : name
  return own === '' || own.toLowerCase() === word.toLowerCase() ? word : `${word}, ${own}`
}

export const comparisonOf = (
  analysis: Analysis,
  flow: Flow,
  flows: readonly Flow[],
  wanted: string | null,
): ComparisonView | null => {
  const others = flows
    .filter((other) => other.id !== flow.id)
    .toSorted(
      (a, b) =>
        likeness(flow, b) - likeness(flow, a) ||
        Math.abs(a.startedAt - flow.startedAt) - Math.abs(b.startedAt - flow.startedAt),
    )
  const other = others.find((candidate) => candidate.id === wanted) ?? others[0]
  if (!other) return null
  const { differences, summary } = compareFlows(other, flow, analysis, analysis)
  const shown = ({ name, part }: Difference, value: string | undefined) =>
    value === undefined ? null : isSecretParameter(name) || part === 'request.cookies' ? maskedText(value) : value
  return {
    choices: others.map((candidate) => ({ flowId: candidate.id, words: choiceWords(candidate) })),
    chosen: other.id,
    summary,
    rows: differences.map((difference, index) => ({
      key: `${index}:${difference.part}:${difference.name}`,
      step: stepName[difference.step],
      place: placeWords(difference),
      other: shown(difference, difference.a),
      mine: shown(difference, difference.b),
      isCause: difference.isCause,
      sentence: difference.sentence,
    })),
  }
}
