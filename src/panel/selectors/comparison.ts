import { type Difference, compareFlows } from '../../exports/compare'
import type { Analysis, Flow } from '../../model/analysis'
import { isSecretParameter } from '../../model/secrets'
import type { Remembered } from './good-logins'
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
  readonly choices: readonly { readonly key: string; readonly words: string }[]
  readonly chosen: string
  readonly summary: string
  readonly rows: readonly ComparisonRow[]
}

const choiceWords = (flow: Flow, isRemembered: boolean): string =>
  `${statusWord[flow.status]}: ${clientLabel(flow)}, ${clockTime(flow.startedAt)}${isRemembered ? ', remembered' : ''}`

/** A login that worked says most, of the same client and kind, and the one nearest in time. */
const likeness = (flow: Flow, other: Flow): number =>
  (other.client_id === flow.client_id ? 4 : 0) +
  (other.status === 'succeeded' && flow.status !== 'succeeded' ? 2 : 0) +
  (other.kind === flow.kind ? 1 : 0)

interface Candidate extends Remembered {
  readonly key: string
}

/** Best first. An attempt of another recording may have the id of one of this. */
const candidates = (
  analysis: Analysis,
  flow: Flow,
  flows: readonly Flow[],
  remembered: readonly Remembered[],
): readonly Candidate[] =>
  [
    ...flows.filter((other) => other.id !== flow.id).map((other) => ({ key: other.id, flow: other, analysis })),
    ...remembered.map((other) => ({ key: `remembered ${other.flow.startedAt}`, ...other })),
  ].toSorted(
    ({ flow: a }, { flow: b }) =>
      likeness(flow, b) - likeness(flow, a) ||
      Math.abs(a.startedAt - flow.startedAt) - Math.abs(b.startedAt - flow.startedAt),
  )

/** When a login of the same client worked, for a failed one to be compared with; null when none is known. */
export const goodLoginAt = (
  analysis: Analysis,
  flow: Flow,
  flows: readonly Flow[],
  remembered: readonly Remembered[],
): string | null => {
  if (flow.status !== 'failed' || flow.client_id === undefined) return null
  const [best] = candidates(analysis, flow, flows, remembered)
  return best?.flow.status === 'succeeded' && best.flow.client_id === flow.client_id
    ? clockTime(best.flow.startedAt)
    : null
}

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
  remembered: readonly Remembered[] = [],
): ComparisonView | null => {
  const others = candidates(analysis, flow, flows, remembered)
  const other = others.find((candidate) => candidate.key === wanted) ?? others[0]
  if (!other) return null
  const { differences, summary } = compareFlows(other.flow, flow, other.analysis, analysis)
  const shown = ({ name, part }: Difference, value: string | undefined) =>
    value === undefined ? null : isSecretParameter(name) || part === 'request.cookies' ? maskedText(value) : value
  return {
    choices: others.map((candidate) => ({
      key: candidate.key,
      words: choiceWords(candidate.flow, candidate.analysis !== analysis),
    })),
    chosen: other.key,
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
