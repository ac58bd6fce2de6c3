import { startsOf } from '../../facts/cookies'
import { firstHopOf } from '../../facts/failure-points'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const apiRedirectsToLogin = defineRule({
  id: 'api-redirects-to-login',
  title: 'A background call was redirected to the login',
  category: 'failure',
  severity: 'error',
  owner: 'resource_server',
  depth: 'mechanism',
  explains: ['authorization_unreachable', 'authorization_page', 'not_answered', 'authorization_error'],
  what: 'An authorization request that a script’s call was redirected to by the client’s own server.',
  why: 'Nobody can sign in inside a fetch: the login page is of another origin, so the script sees a CORS error where it should see 401. Each such call also leaves a login begun and unfinished.',
  toldApart:
    'The first request of the redirect chain is the API call. A script that calls the authorization endpoint itself is another fault.',
  silentWhen:
    'The redirect answered the loading of a page or frame, or a call that was only a prefetch, or whose URL the tab then loaded as a page.',
  references: [link('Fetch: HTTP-redirect fetch', 'https://fetch.spec.whatwg.org/#http-redirect-fetch')],
  covers: ['api-redirects-to-login'],

  check(file) {
    const request = file.request
    if (!request) return notApplicable
    const before = firstHopOf(request.exchange, file.world)
    if (before === request.exchange) return notApplicable
    if (request.exchange.resourceType !== 'xmlhttprequest')
      return pass('the login was started by the loading of a page')
    if (file.failurePoints.length === 0) return pass('the call was made ahead, and the login went on without it')
    const [redirect] = startsOf(file.attempt, file.world)
    return fail({
      cause:
        `The script called ${callText(before)}; nobody was signed in any more, and the server redirected the call to the login at ` +
        `${callText(request.exchange)}. A script cannot follow it there and sees a network (CORS) error.`,
      evidence: [
        statusEvidence(before),
        exchangeEvidence(redirect ?? before, 'response.headers', {
          label: 'Location',
          parameter: 'Location',
          actual: callText(request.exchange).replaceAll('`', ''),
        }),
        exchangeEvidence(request.exchange, 'response.error', {
          label: 'error',
          actual: request.exchange.error ?? 'no use for the answer',
        }),
      ],
      confidence: 'certain',
      fix: {
        summary: `Answer background calls such as ${callText(before)} with 401 in place of a redirect.`,
        steps: [
          'Tell them by `Sec-Fetch-Mode`, by `Accept: application/json`, or by their path.',
          'In the page: on 401 send the whole window to the login (`location.assign`).',
        ],
      },
    })
  },
})
