import { parseUrl, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { SILENCE, firstHopOf } from '../../facts/failure-points'
import type { ServerMetadata } from '../../recognition/known'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { link, rfc } from '../shared/references'
import { quote } from '../shared/text'
import { urlDifference } from '../shared/url-difference'

export const issuerMismatch = defineRule({
  id: 'issuer-mismatch',
  title: 'The server calls itself by another name than the client asked for',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['not_redeemed', 'callback_error', 'client_error'],
  clientMustReject: true,
  what: 'The `issuer` in the metadata differs from the URL that the metadata was read from.',
  why: 'The two have to be the same string, or anybody could claim to be this server; strict clients stop here.',
  toldApart: 'A template like `{tenantid}` in the issuer stands for many tenants and is meant so.',
  silentWhen: 'The client went on: then it does not compare them, and this is only a deviation.',
  references: [
    link(
      'OpenID Connect Discovery section 4.3',
      'https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation',
    ),
    rfc(8414, '3.3'),
  ],
  covers: ['issuer-trailing-slash', 'issuer-mismatch-host'],

  check(file) {
    const documents = documentsOf(file)
    if (documents.length === 0) return notApplicable
    for (const { exchangeId, url, issuer = '' } of documents) {
      const exchange = file.world.exchange(exchangeId)
      if (!exchange) continue
      // A server that leads on to the same address with a slash at its end was asked for the address without it.
      const asked = [firstHopOf(exchange, file.world).url, url].flatMap(issuersFor)
      if (asked.length === 0 || asked.includes(issuer) || /\{[^}]+\}/.test(issuer)) continue
      const deviation = file.provider?.deviations?.some(({ rule }) => rule === 'issuer-mismatch')
      const expected = asked.find((candidate) => urlDifference(issuer, candidate) === 'a trailing slash') ?? asked[0]!
      const difference = urlDifference(issuer, expected) ?? 'their text'
      const wentOn = file.attempt.kind !== 'discovery' || deviation === true || loginFollowed(file)
      // A page may read the metadata long before anybody logs in.
      if (!wentOn && file.world.now - exchange.startedAt <= SILENCE) return pass()
      const http = issuer.startsWith('http:') && expected.startsWith('https:')
      return fail({
        ...(difference === 'a trailing slash' && { title: 'The issuer differs in a trailing slash' }),
        ...(wentOn && !hasStopped(file) && { category: 'conformance' as const, severity: 'info' as const }),
        confidence: wentOn ? 'certain' : 'likely',
        cause: `The metadata was read from ${quote(withoutQuery(url))}, and it says that the issuer is ${quote(issuer)} instead of ${quote(expected)}. They differ in ${difference}.${wentOn ? '' : ' A client has to stop then, and no login followed.'}`,
        evidence: [
          exchangeEvidence(exchange, 'response.body', {
            label: 'issuer',
            parameter: 'issuer',
            actual: issuer,
            expected,
          }),
        ],
        ...(http && { owner: 'authorization_server' as const }),
        fix: {
          summary: http
            ? `Tell the server its public https URL, so that it calls itself ${quote(expected)}.`
            : `Set the issuer (authority) of the client to ${quote(issuer)}.`,
          steps: [
            `${http ? 'Behind' : `Or set the public URL of the server so that it calls itself ${quote(expected)}: behind`} a proxy it takes its name from the Host and X-Forwarded headers, or from a hostname setting.`,
            'The same string also stands in `iss` of the ID token; compare byte by byte, trailing slash included.',
          ],
        },
        consoleValue: expected,
      })
    }
    return pass('the issuer is the one that was asked for')
  },
})

const documentsOf = ({ attempt, world }: CaseFile): readonly ServerMetadata[] =>
  world.known.metadata.filter((known) => attempt.documents.some(({ exchange }) => exchange.id === known.exchangeId))

/** The issuers a metadata URL may stand for: OIDC Discovery puts the well-known part last, RFC 8414 ahead of the path. */
const issuersFor = (url: string): readonly string[] => {
  const found = /^(.*?)\/\.well-known\/(openid-configuration|oauth-authorization-server)(\/[^?#]*)?$/.exec(
    withoutQuery(url),
  )
  const base = found?.[1]
  if (base === undefined) return []
  const path = found?.[3] ?? ''
  if (path !== '') return [`${base}${path}`]
  // An issuer with a trailing slash gives the same URL at the root of a host only when it is that root.
  return parseUrl(base)?.pathname === '/' && !base.endsWith('/') ? [base, `${base}/`] : [base]
}

const hasStopped = (file: CaseFile): boolean =>
  file.failurePoints.some(({ kind }) => kind === 'not_redeemed' || kind === 'callback_error' || kind === 'client_error')

/** Somebody logged in with this server after all, in whatever tab. */
const loginFollowed = ({ attempt, attempts, world }: CaseFile): boolean => {
  const hosts = new Set(attempt.documents.map(({ exchange }) => parseUrl(exchange.url)?.host))
  const endpoints = world.known.metadata
    .filter((known) => hosts.has(parseUrl(known.url)?.host))
    .map(({ document }) => document['authorization_endpoint'])
  return attempts.some(({ requests, tokenCalls }) =>
    [...requests, ...tokenCalls].some(
      ({ exchange }) => hosts.has(parseUrl(exchange.url)?.host) || endpoints.includes(withoutQuery(exchange.url)),
    ),
  )
}
