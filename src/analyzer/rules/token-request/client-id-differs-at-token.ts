import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { isCodeExchange, judgeUnseen, refusalsOf, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

const CHECK = 'Compare the client_id that your server sends to the token endpoint with the one above.'

export const clientIdDiffersAtToken = defineRule({
  id: 'client-id-differs-at-token',
  title: 'The code is redeemed by another client than the one that asked for it',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The `client_id` of the token request is compared with the `client_id` of the authorization request.',
  why: 'A code is bound to the client it was issued to; another client gets `invalid_grant` or `invalid_client`.',
  toldApart: 'Both values were seen, in the body or in the Basic header.',
  silentWhen: 'The token request names no client, or the exchange was not seen.',
  references: [rfc(6749, '4.1.3'), rfc(6749, '5.2')],
  covers: ['client-id-differs-at-token'],

  check: (file) => {
    const exchanges = file.tokenCalls.filter(isCodeExchange)
    if (exchanges.length === 0) return judgeUnseen(file, CHECK)
    const refusal = refusalsOf(file).find(({ call }) => isCodeExchange(call))
    const call = refusal?.call ?? exchanges.at(-1)!
    const asked = file.asked('client_id')
    const sent = call.client_id
    if (asked.state === 'unobserved') return indeterminate(asked.because, CHECK)
    if (sent.state === 'unobserved') return indeterminate(sent.because, CHECK)
    if (asked.state === 'absent' || sent.state === 'absent') return notApplicable
    if (asked.value === sent.value) return pass('both requests are of the same client')
    return fail({
      confidence: 'certain',
      cause: `The login was started by ${quote(asked.value)}; the token request is of ${quote(sent.value)}. A code works for the client it was issued to only.${refusal ? ` The server answered ${saidBy(refusal.point)}.` : ''}`,
      evidence: [
        parameterEvidence(call.parameters, 'client_id', { actual: sent.value, expected: asked.value }),
        parameterEvidence(file.request!.parameters, 'client_id'),
        statusEvidence(call.exchange),
      ],
      fix: {
        summary: `Redeem the code as ${quote(asked.value)}.`,
        steps: ['Let page and back end read client_id from one configuration, of the same environment.'],
      },
    })
  },
})
