import type { HttpExchange } from '../../../model/exchange'
import { valueOf } from '../../../model/observed'
import { hasParam } from '../../../model/parameters'
import { parseUrl, withoutQuery } from '../../../model/url'
import { isError } from '../../facts/failure-points/point'
import { isWithheldByWorker } from '../../facts/service-worker'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { quote } from '../shared/text'

export const serviceWorkerSwallowsCallback = defineRule({
  id: 'service-worker-swallows-callback',
  title: 'A service worker answered the callback',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['not_redeemed', 'loop', 'client_error', 'callback_error'],
  what: 'The callback of a login was answered by a service worker: by a page it had stored, or by an error in place of what the server had answered.',
  why: 'The server’s answer to the callback starts the session or hands the login on, by cookies and a redirect. A worker that serves its own page loses it, and its fetch cannot follow every redirect.',
  toldApart:
    'A page that redeems its code itself may well come from a worker; here the client’s server had set up the login, or the worker’s answer is an error. One that hands the server’s answer through is no cause.',
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
    if (!callback) return notApplicable
    const { exchange } = callback
    const isWithheld = isWithheldByWorker(exchange)
    const isMadeUp = exchange.fromServiceWorker && exchange.redirectUrl === undefined
    if (!isWithheld && !isError(exchange) && file.attempt.starts.length === 0) return notApplicable
    if (!isWithheld && !isMadeUp) return pass('the callback reached the network')
    const path = parseUrl(exchange.url)?.pathname ?? exchange.url
    return fail({
      ...(isWithheld ? withheld(exchange) : madeUp(exchange)),
      fix: {
        summary: `Exclude ${quote(path)} from what the service worker answers.`,
        steps: [
          'A worker of your own: return from its `fetch` listener without `respondWith` for navigations, or at least for this path.',
          'Workbox: add the path to `navigateFallbackDenylist`; Angular: add `!` and the path to `navigationUrls`.',
          'Exclude the start of the login and the sign-out in the same way.',
          'Browsers keep the old worker until it is replaced: unregister it under Application in DevTools to test.',
        ],
      },
    })
  },
})

type Said = Pick<Failure, 'confidence' | 'cause' | 'evidence'>

const withheld = (exchange: HttpExchange): Said => {
  const { servedStatus, redirectUrl, url } = exchange
  const status = valueOf(exchange.status)
  const got = servedStatus === 0 ? 'a network error' : `a ${servedStatus}`
  const isElsewhere = redirectUrl !== undefined && !/^https?:/i.test(redirectUrl)
  return {
    confidence: 'certain',
    cause:
      `The server answered ${quote(withoutQuery(url))} with ${status}${redirectUrl === undefined ? '' : ` to ${quote(withoutQuery(redirectUrl))}`}, and what the page got from the service worker of its site is ${got}. ` +
      (isElsewhere
        ? 'A worker’s fetch cannot follow a redirect to the scheme of a program; a navigation of the browser can.'
        : 'The worker asked the server in the page’s place and lost the answer.'),
    evidence: [
      statusEvidence(exchange, 'the server’s status'),
      exchangeEvidence(exchange, 'response.status', {
        label: 'the page’s status',
        actual: servedStatus === 0 ? (exchange.error ?? 'no answer') : String(servedStatus),
        expected: String(status),
      }),
    ],
  }
}

/** A worker that answers with an error may have asked a server that could not be reached. */
const madeUp = (exchange: HttpExchange): Said => ({
  confidence: isError(exchange) ? 'likely' : 'certain',
  cause: `${quote(withoutQuery(exchange.url))} was answered by a service worker of the same site, ${isError(exchange) ? `with a ${valueOf(exchange.status)} of its own` : 'with a page it had stored'}. What the server says to the code never reached the page.`,
  evidence: [
    statusEvidence(exchange),
    exchangeEvidence(exchange, 'response.headers', {
      label: 'answered by',
      actual: 'service worker',
      expected: 'the server',
    }),
  ],
})
