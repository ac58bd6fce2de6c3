import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { announcedTokenEndpoint, callText, pointsOf, tokenEndpoint } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const tokenEndpointMethod = defineRule({
  id: 'token-endpoint-method',
  title: 'The token endpoint refuses the method of the request',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: tokenEndpoint,
  what: 'A token request that was answered 405 or 501, its method, and the `Allow` header of the answer.',
  why: 'Token requests are POST. A 405 to POST comes from something that is no token endpoint: a static site, a gateway, a page route.',
  toldApart: 'An OAuth error in the body would mean that the endpoint itself refused. A GET is `token-request-get`.',
  silentWhen: 'The answer is an OAuth error, or a later call got tokens.',
  references: [rfc(6749, '3.2'), rfc(9110, '15.5.6')],
  covers: [],

  check(file) {
    const points = pointsOf(file, tokenEndpoint)
    if (points.length === 0) return notApplicable
    const point = points.find(
      ({ status, error, exchange }) =>
        (status === 405 || status === 501) && error === undefined && exchange.method !== 'GET',
    )
    if (!point) return pass()
    const { exchange } = point
    const { method } = exchange
    const allow = valueOf(header(exchange.responseHeaders, 'allow'))
    const announced = announcedTokenEndpoint(file, exchange)
    const isPost = method.toUpperCase() === 'POST'
    return fail({
      title: `The token endpoint does not take ${method}`,
      cause:
        `${callText(exchange)} was answered ${point.status}` +
        (allow === undefined ? '.' : `; the answer allows ${quote(allow)}.`) +
        (isPost
          ? ' Token requests are POST, so what answered is no token endpoint: a gateway, a static site or another route.'
          : ' Token requests have to be POST.') +
        (announced ? ` The server’s metadata names ${quote(announced)}.` : ''),
      evidence: [
        exchangeEvidence(exchange, 'request.method', {
          label: 'method',
          actual: method,
          ...(!isPost && { expected: 'POST' }),
        }),
        statusEvidence(exchange),
        ...(allow === undefined
          ? []
          : [exchangeEvidence(exchange, 'response.headers', { label: 'Allow', parameter: 'Allow', actual: allow })]),
        ...(announced === undefined
          ? []
          : [
              exchangeEvidence(exchange, 'request.url', { label: 'called', actual: exchange.url, expected: announced }),
            ]),
      ],
      confidence: 'certain',
      owner: isPost && !announced ? 'authorization_server' : 'client',
      fix: isPost
        ? {
            summary: announced
              ? `Call ${quote(announced)}.`
              : 'Let POST through to the token endpoint: look at the gateway, proxy or router in front of it.',
            steps: [
              'Compare with `token_endpoint` of the server’s metadata, slashes at the end included.',
              'A redirect on the way (http to https, with or without www) turns POST into GET.',
            ],
          }
        : { summary: 'Send the token request as POST, its parameters form-encoded in the body.', steps: [] },
    })
  },
})
