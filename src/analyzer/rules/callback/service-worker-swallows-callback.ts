import type { HttpExchange } from '../../../model/exchange'
import { valueOf } from '../../../model/observed'
import { hasParam } from '../../../model/parameters'
import { parseUrl, withoutQuery } from '../../../model/url'
import { isError } from '../../facts/failure-points/point'
import { isAnsweredByWorker, isWithheldByWorker } from '../../facts/service-worker'
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
  explains: ['not_redeemed', 'loop', 'client_error', 'callback_error', 'start_error'],
  what: 'The callback of a login, or the URL of the client that begins logins, was answered by a service worker: by a page it had stored, or by an error in place of what the server had answered.',
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
  covers: ['service-worker-swallows-callback'],

  check(file) {
    const start = file.failurePoints.find(
      ({ kind, exchange }) => kind === 'start_error' && isAnsweredByWorker(exchange),
    )
    if (start) return fail(swallowedStart(start.exchange))
    const callback = file.attempt.responses.find(
      ({ requested, parameters }) => requested && hasParam(parameters, 'code'),
    )
    if (!callback) return notApplicable
    const { exchange } = callback
    const isWithheld = isWithheldByWorker(exchange)
    const isMadeUp = isAnsweredByWorker(exchange)
    if (!isWithheld && !isError(exchange) && file.attempt.starts.length === 0) return notApplicable
    if (!isWithheld && !isMadeUp) return pass('the callback reached the network')
    return fail({ ...(isWithheld ? withheld(exchange) : madeUp(exchange)), fix: fixOf(exchange) })
  },
})

const fixOf = ({ url }: HttpExchange): Failure['fix'] => ({
  summary: `Exclude ${quote(parseUrl(url)?.pathname ?? url)} from what the service worker answers.`,
  steps: [
    'A worker of your own: return from its `fetch` listener without `respondWith` for navigations, or at least for this path.',
    'Workbox: add the path to `navigateFallbackDenylist`; Angular: add `!` and the path to `navigationUrls`.',
    'Exclude the start of the login, its callback and the sign-out alike.',
    'Browsers keep the old worker until it is replaced: unregister it under Application in DevTools to test.',
  ],
})

/** The worker is not there at the first visit, which therefore logs in. */
const swallowedStart = (exchange: HttpExchange): Failure => ({
  title: 'A service worker answered the start of the login',
  confidence: 'certain',
  cause: `${quote(withoutQuery(exchange.url))} had led to the authorization server before. Now a service worker of the site answered it ${isError(exchange) ? `with a ${valueOf(exchange.status)} of its own` : 'with a page it had stored'}: the server was not asked, and no login began.`,
  evidence: workerEvidence(exchange),
  fix: fixOf(exchange),
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
  evidence: workerEvidence(exchange),
})

const workerEvidence = (exchange: HttpExchange): Failure['evidence'] => [
  statusEvidence(exchange),
  exchangeEvidence(exchange, 'response.headers', {
    label: 'answered by',
    actual: 'service worker',
    expected: 'the server',
  }),
]
