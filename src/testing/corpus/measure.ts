import { analyze } from '../../analyzer/analyze'
import { LATER } from '../builders'
import type { CorpusEntry } from './entry'

export interface Measured {
  /** `false accusation`: a healthy login has a failure finding. `missing`: a failing one has no root cause. */
  readonly outcome: 'right' | 'wrong' | 'missing' | 'false accusation'
  /** The first root cause named, or `null`. */
  readonly said: string | null
}

/** Compares the diagnosis of one corpus entry with what is known to be its cause. */
export const measure = ({ recording, expected }: CorpusEntry): Measured => {
  const { flows, findings } = analyze(recording, LATER)
  const causes = flows.flatMap(({ rootCause }) => findings.filter(({ id }) => id === rootCause).map(({ rule }) => rule))
  if (expected.rootCause === null) {
    const accused = findings.find(({ category }) => category === 'failure')
    return accused ? { outcome: 'false accusation', said: accused.rule } : { outcome: 'right', said: null }
  }
  const [said] = causes
  if (said === undefined) return { outcome: 'missing', said: null }
  // One login failed, so one cause is right; a second one would be an accusation too many.
  return causes.length === 1 && said === expected.rootCause ? { outcome: 'right', said } : { outcome: 'wrong', said }
}
