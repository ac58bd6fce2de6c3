import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { pkceOf } from '../shared/pkce'
import { rfc } from '../shared/references'
import { judgeExchange, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const pkceVerifierWithoutChallenge = defineRule({
  id: 'pkce-verifier-without-challenge',
  title: 'A code_verifier was sent, but the login began without a code_challenge',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The token request has a `code_verifier`; the authorization request that reached the server had no `code_challenge`.',
  why: 'Servers must refuse a verifier for which they hold no challenge, so that nobody can strip PKCE from a login.',
  toldApart:
    'The authorization request was seen and has none. Where its parameters were pushed or signed out of sight, nothing is said.',
  silentWhen: 'The server accepted the exchange.',
  references: [rfc(9700, '4.8.2')],
  covers: ['pkce-verifier-without-challenge'],

  check: (file) =>
    judgeExchange(file, 'Log whether your server sends code_verifier.', (call, refused) => {
      const { challenge, verifier } = pkceOf(file, call)
      if (challenge.state === 'unobserved') return indeterminate(challenge.because)
      if (verifier.state !== 'present') return notApplicable
      if (challenge.state === 'present' || !refused) return pass()
      return fail({
        confidence: 'likely',
        cause: `The token request carries a code_verifier, but the authorization request of this login had no code_challenge for it to answer. The server answered ${saidBy(refused)}.`,
        evidence: [
          parameterEvidence(file.request!.parameters, 'code_challenge', { actual: 'missing' }),
          parameterEvidence(call.parameters, 'code_verifier', { actual: 'sent' }),
          statusEvidence(call.exchange),
        ],
        fix: {
          summary: 'Send `code_challenge` and `code_challenge_method=S256` with the authorization request.',
          steps: [
            'If a link, a proxy or another component builds the authorization URL, let the library that redeems the code build it.',
            'Without PKCE on purpose, leave code_verifier out of the token request as well.',
          ],
        },
      })
    }),
})
