import type { TokenRequest } from '../../../model/message'
import { paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { refreshCallsOf } from '../../facts/refresh'
import { type Verdict, notApplicable, pass } from '../rule'
import { type Refusal, grantOf, refusalsOf } from './token-calls'

/** A refused renewal: the call, the token it presented, and the other calls of the recording that presented the same. */
export interface RefusedRefresh extends Refusal {
  readonly token: string
  readonly others: readonly TokenRequest[]
}

/** Judges the renewal of this attempt that was refused, when the answer can be about what `accepts` says. */
export const judgeRefresh = (
  file: CaseFile,
  accepts: (refusal: Refusal) => boolean,
  judge: (refused: RefusedRefresh) => Verdict,
): Verdict => {
  const isRefresh = (call: TokenRequest) => grantOf(call) === 'refresh_token'
  if (!file.tokenCalls.some(isRefresh)) return notApplicable
  const refusal = refusalsOf(file).find((candidate) => isRefresh(candidate.call) && accepts(candidate))
  const token = refusal && paramValue(refusal.call.parameters, 'refresh_token')
  if (!refusal) return pass()
  if (token === undefined) return notApplicable
  const others = refreshCallsOf(file.world).filter(
    (call) => call.exchange.id !== refusal.call.exchange.id && paramValue(call.parameters, 'refresh_token') === token,
  )
  return judge({ ...refusal, token, others })
}
