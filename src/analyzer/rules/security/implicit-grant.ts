import { param } from '../../../model/parameters'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'

export const implicitGrant = defineRule({
  id: 'implicit-grant',
  title: 'Access tokens come through the URL (implicit grant)',
  category: 'risk',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: [],
  what: 'The response_type contains `token`.',
  why: 'The access token lands in the address bar, in the history and in whatever reads them, and nothing binds it to this client.',
  toldApart: 'An `id_token` alone, posted to the client, only says who signed in and gives no access.',
  silentWhen: 'The response_type was not seen.',
  references: [rfc(9700, '2.1.2')],
  covers: ['implicit-flow-used'],

  check({ request }) {
    if (!request) return notApplicable
    const type = param(request.parameters, 'response_type')
    if (type.state !== 'present') return notApplicable
    if (!type.value.split(' ').includes('token')) return pass()
    return fail({
      confidence: 'certain',
      cause: `The client asks for ${quote(`response_type=${type.value}`)}, so the access token is handed over in a URL.`,
      evidence: [parameterEvidence(request.parameters, 'response_type', { expected: 'code' })],
      fix: {
        summary: 'Ask for `response_type=code` with PKCE, and redeem the code at the token endpoint.',
        steps: [
          'Current versions of client libraries do this for pages too; the server has to allow the page’s origin at its token endpoint (CORS).',
        ],
      },
    })
  },
})
