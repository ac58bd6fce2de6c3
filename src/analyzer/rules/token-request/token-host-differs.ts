import { withoutQuery } from '../../../model/url'
import { endpointKey } from '../../recognition/known'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { isAboutTheClient, isAboutTheGrant, isCodeExchange, refusalsOf, saidBy } from '../shared/token-calls'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const tokenHostDiffers = defineRule({
  id: 'token-host-differs',
  title: 'The code is redeemed at another server than the one that issued it',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['token_error', 'token_unusable'],
  what: 'Authorization endpoint and token endpoint of one login belong to two servers, tenants or realms.',
  why: 'A code is known to the server (tenant, region, custom domain) that issued it; another one answers `invalid_grant` or `invalid_client`.',
  toldApart:
    'Many servers have the two endpoints on two hosts. It counts when metadata gives the token endpoint to another issuer, or when the two addresses differ in one segment of an otherwise equal path: one in the middle of it, or one that looks like an identifier (`/dialog/authorize` and `/oauth/token` are one server).',
  silentWhen: 'Metadata names both endpoints together, or the exchange was accepted.',
  references: [rfc(8414, '3.3'), rfc(9700, '4.4')],
  covers: ['token-host-differs'],

  check: (file) => {
    const refusal = refusalsOf(file).find(
      (candidate) =>
        isCodeExchange(candidate.call) &&
        (candidate.point.status ?? 400) < 500 &&
        (isAboutTheGrant(candidate) || isAboutTheClient(candidate)),
    )
    if (!refusal || !file.request) return notApplicable
    const { call, point } = refusal
    const authorization = endpointKey(file.request.exchange.url)
    const token = endpointKey(call.exchange.url)
    const asked = file.world.known.metadata.filter(({ document }) =>
      is(document['authorization_endpoint'], authorization),
    )
    if (asked.some(({ document }) => is(document['token_endpoint'], token))) {
      return pass('the metadata names both endpoints together')
    }
    const expected = asked.map(({ document }) => document['token_endpoint']).find((url) => typeof url === 'string')
    const issuer = file.world.known.metadata.find(({ document }) => is(document['token_endpoint'], token))?.issuer
    const segments = tenantsOf(authorization, token)
    const isOther = expected !== undefined && issuer !== undefined
    if (!isOther && !segments) return pass()
    return fail({
      confidence: isOther ? 'certain' : 'likely',
      cause:
        `The code was issued at ${quote(authorization)} and is redeemed at ${quote(token)}` +
        `${issuer === undefined ? '' : `, which is the token endpoint of ${quote(issuer)}`}` +
        `${segments ? `; they differ in ${quote(segments[0])} against ${quote(segments[1])}` : ''}. The server answered ${saidBy(point)}.`,
      evidence: [
        exchangeEvidence(call.exchange, 'request.url', {
          label: 'token endpoint',
          actual: withoutQuery(call.exchange.url),
          ...(expected !== undefined && { expected }),
        }),
        exchangeEvidence(file.request.exchange, 'request.url', {
          label: 'authorization endpoint',
          actual: authorization,
        }),
        statusEvidence(call.exchange),
      ],
      fix: {
        summary: `Redeem the code at ${expected === undefined ? 'the token endpoint of the server that issued it' : quote(expected)}.`,
        steps: [
          'Configure one issuer and let the library read both endpoints from its metadata.',
          'Use the same tenant, realm, region or custom domain for both.',
        ],
      },
    })
  },
})

const is = (value: unknown, key: string): boolean => typeof value === 'string' && endpointKey(value) === key

/** The two values of the one path segment in which the addresses differ, besides the name of the endpoint itself. */
const tenantsOf = (a: string, b: string): readonly [string, string] | undefined => {
  const [first, second] = [a, b].map((url) => url.split('/').slice(2, -1)) as [string[], string[]]
  if (first.length < 2 || first.length !== second.length || first[0] !== second[0]) return undefined
  const places = first.flatMap((segment, place) => (segment === second[place] ? [] : [place]))
  const [place, ...more] = places
  if (place === undefined || more.length > 0) return undefined
  const pair = [first[place]!, second[place]!] as const
  return place < first.length - 1 || pair.some(isIdentifier) ? pair : undefined
}

/** A number, a GUID, a domain: no word that somebody would give to a folder of endpoints, and no version. */
const isIdentifier = (segment: string): boolean => segment.length >= 4 && /[\d.]/.test(segment)
