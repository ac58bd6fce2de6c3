import type { CaseFile } from '../../facts/case-file'
import type { FailureKind } from '../../facts/failure-points'
import type { TransportKind } from '../../facts/transport'
import { type Rule, type Verdict, defineRule, fail, notApplicable, pass } from '../rule'
import { transportFailure, transportPoints } from './transport-failure'

type TransportRule = Omit<Rule, 'category' | 'severity' | 'depth' | 'explains' | 'check'> & {
  readonly of: readonly FailureKind[]
  readonly kinds: readonly TransportKind[]
}

/** A rule about calls that failed in one of the ways of {@link TransportKind}; they differ in nothing else. */
export const defineTransportRule = ({ of, kinds, ...rule }: TransportRule): Rule =>
  defineRule({
    ...rule,
    category: 'failure',
    severity: 'error',
    depth: 'statement',
    explains: of,
    check: (file) => checkTransport(file, of, kinds),
  })

export const checkTransport = (
  file: CaseFile,
  of: readonly FailureKind[],
  kinds: readonly TransportKind[],
): Verdict => {
  const points = transportPoints(file, of)
  if (points.length === 0) return notApplicable
  const found = points.find(({ transport }) => kinds.includes(transport))
  return found ? fail(transportFailure(file, found)) : pass()
}
