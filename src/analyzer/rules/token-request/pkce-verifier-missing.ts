import { movedLogin } from '../../facts/login-start'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { pkceOf } from '../shared/pkce'
import { rfc } from '../shared/references'
import { judgeExchange, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const pkceVerifierMissing = defineRule({
  id: 'pkce-verifier-missing',
  title: 'The token request has no code_verifier',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The authorization request carried a `code_challenge`; the token request has no `code_verifier`.',
  why: 'The server kept the challenge with the code and refuses the code without the verifier.',
  toldApart:
    'Both requests were seen. Where the challenge may be inside a request object that could not be read, nothing is said.',
  silentWhen: 'There was no challenge.',
  references: [rfc(7636, '4.5'), rfc(7636, '4.6')],
  covers: ['pkce-verifier-missing'],

  check: (file) =>
    judgeExchange(file, 'Log whether your server sends code_verifier.', (call, refused) => {
      const { challenge, verifier } = pkceOf(file, call)
      if (challenge.state === 'unobserved') return indeterminate(challenge.because)
      if (challenge.state === 'absent') return notApplicable
      if (verifier.state === 'unobserved') return indeterminate(verifier.because)
      if (verifier.state === 'present') return pass()
      return fail({
        confidence: 'certain',
        // The page looked for it where it was not stored.
        ...(movedLogin(file) && { depth: 'statement' as const }),
        cause: `The login began with a code_challenge, so the server expects the code_verifier together with the code. The token request has none.${refused ? ` The server answered ${saidBy(refused)}.` : ''}`,
        evidence: [
          parameterEvidence(call.parameters, 'code_verifier', { actual: 'missing' }),
          parameterEvidence(file.request!.parameters, 'code_challenge'),
          statusEvidence(call.exchange),
        ],
        fix: {
          summary: 'Send the `code_verifier` of this login in the token request.',
          steps: [
            'Store the verifier when the login starts, where it survives the redirect: sessionStorage of the same origin, or the server’s session.',
            'Read it back in the callback by `state`; a new object of the client library, another origin or another tab does not have it.',
            'Where a library does the exchange, let the same library start the login.',
          ],
        },
      })
    }),
})
