import type { TokenRequest } from '../../../model/message'
import { paramValue } from '../../../model/parameters'
import { isUsable } from '../../facts/failure-points'
import { endOf, refreshCallsOf } from '../../facts/refresh'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { duration, quote } from '../shared/text'
import { grantOf, refusalsOf, saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const refreshNotReturnedNewTokenMissing = defineRule({
  id: 'refresh-not-returned-new-token-missing',
  title: 'The client refreshed without a refresh token',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'A refresh carries no `refresh_token`, or the text `undefined` or `null` in its place.',
  why: 'An answer may renew the access token without a new refresh token; the old one stays valid then, and a client that drops it has none for the next time.',
  toldApart: 'The parameter was seen to be empty; the answer before it shows whether there was a new one.',
  silentWhen: 'A refresh token was sent.',
  references: [rfc(6749, '6'), rfc(6749, '5.1')],
  covers: ['refresh-not-returned-new-token-missing'],

  check: (file) => {
    if (!file.tokenCalls.some((call) => grantOf(call) === 'refresh_token')) return notApplicable
    const refusal = refusalsOf(file).find(({ call }) => grantOf(call) === 'refresh_token' && isEmpty(call))
    if (!refusal) return pass()
    const { call, point } = refusal
    const sent = paramValue(call.parameters, 'refresh_token')
    const before = refreshCallsOf(file.world).findLast((other) => endOf(other) <= call.at && isUsable(other))
    const dropped =
      before?.response.form.state === 'present' && paramValue(before.response.parameters, 'refresh_token') === undefined
    const brought = file.world.messages.some(
      (message) =>
        message.kind === 'token_request' &&
        message.at < call.at &&
        paramValue(message.response.parameters, 'refresh_token') !== undefined,
    )
    return fail({
      confidence: 'certain',
      // Nothing shows that the client ever had one: why is another rule's matter.
      ...(!brought && { depth: 'symptom' as const }),
      cause: `The refresh has ${sent === undefined ? 'no refresh_token' : `the text ${quote(sent)} as refresh_token`}.${dropped ? ` The renewal ${duration(call.at - endOf(before))} earlier had brought no new refresh token, and the client dropped the old one, which was still valid.` : ''} The server answered ${saidBy(point)}.`,
      evidence: [
        parameterEvidence(call.parameters, 'refresh_token', {
          actual: sent ?? 'missing',
          expected: 'the last refresh token',
        }),
        ...(dropped
          ? [
              parameterEvidence(before.response.parameters, 'refresh_token', {
                label: 'refresh_token of the answer before',
                actual: 'none',
              }),
            ]
          : []),
        statusEvidence(call.exchange),
      ],
      fix: {
        summary: 'Keep the old refresh token when an answer brings no new one.',
        steps: [
          'Merge the answer into the stored tokens instead of replacing them.',
          'Without any refresh token, start a login instead of a refresh.',
        ],
      },
    })
  },
})

const isEmpty = (call: TokenRequest): boolean => {
  const sent = paramValue(call.parameters, 'refresh_token')
  return sent === undefined ? call.parameters.hidden === undefined : /^(undefined|null|\[object Object\])$/.test(sent)
}
