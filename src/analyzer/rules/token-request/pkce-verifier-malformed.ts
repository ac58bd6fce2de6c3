import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { pkceOf } from '../shared/pkce'
import { rfc } from '../shared/references'
import { judgeExchange, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const pkceVerifierMalformed = defineRule({
  id: 'pkce-verifier-malformed',
  title: 'The code_verifier has a form that servers refuse',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'A `code_verifier` has 43 to 128 characters out of A-Z, a-z, 0-9, `-`, `.`, `_` and `~`.',
  why: 'Servers check the form before they compare, and refuse the exchange.',
  toldApart: 'Length and characters are counted; whether the verifier matches is another rule.',
  silentWhen: 'The server accepted the exchange (then it is a departure from the standard only).',
  references: [rfc(7636, '4.1')],
  covers: ['pkce-verifier-malformed'],

  check: (file) =>
    judgeExchange(file, 'Log length and characters of the code_verifier.', (call, refused) => {
      const { verifier } = pkceOf(file, call)
      if (verifier.state === 'unobserved') return indeterminate(verifier.because)
      if (verifier.state === 'absent') return notApplicable
      const { values } = file.world
      const length = values.lengthOf(verifier.value)
      const isUnreserved = ['digits', 'hex', 'unreserved'].includes(values.charsetOf(verifier.value))
      const problems = [
        ...(length < 43 || length > 128 ? [`it has ${length} characters; 43 to 128 are allowed`] : []),
        ...(isUnreserved ? [] : ['it contains characters other than A-Z, a-z, 0-9, `-`, `.`, `_` and `~`']),
      ]
      if (problems.length === 0) return pass()
      return fail({
        confidence: 'certain',
        cause: `The code_verifier is malformed: ${problems.join(', and ')}.${refused ? ` The server answered ${saidBy(refused)}.` : ''}`,
        evidence: [
          parameterEvidence(call.parameters, 'code_verifier', {
            actual: `${length} characters${isUnreserved ? '' : ', some not allowed'}`,
            expected: '43 to 128 characters of A-Z a-z 0-9 - . _ ~',
          }),
          statusEvidence(call.exchange),
        ],
        fix: {
          summary: 'Make the verifier from 32 random bytes, base64url without padding: 43 characters.',
          steps: [
            'Use a library’s generator, or crypto.getRandomValues and base64url; plain base64 has `+`, `/` and `=`.',
          ],
        },
      })
    }),
})
