import type { CaseFile } from '../../facts/case-file'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { answers, defectOfS256, ownerOfVerifier, pkceOf } from '../shared/pkce'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { judgeExchange, saidBy } from '../shared/token-calls'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

const CHECK =
  'Log code_verifier at both ends: the S256 hash of the one your server sends must be the code_challenge above.'

export const pkceVerifierMismatch = defineRule({
  id: 'pkce-verifier-mismatch',
  title: 'The code_verifier does not match the code_challenge',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable', 'callback_error', 'client_error'],
  what: 'The hash of the `code_verifier` in the token request is compared with the `code_challenge` of the authorization request.',
  why: 'The server makes the same comparison and refuses the code when they differ, usually with a bare `invalid_grant`.',
  toldApart:
    'It is computed, so it needs nothing from the answer. A verifier that belongs to another login of the recording is a rule of its own.',
  silentWhen: 'One of the two values was not seen, or there is none.',
  references: [rfc(7636, '4.6')],
  covers: ['pkce-verifier-mismatch'],

  check: (file) =>
    judgeExchange(file, CHECK, (call, refused) => {
      const { challenge, method, verifier } = pkceOf(file, call)
      if (challenge.state === 'unobserved') return indeterminate(challenge.because, CHECK)
      if (verifier.state === 'unobserved') return indeterminate(verifier.because, CHECK)
      if (challenge.state === 'absent' || verifier.state === 'absent') return notApplicable
      if (answers(file.world.values, verifier.value, challenge.value, method)) {
        return pass(`code_verifier matches code_challenge (${method}, computed)`)
      }
      if (ownerOfVerifier(file, verifier.value)) return pass('code_verifier belongs to another login')
      const reason = reasonOf(file, verifier.value, challenge.value, method)
      return fail({
        confidence: 'certain',
        cause: `${reason.cause}${refused ? ` The server answered ${saidBy(refused)}.` : ''}`,
        evidence: [
          parameterEvidence(call.parameters, 'code_verifier', {
            actual: `a verifier of ${file.world.values.lengthOf(verifier.value)} characters that does not give this challenge`,
          }),
          parameterEvidence(
            file.request!.parameters,
            'code_challenge',
            verifier.value === challenge.value ? { actual: 'the code_verifier itself' } : {},
          ),
          parameterEvidence(file.request!.parameters, 'code_challenge_method', { actual: method }),
          statusEvidence(call.exchange),
        ],
        fix: reason.fix,
      })
    }),
})

const reasonOf = ({ world: { values } }: CaseFile, verifier: string, challenge: string, method: string) => {
  if (method === 'plain' && values.hashesTo('S256', verifier, challenge)) {
    return {
      cause:
        'code_challenge is the S256 hash of code_verifier, but the authorization request does not say `code_challenge_method=S256`. The server therefore compares the two as plain text.',
      fix: {
        summary: 'Send `code_challenge_method=S256` with the authorization request.',
        steps: ['Add the parameter beside `code_challenge`; without it the method is `plain`.'],
      },
    }
  }
  if (method !== 'plain' && verifier === challenge) {
    return {
      cause: `code_challenge is the code_verifier itself, but the authorization request says \`code_challenge_method=${method}\`.`,
      fix: {
        summary: 'Send the SHA-256 hash of the verifier, base64url without padding, as `code_challenge`.',
        steps: ['Keep `code_challenge_method=S256`, and hash the verifier before the login starts.'],
      },
    }
  }
  const defect = method === 'plain' ? undefined : defectOfS256(challenge)
  return {
    cause: `The ${method} value of the code_verifier in the token request is not the code_challenge ${quote(challenge)} that this login began with: ${defect === undefined ? 'the verifier was replaced or changed in between' : `the challenge ${defect}, so no verifier answers it`}.`,
    fix: {
      summary: 'Keep the code_verifier of each login under its `state`, and redeem the code with that one.',
      steps: [
        'Store the verifier under the key of `state`, not in one slot that the next login overwrites.',
        'Do not create a second authorization request (prefetch, double click, effect that runs twice) after the first was sent.',
        'The challenge is base64url(SHA-256(verifier)) without padding, of the verifier exactly as it is sent later.',
      ],
    },
  }
}
