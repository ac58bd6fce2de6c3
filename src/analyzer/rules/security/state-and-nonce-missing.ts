import { param } from '../../../model/parameters'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { oidcCore, rfc } from '../shared/references'

export const stateAndNonceMissing = defineRule({
  id: 'state-and-nonce-missing',
  title: 'Nothing ties the answer to this browser’s request',
  category: 'risk',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'The request has neither `state` nor `nonce`.',
  why: 'Somebody else’s answer can be slipped into this browser, which logs the user in as another person (login CSRF).',
  toldApart: 'With PKCE a foreign code fails at the token endpoint, if the server enforces it; then it is a hint only.',
  silentWhen: 'One of the two was sent, or the parameters could not be seen.',
  references: [rfc(9700, '4.7'), rfc(9700, '2.1.1'), rfc(6749, '10.12'), oidcCore('3.1.2.1', 'AuthRequest')],
  covers: ['state-missing'],

  check({ request }) {
    if (!request) return notApplicable
    const [state, nonce] = ['state', 'nonce'].map((name) => param(request.parameters, name))
    if (state!.state !== 'absent' || nonce!.state !== 'absent') return pass()
    const protectedByPkce = param(request.parameters, 'code_challenge').state === 'present'
    return fail({
      ...(protectedByPkce && {
        category: 'info' as const,
        severity: 'info' as const,
        title: 'PKCE alone ties the answer to this browser’s request',
      }),
      confidence: 'certain',
      cause:
        'The authorization request has neither `state` nor `nonce`' +
        (protectedByPkce
          ? '. Its `code_challenge` does the same: a code that somebody else began fails at the token endpoint, as long as the server insists on PKCE.'
          : ', so the client cannot tell its own answer from one that somebody else began.'),
      evidence: [
        parameterEvidence(request.parameters, 'state', { actual: 'missing', expected: 'a fresh random value' }),
        parameterEvidence(request.parameters, 'nonce', { actual: 'missing', expected: 'a fresh random value' }),
      ],
      fix: {
        summary:
          'Send a fresh random `state` with each request, keep it in the browser’s session, and compare it in the callback.',
        steps: ['With OpenID Connect send a `nonce` too, and compare it with the ID token.'],
      },
    })
  },
})
