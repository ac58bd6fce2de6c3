import { withoutQuery } from '../../../model/url'
import { announcedTokenEndpoint, callText, pointsOf, tokenEndpoint } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const tokenEndpointNotFound = defineRule({
  id: 'token-endpoint-not-found',
  title: 'There is no token endpoint at this address',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: tokenEndpoint,
  what: 'A token request that was answered 404 or 410, and the token endpoint that the server’s metadata names.',
  why: 'A wrong path, tenant or realm; the page often sees a CORS error only, because a 404 has no CORS headers.',
  toldApart: 'An OAuth error in the body means that the endpoint is there and refuses for a reason of its own.',
  silentWhen: 'The answer is an OAuth error, or a later call got tokens.',
  references: [rfc(8414, '2'), rfc(6749, '3.2')],
  covers: [],

  check(file) {
    const points = pointsOf(file, tokenEndpoint)
    if (points.length === 0) return notApplicable
    const point = points.find(({ status, error }) => (status === 404 || status === 410) && error === undefined)
    if (!point) return pass()
    const { exchange } = point
    const announced = announcedTokenEndpoint(file, exchange)
    // The metadata names what was called: the client did as it was told.
    const isPromised = announced === undefined && file.metadata?.document['token_endpoint'] !== undefined
    return fail({
      ...(isPromised && { owner: 'authorization_server' as const }),
      cause:
        `${callText(exchange)} was answered ${point.status}: nothing is there.` +
        (announced ? ` The server’s metadata names ${quote(announced)}.` : '') +
        (isPromised
          ? ' The server’s metadata names this very URL, so the server, or the proxy in front of it, does not serve what it publishes.'
          : ''),
      evidence: [
        exchangeEvidence(exchange, 'request.url', {
          label: 'called',
          actual: withoutQuery(exchange.url),
          ...(announced !== undefined && { expected: announced }),
        }),
        statusEvidence(exchange),
      ],
      confidence: 'certain',
      fix: announced
        ? {
            summary: `Call ${quote(announced)}.`,
            steps: ['Take the endpoints from the server’s metadata in place of writing them down.'],
          }
        : isPromised
          ? {
              summary: `Make ${quote(withoutQuery(exchange.url))} reach the token endpoint of the server.`,
              steps: [
                'Look at the proxy in front of the server: which paths, methods and `Host` headers it passes on, and whether it sends this one elsewhere.',
                'Check that the base URL the server publishes in its metadata is the one under which it is reached.',
              ],
            }
          : {
              summary: 'Correct the path of the token endpoint.',
              steps: [
                'The server’s metadata names it: `token_endpoint` at `/.well-known/openid-configuration` (or `oauth-authorization-server`) of the issuer.',
                'Check tenant, realm or policy in the path.',
              ],
            },
    })
  },
})
