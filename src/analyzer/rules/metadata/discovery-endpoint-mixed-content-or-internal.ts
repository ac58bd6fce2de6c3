import { type ServerMetadata, endpointKey, endpointNames } from '../../recognition/known'
import { isLoopback, parseUrl } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { quote } from '../shared/text'

const failing = [
  'token_unreachable',
  'userinfo_refused',
  'authorization_unreachable',
  'keys_unusable',
  'pushed_error',
  'logout_error',
] as const

export const discoveryEndpointMixedContentOrInternal = defineRule({
  id: 'discovery-endpoint-mixed-content-or-internal',
  title: 'The server’s metadata names an endpoint that browsers cannot reach',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: failing,
  what: 'A call failed on the way, to an endpoint that the metadata names with http or with another host, although the metadata itself was read over https from a public host.',
  why: 'Behind a proxy a server builds such URLs from the request it sees; the browser blocks http from an https page and does not know internal names.',
  toldApart: 'An endpoint on the same scheme and host as the metadata that cannot be reached has another reason.',
  silentWhen: 'The call worked, or the client took its endpoint from elsewhere.',
  references: [
    link(
      'OpenID Connect Discovery section 3',
      'https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata',
    ),
  ],
  covers: ['discovery-endpoint-mixed-content-or-internal'],

  check(file) {
    const points = file.failurePoints.filter(
      ({ kind, transport, status }) =>
        failing.some((candidate) => candidate === kind) && transport !== undefined && status === undefined,
    )
    if (points.length === 0)
      return file.attempt.documents.length > 0 ? pass('the endpoints were reached') : notApplicable
    for (const point of points) {
      const named = namedIn(file.world.known.metadata, point.exchange.url)
      const reason = named && reasonOf(named.metadata.url, point.exchange.url)
      const source = named && file.world.exchange(named.metadata.exchangeId)
      if (!named || !reason || !source) continue
      return fail({
        confidence: 'certain',
        cause: `The metadata at ${quote(named.metadata.url)} names ${quote(point.exchange.url.split('?', 1)[0]!)} as ${quote(named.name)}: ${reason}. The browser could not call it.`,
        evidence: [
          exchangeEvidence(source, 'response.body', {
            label: named.name,
            parameter: named.name,
            actual: String(named.metadata.document[named.name]),
            expected: `${parseUrl(named.metadata.url)!.origin}${parseUrl(point.exchange.url)?.pathname ?? ''}`,
          }),
          statusEvidence(point.exchange),
        ],
        fix: {
          summary: `Tell the server its public URL, so that ${quote(named.name)} begins with ${quote(parseUrl(named.metadata.url)!.origin)}.`,
          steps: [
            'Set the server’s hostname (public base URL), or let the proxy send X-Forwarded-Proto and X-Forwarded-Host and make the server trust them.',
            'Read the metadata again in a tab: every endpoint a browser uses has to be public and https.',
          ],
        },
      })
    }
    return pass('the endpoints in the metadata are of the metadata’s own scheme and host')
  },
})

const namedIn = (
  documents: CaseFile['world']['known']['metadata'],
  url: string,
): { metadata: ServerMetadata; name: string } | undefined => {
  for (const metadata of documents.toReversed()) {
    const name = Object.keys(endpointNames).find((candidate) => {
      const endpoint = metadata.document[candidate]
      return typeof endpoint === 'string' && endpointKey(endpoint) === endpointKey(url)
    })
    if (name !== undefined) return { metadata, name }
  }
  return undefined
}

const reasonOf = (source: string, endpoint: string): string | undefined => {
  const [from, to] = [parseUrl(source), parseUrl(endpoint)]
  if (!from || !to || isLoopback(from.hostname)) return undefined
  if (from.protocol === 'https:' && to.protocol === 'http:') return 'http, while the metadata itself came over https'
  if (from.hostname === to.hostname) return undefined
  const isInternal =
    !to.hostname.includes('.') ||
    isLoopback(to.hostname) ||
    /\.(local|internal|svc|lan|intranet|cluster\.local)$/.test(to.hostname) ||
    /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(to.hostname)
  return isInternal ? 'a host that only the server’s own network knows' : undefined
}
