import type { TokenRequest } from '../../../model/message'
import { paramValue } from '../../../model/parameters'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { duration, quote } from '../shared/text'
import { refusalsOf, saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const codeSpentByFailedExchange = defineRule({
  id: 'code-spent-by-failed-exchange',
  title: 'The code was used up by an exchange that had failed before',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: ['token_error', 'token_unusable', 'token_unreachable'],
  what: 'Two token requests carry the same code. The first failed; the second was refused because of the code.',
  why: 'Most servers use up a code by the first exchange that gets past the client’s authentication, successful or not. The error of the second is a consequence.',
  toldApart:
    'After a 401 for the client, or after a nonce was asked for, the code is still good and repeating it is right.',
  silentWhen: 'The code was sent once, or the first exchange got tokens (`code-redeemed-twice`).',
  references: [rfc(6749, '4.1.2'), rfc(6749, '10.5')],
  covers: ['code-spent-by-failed-exchange'],

  check: (file) => {
    const refused = refusalsOf(file).findLast(
      ({ point }) => point.error === 'invalid_grant' || point.error === undefined,
    )
    const code = refused && paramValue(refused.call.parameters, 'code')
    if (!refused || code === undefined) return notApplicable
    const before = file.tokenCalls.filter(
      (call) => call !== refused.call && call.at < refused.call.at && paramValue(call.parameters, 'code') === code,
    )
    if (before.length === 0) return pass()
    const first = before.find((call) => spends(call))
    if (!first) return pass('the exchange before did not use up the code')
    const error = paramValue(first.response.parameters, 'error')
    const point = file.failurePoints.find(({ message }) => message === first)
    const said =
      point?.transport !== undefined
        ? `ended in ${quote(point.transport)}`
        : `was answered ${point ? saidBy(point) : statusEvidence(first.exchange).actual}`
    return fail({
      confidence: 'likely',
      cause: `The same code was sent twice, ${duration(refused.call.at - first.at)} apart. The first exchange ${said}, and used up the code. That the second was answered ${saidBy(refused.point)} is its consequence.`,
      evidence: [
        statusEvidence(first.exchange, 'answer to the first exchange'),
        ...(error === undefined ? [] : [parameterEvidence(first.response.parameters, 'error')]),
        parameterEvidence(refused.call.parameters, 'code', { actual: 'the same code again' }),
        statusEvidence(refused.call.exchange, 'answer to the second exchange'),
      ],
      fix: {
        summary: 'Fix what the first exchange was refused for, and do not send the same code again.',
        steps: [
          'Read the first answer, not the last one.',
          'After a failed exchange start a new login: a code cannot be tried twice. Switch off automatic retries of the token request.',
        ],
      },
    })
  },
})

/** Whether the server may have used up the code: it got past the client’s authentication, or nobody saw how it ended. */
const spends = ({ exchange, response }: TokenRequest): boolean => {
  const status = exchange.status.state === 'present' ? exchange.status.value : undefined
  const error = paramValue(response.parameters, 'error')
  return (
    status === undefined ||
    (status >= 400 && status !== 401 && error !== 'invalid_client' && error !== 'use_dpop_nonce')
  )
}
