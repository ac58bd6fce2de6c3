import { param, paramValue } from '../../../model/parameters'
import { rejectionOf } from '../../facts/rejection'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { defectOfS256 } from '../shared/pkce'
import { isUnspecific, rejectionEvidence } from '../shared/rejection-words'

export const pkceChallengeMalformed = defineRule({
  id: 'pkce-challenge-malformed',
  title: 'The code_challenge is not what S256 makes',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['authorization_error:invalid_request', 'authorization_page', 'pushed_error', 'token_error'],
  what: 'With method S256 the challenge is a SHA-256 hash in base64url: 43 characters. The one that was sent is not, and the request or the exchange failed.',
  why: 'The server cannot match it with any verifier; the usual slips are base64 instead of base64url, the hash in hexadecimal, and padding.',
  toldApart:
    'A challenge of the right form that does not fit its verifier is a mix-up of two logins, not a wrong encoding.',
  silentWhen: 'The method is not S256, or the challenge is hidden in a request object.',
  references: [rfc(7636, '4.2')],
  covers: ['pkce-challenge-malformed'],

  check(file) {
    const rejection = rejectionOf(file)
    const exchanged = file.failurePoints.find(
      ({ kind, error, status }) =>
        kind === 'token_error' &&
        (error === undefined
          ? status === 400 || status === 401
          : error === 'invalid_grant' || error === 'invalid_request'),
    )
    const parameters = rejection?.parameters ?? file.request?.parameters
    if (!parameters) return notApplicable
    const challenge = param(parameters, 'code_challenge')
    if (challenge.state !== 'present' || paramValue(parameters, 'code_challenge_method') !== 'S256')
      return notApplicable
    const verifiers = file.tokenCalls.map((call) => paramValue(call.parameters, 'code_verifier'))
    if (verifiers.includes(challenge.value)) return pass('the code_challenge is the verifier itself')
    const defect = defectOfS256(challenge.value)
    if (!defect) return pass('the code_challenge has the form that S256 makes')
    const isRejected = rejection !== undefined && isUnspecific(rejection)
    if (!isRejected && !exchanged) return pass('the server did not mind the form of the code_challenge')
    return fail({
      confidence: 'certain',
      cause: `The request says \`code_challenge_method=S256\`, and its code_challenge ${defect}. The base64url form of a SHA-256 hash has 43 characters of A–Z, a–z, 0–9, - and _.`,
      evidence: [
        parameterEvidence(parameters, 'code_challenge', { expected: '43 characters of base64url, without =' }),
        isRejected ? rejectionEvidence(rejection) : statusEvidence(exchanged!.exchange),
      ],
      fix: {
        summary: 'Send base64url(SHA-256(code_verifier)) as code_challenge, without padding.',
        steps: [
          'Hash the ASCII bytes of the verifier, take the 32 raw bytes (not their hexadecimal text), and encode them as base64url: + becomes -, / becomes _, and = is left out.',
          'Or let the client library do it.',
        ],
      },
    })
  },
})
