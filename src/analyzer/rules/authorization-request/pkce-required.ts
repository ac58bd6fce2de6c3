import { param, paramValue } from '../../../model/parameters'
import { askedOf, rejectionOf, successesOfClient } from '../../facts/rejection'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { isUnspecific, rejectionEvidence, rejectionText } from '../shared/rejection-words'

const pkceWords = /\bpkce\b|code[\s_-]?challenge|proof key/i

export const pkceRequired = defineRule({
  id: 'pkce-required',
  title: 'The server requires PKCE and the request has none',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['authorization_error:invalid_request', 'authorization_page', 'pushed_error'],
  what: 'The request has no code_challenge and was refused as invalid; the server’s words, a login of the same client that worked with one, or its metadata point to PKCE.',
  why: 'Servers may insist on PKCE, for public clients or for all; OAuth 2.1 does.',
  toldApart:
    'A request with a code_challenge that was refused has another reason. Without words or comparison the metadata is only a hint.',
  silentWhen: 'The request asks for no code, its parameters could not be seen, or it was accepted.',
  references: [rfc(7636, '4.4.1'), rfc(9700, '2.1.1')],
  covers: [],

  check(file) {
    const rejection = rejectionOf(file)
    if (!rejection) return file.response ? pass('the server took the request') : notApplicable
    const { parameters, text } = rejection
    const type = paramValue(parameters, 'response_type')
    if (type !== undefined && !type.split(' ').includes('code')) return notApplicable
    const challenge = param(parameters, 'code_challenge')
    if (challenge.state === 'unobserved') return notApplicable
    if (challenge.state === 'present') return pass('the request has a code_challenge')
    const told = text.state === 'present' && pkceWords.test(text.value)
    if (!told && (!isUnspecific(rejection) || rejection.by === 'page'))
      return pass('the server refused it for another reason')
    const worked = successesOfClient(file).some((success) => askedOf(success, 'code_challenge') !== undefined)
    const announced = Array.isArray(file.metadata?.document['code_challenge_methods_supported'])
    if (!told && !worked && !announced) {
      return text.state === 'present' && text.value !== ''
        ? pass('the server’s words are about something else')
        : indeterminate(
            'The server does not say what is wrong.',
            'Send a code_challenge and see whether it is accepted.',
          )
    }
    if (!told && !worked && text.state === 'present') return pass('the server’s words are about something else')
    return fail({
      confidence: told ? 'certain' : 'likely',
      ...(!told && !worked && { depth: 'statement' as const }),
      cause:
        `The request has no \`code_challenge\`, and the authorization server ${rejectionText(rejection)}.` +
        (worked ? ' A login of the same client with one worked.' : '') +
        (!told && !worked ? ' Its metadata says that it speaks PKCE, and nothing else in the request stands out.' : ''),
      evidence: [
        parameterEvidence(parameters, 'code_challenge', { actual: 'missing', expected: '43 characters, S256' }),
        rejectionEvidence(rejection),
      ],
      fix: {
        summary:
          'Send `code_challenge` and `code_challenge_method=S256` in the authorization request, and the `code_verifier` in the token request.',
        steps: [
          'Switch PKCE on in the client library (most have it on by default: look for a setting that turns it off).',
          'Keep the code_verifier of each login until its callback.',
        ],
      },
    })
  },
})
