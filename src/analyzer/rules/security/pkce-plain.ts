import { param } from '../../../model/parameters'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'

export const pkcePlain = defineRule({
  id: 'pkce-plain',
  title: 'PKCE shows its secret (plain)',
  category: 'risk',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'The code_challenge_method is `plain`, or missing, which means the same.',
  why: 'With `plain` the code_verifier itself stands in the URL, so whoever reads the URL can redeem the code.',
  toldApart: 'With S256 the URL only has a hash.',
  silentWhen: 'There is no code_challenge, or the method was not seen.',
  references: [rfc(7636, '4.3'), rfc(9700, '2.1.1')],
  covers: ['pkce-plain'],

  check({ request }) {
    if (!request || param(request.parameters, 'code_challenge').state !== 'present') return notApplicable
    const method = param(request.parameters, 'code_challenge_method')
    if (method.state === 'unobserved') return notApplicable
    if (method.state === 'present' && method.value !== 'plain') return pass()
    return fail({
      confidence: 'certain',
      cause:
        method.state === 'absent'
          ? 'The request has a `code_challenge` and no `code_challenge_method`; the default is `plain`, so the verifier itself stands in the URL.'
          : 'The request says `code_challenge_method=plain`, so the verifier itself stands in the URL.',
      evidence: [
        parameterEvidence(request.parameters, 'code_challenge_method', {
          ...(method.state === 'absent' && { actual: 'missing' }),
          expected: 'S256',
        }),
      ],
      fix: {
        summary: 'Send `code_challenge_method=S256` with base64url(SHA-256(code_verifier)) as code_challenge.',
        steps: ['`plain` is only for devices that cannot compute SHA-256.'],
      },
    })
  },
})
