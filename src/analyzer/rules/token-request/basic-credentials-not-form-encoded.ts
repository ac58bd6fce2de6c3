import { basicCredentials } from '../../recognition/token-request'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { list } from '../shared/text'
import { judgeAuthentication, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

/** Characters that mean something else once a server form-decodes the credentials. */
const reserved: readonly (readonly [string, RegExp])[] = [
  ['`+`', /\+/],
  ['`%`', /%(?![0-9A-F]{2})/i],
  ['characters outside of ASCII', /[^\x20-\x7e]/],
]

export const basicCredentialsNotFormEncoded = defineRule({
  id: 'basic-credentials-not-form-encoded',
  title: 'The secret has characters that must be encoded in the Authorization header',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error:invalid_client', 'token_error:', 'token_unusable'],
  what: 'The Basic header of the token request holds a client_id or secret with raw `+`, `%` or non-ASCII characters.',
  why: 'Both are form-encoded before they are put into the header; a server that decodes them gets another secret.',
  toldApart: 'Most secrets have no such characters; a secret with percent-escapes was encoded already.',
  silentWhen: 'The client was not refused, or the credentials are not readable.',
  references: [rfc(6749, '2.3.1'), rfc(6749, 'B')],
  covers: ['basic-credentials-not-form-encoded'],

  check: (file) =>
    judgeAuthentication(file, 'Look at the characters of the client secret.', ({ call, point }) => {
      const credentials = basicCredentials(call.exchange)
      if (credentials.state === 'absent') return notApplicable
      if (credentials.state === 'unobserved') return indeterminate(credentials.because)
      const { id, secret } = credentials.value
      const found = reserved.filter(([, pattern]) => pattern.test(id) || pattern.test(secret)).map(([name]) => name)
      if (found.length === 0) return pass('the credentials have no characters that need encoding')
      return fail({
        confidence: 'likely',
        cause: `The credentials in the Authorization header contain ${list(found)} as they are. The server decodes them as form data before it compares, gets another secret, and answered ${saidBy(point)}.`,
        evidence: [
          exchangeEvidence(call.exchange, 'request.headers', {
            label: 'Authorization',
            parameter: 'Authorization',
            actual: `Basic, with raw ${found.join(', ')}`,
            expected: 'client_id and secret form-encoded, then base64',
          }),
          statusEvidence(call.exchange),
        ],
        fix: {
          summary: 'Form-encode client_id and secret before joining them with a colon and encoding the pair as base64.',
          steps: [
            'Apply encodeURIComponent (with `+` for a space) to each of the two.',
            'Or issue a secret of letters, digits, `-` and `_`, or use client_secret_post.',
          ],
        },
        candidates: [
          {
            rule: 'client-secret-wrong',
            title: 'The client secret was refused',
            check: 'Send the same secret with client_secret_post: if that is refused too, the secret is wrong.',
          },
        ],
      })
    }),
})
