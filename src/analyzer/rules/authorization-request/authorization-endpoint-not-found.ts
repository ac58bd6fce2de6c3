import { withoutQuery } from '../../../model/url'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { errorPageOf } from '../shared/error-page'
import { exchangeEvidence, parameterEvidence, statusEvidence } from '../shared/evidence'
import { oidcCore, rfc } from '../shared/references'
import { cite, quote, shorten } from '../shared/text'

export const authorizationEndpointNotFound = defineRule({
  id: 'authorization-endpoint-not-found',
  title: 'There is no authorization endpoint at this URL',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['authorization_page'],
  what: 'The authorization request was answered 404 or 405, in no words of OAuth.',
  why: 'A prefix, tenant, realm or policy in the path is another one, a proxy does not pass the path on, or the endpoint does not take the method.',
  toldApart: 'A server that has the endpoint, and refuses the request, names an error or a part of the request.',
  silentWhen: 'A page of the server came first, or the page speaks of the request.',
  references: [rfc(6749, '3.1'), rfc(8414, '3')],
  covers: [],

  check(file) {
    const page = errorPageOf(file)
    if (!page) return file.response ? pass() : notApplicable
    if (page.failed !== 'address') return pass()
    const { exchange } = page.point
    const address = quote(withoutQuery(exchange.url))
    const says = page.said === undefined ? '' : ` The page says: ${cite(shorten(page.said, 200))}.`
    const isPost = exchange.method === 'POST'
    return fail({
      ...(isPost && { title: 'Nothing at this URL takes an authorization request by POST' }),
      confidence: 'likely',
      cause: `${isPost ? `The request came by POST, and ${address}` : address} answered ${page.point.status}.${says}${isPost ? ' Every authorization server takes the request by GET; POST is optional, outside of OpenID Connect.' : ''}`,
      evidence: [
        statusEvidence(exchange),
        ...(isPost
          ? [exchangeEvidence(exchange, 'request.method', { label: 'method', actual: 'POST', expected: 'GET' })]
          : []),
        parameterEvidence(page.parameters, 'redirect_uri'),
        parameterEvidence(page.parameters, 'client_id'),
      ],
      fix: {
        summary: isPost
          ? `Send the request by GET: redirect the browser to ${address} with the parameters in its query.`
          : `Correct the URL of the authorization endpoint: ${address} is no page of the server.`,
        steps: [
          ...(isPost ? ['Where GET gets the same answer, the URL is wrong.'] : []),
          'The server’s metadata names it: `authorization_endpoint` at `/.well-known/openid-configuration` (or `oauth-authorization-server`) of the issuer.',
          'Check prefix, tenant, realm or policy in the path, and whether a proxy in front of the server passes this path on.',
        ],
      },
      references: isPost ? [oidcCore('3.1.2.1', 'AuthRequest')] : [],
    })
  },
})
