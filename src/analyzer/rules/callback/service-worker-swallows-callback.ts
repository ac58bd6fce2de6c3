import { hasParam } from '../../../model/parameters'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { quote } from '../shared/text'
import { parseUrl } from '../../../model/url'

export const serviceWorkerSwallowsCallback = defineRule({
  id: 'service-worker-swallows-callback',
  title: 'A service worker answered the callback',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['not_redeemed', 'loop', 'client_error'],
  what: 'The callback of a login that a server had started was answered by a service worker, without a redirect.',
  why: 'The server has to see the code. The worker served the page it keeps for all navigations, and the code never left the browser.',
  toldApart:
    'A page that redeems its code itself may well come from a worker; here the client’s server had set up the login.',
  silentWhen: 'The page redeemed the code, the answer came from the network, or DevTools was closed (only it tells).',
  references: [
    link(
      'Angular service worker: navigation requests',
      'https://angular.dev/ecosystem/service-workers/config#navigationurls',
    ),
  ],
  covers: ['service-worker-swallows-callback', 'service-worker-stale-shell'],

  check(file) {
    const callback = file.attempt.responses.find(
      ({ requested, parameters }) => requested && hasParam(parameters, 'code'),
    )
    if (!callback || file.attempt.starts.length === 0) return notApplicable
    const { exchange } = callback
    if (!exchange.fromServiceWorker || exchange.redirectUrl !== undefined)
      return pass('the callback reached the network')
    const path = parseUrl(exchange.url)?.pathname ?? exchange.url
    return fail({
      confidence: 'certain',
      cause: `The client’s server started the login, and ${quote(callback.deliveredTo)} was answered by a service worker of the same site with a page it had stored. The server never saw the code.`,
      evidence: [
        statusEvidence(exchange),
        exchangeEvidence(exchange, 'response.headers', {
          label: 'answered by',
          actual: 'service worker',
          expected: 'the server',
        }),
      ],
      fix: {
        summary: `Exclude ${quote(path)} from what the service worker answers.`,
        steps: [
          'Workbox: add the path to `navigateFallbackDenylist`; Angular: add `!` and the path to `navigationUrls`.',
          'Exclude the start of the login and the sign-out in the same way.',
          'Browsers keep the old worker until it is replaced: unregister it under Application in DevTools to test.',
        ],
      },
    })
  },
})
