import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { answers, ownerOfVerifier, pkceOf } from '../shared/pkce'
import { rfc } from '../shared/references'
import { inSameTab } from '../shared/tabs'
import { duration } from '../shared/text'
import { judgeExchange, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const pkceVerifierFromOtherRequest = defineRule({
  id: 'pkce-verifier-from-other-request',
  title: 'The code_verifier belongs to another login',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'The `code_verifier` of the token request matches the `code_challenge` of another authorization request of this recording.',
  why: 'Two logins that run at once, in two tabs or by two calls of one page, overwrite each other’s verifier when there is one place for it.',
  toldApart:
    'Computed against every authorization request that was seen; a verifier that matches none is `pkce-verifier-mismatch`.',
  silentWhen: 'The verifier matches its own login.',
  references: [rfc(7636, '4.6')],
  covers: ['pkce-verifier-from-other-request'],

  check: (file) =>
    judgeExchange(file, 'Log state and code_verifier at both ends and compare.', (call, refused) => {
      const { challenge, method, verifier } = pkceOf(file, call)
      if (verifier.state === 'unobserved') return indeterminate(verifier.because)
      if (challenge.state !== 'present' || verifier.state === 'absent') return notApplicable
      if (answers(file.world.values, verifier.value, challenge.value, method)) return pass()
      const other = ownerOfVerifier(file, verifier.value)
      if (!other) return pass('code_verifier matches no other login of the recording')
      const request = file.request!
      // A server that asks for the sign-in first takes the browser to the same request again.
      const apart = other.at - file.attempt.requests[0]!.at
      return fail({
        confidence: 'certain',
        cause: `The verifier in the token request is the one of the login that began ${duration(apart)} ${apart < 0 ? 'earlier' : 'later'}${inSameTab(other.exchange, request.exchange)}. It cannot answer the code_challenge of this login.${refused ? ` The server answered ${saidBy(refused)}.` : ''}`,
        evidence: [
          parameterEvidence(call.parameters, 'code_verifier', { actual: 'the verifier of the other login' }),
          parameterEvidence(request.parameters, 'code_challenge', { label: 'code_challenge of this login' }),
          parameterEvidence(other.parameters, 'code_challenge', { label: 'code_challenge that it matches' }),
          statusEvidence(call.exchange),
        ],
        fix: {
          summary: 'Keep the code_verifier of each login under its own `state`.',
          steps: [
            'Use `state` as the storage key of the verifier, so that two logins do not share one place.',
            'Start one login at a time: let a second click or effect wait for the first.',
            'Use sessionStorage rather than localStorage where each tab logs in by itself.',
          ],
        },
      })
    }),
})
