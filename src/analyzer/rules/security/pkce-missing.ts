import { param, paramValue } from '../../../model/parameters'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'

export const pkceMissing = defineRule({
  id: 'pkce-missing',
  title: 'The code is not protected by PKCE',
  category: 'risk',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'The request asks for a code and has no code_challenge.',
  why: 'Whoever gets hold of the code can redeem it, or slip a code of their own into this login.',
  toldApart: 'A client with a secret on a server and a nonce is protected in another way; there it is a hint only.',
  silentWhen:
    'The parameters are in a request object or were pushed where nobody saw, or the server refused the request.',
  references: [rfc(9700, '2.1.1'), rfc(7636, '1')],
  covers: ['pkce-missing'],

  check({ request, response, isBrowserClient, asked }) {
    if (!request || !response || paramValue(response.parameters, 'error') !== undefined) return notApplicable
    if (!(paramValue(request.parameters, 'response_type') ?? 'code').split(' ').includes('code')) return notApplicable
    const challenge = param(request.parameters, 'code_challenge')
    if (challenge.state !== 'absent') return pass()
    const confidential = isBrowserClient === false && asked('nonce').state === 'present'
    return fail({
      ...(confidential && { severity: 'info' as const }),
      confidence: 'certain',
      cause:
        'The authorization request has no `code_challenge`, so the code alone is enough to get the tokens of this login.' +
        (confidential
          ? ' The client runs on a server and sends a nonce, which limits the risk; PKCE is recommended all the same.'
          : ''),
      evidence: [
        parameterEvidence(request.parameters, 'code_challenge', {
          actual: 'missing',
          expected: 'S256 of a fresh code_verifier',
        }),
      ],
      fix: {
        summary:
          'Send `code_challenge` with `code_challenge_method=S256`, and the `code_verifier` in the token request.',
        steps: ['Switch PKCE on in the client library; servers that do not know it ignore it.'],
      },
    })
  },
})
