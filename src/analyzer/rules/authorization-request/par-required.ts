import { rejectionOf } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { isUnspecific, rejectionEvidence, rejectionText } from '../shared/rejection-words'
import { quote } from '../shared/text'

const parWords = /pushed[\s_-]authorization|\bPAR\b/i

export const parRequired = defineRule({
  id: 'par-required',
  title: 'The server takes pushed requests only',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['authorization_error:invalid_request', 'authorization_page'],
  what: 'The request came with its parameters in the URL and was refused as invalid, and the server’s metadata or words say that requests have to be pushed (PAR).',
  why: 'A server may insist that the client sends the parameters itself, ahead of the browser.',
  toldApart: 'A request that names a pushed one is not this.',
  silentWhen: 'The server took the plain request.',
  references: [rfc(9126, '5')],
  covers: ['par-required'],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection || rejection.by === 'pushed')
      return file.response ? pass('the server took the request') : notApplicable
    if (file.request?.by !== 'plain') return pass('the request was pushed or signed')
    const required = file.metadata?.document['require_pushed_authorization_requests'] === true
    const told = rejection.text.state === 'present' && parWords.test(rejection.text.value)
    if (!isUnspecific(rejection) || (!required && !told)) return pass()
    const endpoint = file.metadata?.document['pushed_authorization_request_endpoint']
    return fail({
      confidence: 'certain',
      ...(!required && { depth: 'statement' as const }),
      cause:
        `The parameters were sent in the URL, and the authorization server ${rejectionText(rejection)}.` +
        (required ? ' Its metadata says `require_pushed_authorization_requests: true`.' : ''),
      evidence: [
        exchangeEvidence(file.request.exchange, 'request.query', {
          label: 'request_uri',
          parameter: 'request_uri',
          actual: 'missing',
          expected: 'the reference of a pushed request',
        }),
        rejectionEvidence(rejection),
      ],
      fix: {
        summary: `Push the parameters to ${typeof endpoint === 'string' ? quote(endpoint) : 'the server’s endpoint for pushed requests'} first, and send the browser with client_id and request_uri only.`,
        steps: ['Switch PAR on in the client library; or switch the requirement off for this client at the server.'],
      },
    })
  },
})
