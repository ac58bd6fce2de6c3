import type { TokenRequest } from '../../../model/message'
import { blindSpotText, valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { withoutQuery } from '../../../model/url'
import { isOk, isUsable } from '../../facts/failure-points'
import { groupBy } from '../../../model/group-by'
import type { CaseFile } from '../../facts/case-file'
import { redeemedTwiceBefore } from '../shared/codes'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { refusedByApi, refusedCalls } from '../shared/presented-token'
import { rfc } from '../shared/references'
import { type Failure, defineRule, fail, pass } from '../rule'
import { duration } from '../shared/text'
import { isAboutTheGrant, judgeUnseen, refusalsOf } from '../shared/token-calls'

export const codeRedeemedTwice = defineRule({
  id: 'code-redeemed-twice',
  title: 'The code was redeemed twice',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: [
    'token_error:invalid_grant',
    'token_error',
    'token_unusable',
    'callback_error',
    'client_error',
    ...refusedByApi,
  ],
  what: 'Two token requests of one login, or two calls by which its page hands the code to the client’s server, carry the same code; one went well, the other was refused, or both went well and the next API call has no token.',
  why: 'A code works once. The refusal of the second exchange is what the application shows, although the first succeeded.',
  toldApart:
    'An exchange that failed first and was repeated is the fault of the first answer, not of the repetition. A DPoP nonce retry repeats the code on purpose.',
  silentWhen:
    'The earlier exchange was not answered with tokens, or the tokens it gave were used with success afterwards.',
  references: [rfc(6749, '4.1.2'), rfc(6749, '10.5')],
  covers: ['code-redeemed-twice', 'callback-processed-twice'],

  check(file) {
    const { tokenCalls } = file
    const redemptions = tokenCalls.filter((call) => paramValue(call.parameters, 'code') !== undefined)
    const handedOver = handedOverTwice(file)
    if (handedOver) return fail(handedOver)
    const lost = refusedCalls(file)
      .map(({ call }) => redeemedTwiceBefore(file, call))
      .find((pair) => pair !== undefined)
    if (lost) return fail(lostAfterwards(...lost))
    const unseen = redeemedTwiceUnseen(tokenCalls)
    if (unseen) return fail(unseen)
    if (redemptions.length === 0) return judgeUnseen(file, 'Look in the client’s log for two exchanges of one code.')
    const groups = groupBy(redemptions, (call) => paramValue(call.parameters, 'code')!)
    for (const calls of groups.values()) {
      const good = calls.find(isUsable)
      const refused = good && calls.find((call) => call !== good && endOf(call) >= good.at && !isUsable(call))
      if (good && refused) return fail(failure(good, refused))
    }
    const refusals = refusalsOf(file)
    return refusals.length > 0 && !refusals.some(isAboutTheGrant)
      ? pass()
      : pass('the code was sent to the token endpoint once')
  },
})

const endOf = ({ exchange, at }: TokenRequest): number => exchange.endedAt ?? at

const failure = (good: TokenRequest, refused: TokenRequest): Failure => {
  const apart = duration(Math.abs(refused.at - good.at))
  const error = paramValue(refused.response.parameters, 'error')
  return {
    confidence: 'certain',
    cause:
      `The same code was sent to the token endpoint twice, ${apart} apart. The first exchange got tokens; ` +
      `the second was refused${error ? ` with \`${error}\`` : ''}, and that refusal is the error the application shows.`,
    evidence: [
      parameterEvidence(refused.parameters, 'code', { actual: 'the same code again' }),
      parameterEvidence(good.parameters, 'code', { actual: 'the code, redeemed with success' }),
      statusEvidence(refused.exchange),
    ],
    fix,
  }
}

/** What the two calls carried was not seen; the page had nothing but the code of its callback to send. */
const redeemedTwiceUnseen = (calls: readonly TokenRequest[]): Failure | undefined => {
  const unseen = calls.filter(({ parameters }) => parameters.hidden !== undefined)
  const good = unseen.find(isUsable)
  const refused = good && unseen.find((call) => call !== good && endOf(call) >= good.at && !isUsable(call))
  if (!good || !refused) return undefined
  return {
    confidence: 'likely',
    cause:
      `The page made two token requests ${duration(Math.abs(refused.at - good.at))} apart. The first was answered ${valueOf(good.exchange.status)}, the second ${valueOf(refused.exchange.status) ?? 'with an error'}. ` +
      'What they carried was not visible, but a token that was issued a moment before needs no refresh: both will have redeemed the code of this callback.',
    evidence: [statusEvidence(refused.exchange), statusEvidence(good.exchange)],
    fix,
    notObservable: [blindSpotText['request-body-not-captured']],
  }
}

/** Both exchanges went well, and afterwards the client had no token: two runs of the callback got into each other's way. */
const lostAfterwards = (first: TokenRequest, second: TokenRequest): Failure => ({
  confidence: 'likely',
  cause:
    `The same code was sent to the token endpoint twice, ${duration(second.at - first.at)} apart, and both exchanges got tokens. ` +
    'The next API call had none: the second run of the callback finds its state used up and throws away what the first one got. A server may revoke these tokens as well.',
  evidence: [
    parameterEvidence(second.parameters, 'code', { actual: 'the same code again' }),
    parameterEvidence(first.parameters, 'code', { actual: 'the code, redeemed with success' }),
  ],
  fix,
})

/** The page handed its code to the client's server twice; one of the two got through. */
const handedOverTwice = (file: CaseFile): Failure | undefined => {
  const { handovers } = file.attempt
  const refusals = file.failurePoints.filter(
    ({ kind, message }) => kind === 'callback_error' && message.kind === 'code_handover',
  )
  const [refused] = refusals
  const good = handovers.find(
    (handover) => isOk(handover.exchange) && !refusals.some(({ message }) => message === handover),
  )
  if (!refused || !good) return undefined
  return {
    confidence: 'certain',
    cause:
      `The page handed the same code to ${callText(refused.exchange)} twice, ${duration(Math.abs(refused.message.at - good.at))} apart. ` +
      `One call was answered ${valueOf(good.exchange.status)}, the other ${refused.status}: the code was used up, and that error is what the application shows.`,
    evidence: [
      statusEvidence(refused.exchange),
      statusEvidence(good.exchange),
      exchangeEvidence(refused.exchange, 'request.url', {
        label: 'receiver of the code',
        actual: withoutQuery(refused.exchange.url),
      }),
    ],
    fix,
  }
}

const fix = {
  summary: 'Make the callback exchange the code once.',
  steps: [
    'Keep one promise per code outside of components and effects, and let every caller await that one.',
    'In React development builds StrictMode runs effects twice: start the exchange outside of the effect.',
    'Take `code` and `state` out of the URL with history.replaceState as soon as they were read, so that a reload does not redeem them again.',
  ],
}
