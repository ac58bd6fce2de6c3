import { originOf, withoutQuery } from '../../../model/url'
import { endpointKey } from '../../recognition/known'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { quote } from '../shared/text'

export const metadataEndpointMismatch = defineRule({
  id: 'metadata-endpoint-mismatch',
  title: 'The client uses another authorization endpoint than the server names',
  category: 'failure',
  severity: 'warning',
  owner: 'client',
  depth: 'mechanism',
  explains: ['authorization_page:', 'authorization_unreachable'],
  what: 'The browser was sent to a URL that is not the `authorization_endpoint` of the server’s metadata, and it does not exist or did not answer.',
  why: 'An endpoint that was typed into the configuration stays behind when the server moves it.',
  toldApart: 'An endpoint that answered works, whatever the metadata says: servers have aliases.',
  silentWhen: 'The metadata was not seen, or the endpoint took the request.',
  references: [
    link(
      'OpenID Connect Discovery section 3',
      'https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata',
    ),
  ],
  covers: ['metadata-endpoint-mismatch'],

  check(file) {
    const { request, metadata } = file
    const named = metadata?.document['authorization_endpoint']
    if (!request || !metadata || typeof named !== 'string') return notApplicable
    const used = withoutQuery(request.exchange.url)
    if (endpointKey(named) === endpointKey(used)) return pass('the authorization endpoint is the one of the metadata')
    const point = file.failurePoints.find(
      ({ kind, status, exchange }) =>
        exchange.id === request.exchange.id &&
        (kind === 'authorization_unreachable' || (kind === 'authorization_page' && (status === 404 || status === 405))),
    )
    if (!point) return pass('the endpoint took the request')
    const source = file.world.exchange(metadata.exchangeId)
    return fail({
      confidence: 'certain',
      cause: `The browser was sent to ${quote(used)}, which ${point.status === undefined ? 'did not answer' : `answered status ${point.status}`}. The server’s metadata names ${quote(named)}${originOf(named) === originOf(used) ? '' : ', on another host,'} as its authorization endpoint.`,
      evidence: [
        exchangeEvidence(request.exchange, 'request.url', {
          label: 'authorization endpoint',
          actual: used,
          expected: named,
        }),
        ...(source
          ? [
              exchangeEvidence(source, 'response.body', {
                label: 'authorization_endpoint',
                parameter: 'authorization_endpoint',
                actual: named,
              }),
            ]
          : []),
        statusEvidence(point.exchange),
      ],
      fix: {
        summary: `Send the browser to ${quote(named)}.`,
        steps: ['Let the client read its endpoints from the metadata instead of from its configuration.'],
      },
    })
  },
})
