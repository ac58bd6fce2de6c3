import { statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { saidByServer } from '../shared/server-words'
import { isPageCall } from '../../facts/page-call'
import { quote } from '../shared/text'
import { originOf } from '../../../model/url'
import { defineRule, fail, notApplicable, pass } from '../rule'

/** Entra’s and Okta’s words for a call with an Origin header where a server was expected. */
const words = /AADSTS9002326|cross-origin token redemption|browser requests to the token endpoint/i

export const originHeaderForwardedByProxy = defineRule({
  id: 'origin-header-forwarded-by-proxy',
  title: 'The token call of the server carries the browser’s Origin header',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: ['callback_error', 'client_error', 'token_error'],
  what: 'A server redeems the code, and the authorization server takes its call for one of a page.',
  why: 'A proxy or gateway passes the Origin header of the browser on. The authorization server then expects a single-page registration, or an allowed origin.',
  toldApart:
    'The page made no token call to the authorization server itself; when it did, the registration is of the wrong kind.',
  silentWhen: 'The words are not in what was recorded.',
  references: [
    link(
      'Microsoft Entra error codes',
      'https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes',
    ),
  ],
  covers: ['origin-header-forwarded-by-proxy'],

  check: (file) => {
    const said = saidByServer(file, words)
    if (!said) return notApplicable
    const { point } = said
    const server = file.request && originOf(file.request.exchange.url)
    const isCallOfPage = file.tokenCalls.some(
      ({ exchange }) => isPageCall(exchange) && originOf(exchange.url) === server,
    )
    if (!point || isCallOfPage) return pass()
    const at = originOf(point.exchange.url) ?? point.exchange.url
    return fail({
      confidence: 'likely',
      cause: `${quote(at)} redeemed the code, and the authorization server took the call for one of a page, because it carried an Origin header. A proxy in front passes on the header that the browser sent.`,
      evidence: [statusEvidence(point.exchange, 'answer of the client’s server')],
      fix: {
        summary: 'Take the Origin header out of the token call before it leaves the server.',
        steps: [
          'In a development proxy delete `origin` from the request that goes on to the authorization server.',
          'Let the server make a request of its own instead of forwarding the browser’s headers.',
        ],
      },
    })
  },
})
