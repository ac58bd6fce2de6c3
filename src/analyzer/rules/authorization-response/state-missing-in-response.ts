import { hasParam } from '../../../model/parameters'
import { hasEscapes } from '../../recognition/readers'
import { acceptance } from '../shared/acceptance'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { hostOf, quote, shorten } from '../shared/text'

export const stateMissingInResponse = defineRule({
  id: 'state-missing-in-response',
  title: 'The answer came back without the state',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['callback_error', 'client_error', 'not_redeemed', 'loop'],
  clientMustReject: true,
  what: 'The request carried `state`; the answer to it has none.',
  why: 'The server must return `state` when it was sent. Without it the client cannot tell whose answer this is.',
  toldApart:
    'Logins that the server starts by itself have no request and no state; here a request with state was seen.',
  silentWhen: 'The request was not recorded or sent no `state`, or the answer is an error or could not be read whole.',
  references: [rfc(6749, '4.1.2'), rfc(6749, '4.1.2.1')],
  covers: ['state-missing-in-response'],

  check(file) {
    const { request, response } = file
    if (!request || !response || hasParam(response.parameters, 'error')) return notApplicable
    const sent = file.asked('state')
    if (sent.state === 'absent' || hasEscapes(request.sent)) return notApplicable
    if (sent.state === 'unobserved') return indeterminate(sent.because)
    const returned = file.answered('state')
    if (returned.state === 'unobserved') return indeterminate(returned.because)
    if (returned.state === 'present') return pass('the answer carries a state')
    const host = hostOf(request.exchange.url)
    return fail({
      ...acceptance(file),
      confidence: 'certain',
      cause:
        `The request sent the state ${quote(shorten(sent.value, 40))}. The answer that reached ${quote(response.deliveredTo)} has ` +
        `${response.parameters.list.map(({ name }) => quote(name)).join(', ')} and no ${quote('state')}, so the client must refuse it.`,
      evidence: [
        parameterEvidence(response.parameters, 'state', { actual: '(missing)', expected: sent.value }),
        parameterEvidence(request.parameters, 'state'),
      ],
      fix: {
        summary: `Make ${host} return ${quote('state')} unchanged.`,
        steps: [
          'Look at gateways, firewalls and rewrite rules between the authorization server and the callback: one of them may drop the parameter.',
          'If the server itself leaves it out, that is a fault of the server; report it there.',
        ],
      },
    })
  },
})
