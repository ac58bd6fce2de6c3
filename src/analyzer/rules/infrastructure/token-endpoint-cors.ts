import { link } from '../shared/references'
import { corsFailure, corsOf } from '../shared/cors-failure'
import { pointsOf, tokenEndpoint } from '../shared/endpoint'
import { transportPoints } from '../shared/transport-failure'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

export const tokenEndpointCors = defineRule({
  id: 'token-endpoint-cors',
  title: 'The token endpoint does not let your page read its answer (CORS)',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: tokenEndpoint,
  what: 'The Access-Control headers of the token answer and of the OPTIONS request ahead of it, against the page’s origin.',
  why: 'A browser keeps an answer of another origin from the page unless the answer allows it, and shows the script a network error only. Where the header is missing on errors alone, it hides the OAuth error.',
  toldApart:
    'Only seen headers count. A known OAuth error, or a 404, 405 or 5xx under the missing header, is the cause; the missing header is its symptom. Refused connections, DNS and TLS have their own rules.',
  silentWhen: 'The page and the token endpoint share an origin, or the answer allows the origin.',
  references: [
    link('Fetch: CORS protocol', 'https://fetch.spec.whatwg.org/#http-cors-protocol'),
    link(
      'OAuth 2.0 for Browser-Based Applications',
      'https://datatracker.ietf.org/doc/html/draft-ietf-oauth-browser-based-apps',
    ),
  ],
  covers: [
    'cors-token-endpoint-blocked',
    'cors-masks-token-error',
    'custom-headers-trigger-preflight',
    'web-origin-not-allowed',
  ],

  check(file) {
    if (file.tokenCalls.length === 0) return notApplicable
    const [point] = pointsOf(file, tokenEndpoint)
    if (!point) return pass('the page could read the answer of the token endpoint')
    const judgement = corsOf(file, point)
    switch (judgement.state) {
      case 'refused':
        return fail(corsFailure(point, judgement))
      case 'unknown':
        return transportPoints(file, tokenEndpoint).some(({ transport }) => transport === 'unnamed')
          ? indeterminate(
              'No answer of the token endpoint is in the recording, so its CORS headers were not seen.',
              'Look at the console of the page: it says “blocked by CORS policy” when that was the reason.',
            )
          : pass()
      case 'allowed':
        return pass('the answer of the token endpoint allows the page’s origin')
      case 'not-applicable':
        return pass('the page and the token endpoint share an origin')
    }
  },
})
