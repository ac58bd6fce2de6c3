import type { Evidence } from '../../../model/analysis'
import { valueOf } from '../../../model/observed'
import { originOf, parseUrl, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link, rfc } from '../shared/references'
import { quote } from '../shared/text'

export const discoveryUnreachable = defineRule({
  id: 'discovery-unreachable',
  title: 'The server’s metadata is not where the client looks for it',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: ['metadata_unusable'],
  what: 'The request for the metadata of the authorization server was answered with an error status, or with something that is no JSON, and no login followed.',
  why: 'Without its metadata the client does not know the server’s endpoints and cannot even begin.',
  toldApart:
    'Clients try several places; one that answers is enough. What the network or CORS kept from the page has rules of its own.',
  silentWhen: 'Another place gave the metadata, or the client went on without it.',
  references: [
    link(
      'OpenID Connect Discovery section 4',
      'https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig',
    ),
    rfc(8414, '3'),
  ],
  covers: ['discovery-unreachable'],

  check(file) {
    const point = file.failurePoints.findLast(({ kind }) => kind === 'metadata_unusable')
    if (!point) return file.attempt.documents.length > 0 ? pass('the metadata was read') : notApplicable
    if (point.transport !== undefined && point.status === undefined)
      return pass('the metadata endpoint was not reached at all')
    if (point.transport !== undefined && (point.status ?? 0) < 400)
      return pass('the server gave its metadata, and the browser kept it from the page')
    const forbids = point.status === 401 || point.status === 403
    if (point.transport !== undefined && forbids) return pass('the server has something there, and refused this page')
    const { url } = point.exchange
    const forApi = failureForApi(file, point)
    if (forApi) return fail(forApi)
    const form = 'response' in point.message ? valueOf(point.message.response.form) : undefined
    const broken = (point.status ?? 0) >= 500
    const remedy = forbids ? { says: 'There is something at this URL, and it was refused.' } : remedyFor(file, url)
    const answer =
      point.status === 200
        ? `status 200 and ${form === 'html' ? 'an HTML page' : 'something that is no JSON'}`
        : `status ${point.status}`
    const evidence: [Evidence, ...Evidence[]] = [
      exchangeEvidence(point.exchange, 'request.url', {
        label: 'metadata URL',
        actual: url,
        ...(remedy.expected !== undefined && { expected: remedy.expected }),
      }),
      statusEvidence(point.exchange),
    ]
    return fail({
      ...((broken || forbids) && {
        title: `The server ${broken ? 'cannot' : 'does not'} give its metadata`,
        owner: 'authorization_server' as const,
        depth: 'symptom' as const,
      }),
      ...(remedy.expected !== undefined && { depth: 'mechanism' as const }),
      confidence: 'certain',
      cause: `The client asked ${quote(url)} for the server’s metadata and got ${answer}. ${broken ? 'The server failed.' : remedy.says}`,
      evidence,
      fix: forbids
        ? {
            summary: `Let everybody read ${quote(url)}: metadata needs no credentials.`,
            steps: ['Look for what refuses it: a gateway, a list of allowed addresses, a check of the origin.'],
          }
        : broken
          ? {
              summary: 'Look at the authorization server’s log at this time.',
              steps: ['Open the metadata URL in a tab: it has to show JSON.'],
            }
          : {
              summary:
                remedy.expected === undefined
                  ? 'Set the issuer (authority) to the URL that the server itself gives as its issuer.'
                  : `Use ${quote(remedy.expected)}.`,
              steps: [
                'Open the metadata URL in a tab: it has to show JSON with `issuer` and `authorization_endpoint`.',
                ...(url.includes('openid-configuration')
                  ? [
                      'A server of OAuth without OpenID Connect has its metadata at `/.well-known/oauth-authorization-server` (RFC 8414), and issues no ID tokens: use a client for OAuth there.',
                    ]
                  : []),
                'The issuer includes the tenant or realm, and no `/.well-known/…`; the library adds that.',
                'Behind a proxy, check that `/.well-known/` goes to the authorization server and not to the application.',
              ],
            },
    })
  },
})

/** A client that an API sent there knows no issuer: what the API publishes has to lead to the metadata (RFC 9728). */
const failureForApi = (file: CaseFile, { exchange, status }: FailurePoint): Failure | undefined => {
  const document = file.attempt.documents.find(({ kind }) => kind === 'protected_resource_metadata')
  if (!document || status === undefined || status >= 500) return undefined
  const servers = valueOf(document.response.json)?.['authorization_servers']
  const [issuer] = Array.isArray(servers) ? servers.filter((item) => typeof item === 'string') : []
  const at = withoutQuery(document.exchange.url)
  const evidence = [
    exchangeEvidence(exchange, 'request.url', { label: 'metadata URL', actual: exchange.url }),
    statusEvidence(exchange),
    statusEvidence(document.exchange, 'metadata of the API'),
  ] as const
  if (valueOf(document.exchange.status) === 404 && originOf(exchange.url) === originOf(at)) {
    return {
      title: 'The API does not say which server issues its tokens',
      owner: 'resource_server',
      depth: 'mechanism',
      confidence: 'certain',
      cause: `There is no metadata of the API at ${quote(at)} (404). The client then looked for an authorization server at the API itself, and ${quote(exchange.url)} was answered ${status}.`,
      evidence,
      fix: {
        summary: `Serve protected resource metadata at ${quote(at)}, with ${quote('authorization_servers')} naming the issuer.`,
        steps: [
          `An API that is its own authorization server serves ${quote('/.well-known/oauth-authorization-server')} instead.`,
          'Behind a proxy, check that `/.well-known/` goes to the API and not elsewhere.',
        ],
      },
    }
  }
  if (issuer === undefined) return undefined
  const expected = rfc8414Url(issuer)
  return {
    title: 'The authorization server that the API names gives no metadata',
    owner: 'authorization_server',
    confidence: 'certain',
    cause: `The API names ${quote(issuer)} as its authorization server. ${quote(exchange.url)} was answered ${status}.`,
    evidence,
    fix: {
      summary: `Serve the metadata of ${quote(issuer)} at ${quote(expected)}, or correct ${quote('authorization_servers')} of the API.`,
      steps: ['The well-known part stands between the host and the path of the issuer, not after the path.'],
    },
  }
}

/** RFC 8414 section 3.1. */
const rfc8414Url = (issuer: string): string => {
  const url = parseUrl(issuer)
  return url ? `${url.origin}/.well-known/oauth-authorization-server${url.pathname.replace(/\/$/, '')}` : issuer
}

interface Remedy {
  readonly says: string
  readonly expected?: string
}

const wellKnown = /\/\.well-known\/(openid-configuration|oauth-authorization-server)/

const remedyFor = (file: CaseFile, url: string): Remedy => {
  const doubled = /([^:])\/{2,}/.test(url) ? url.replaceAll(/([^:])\/{2,}/g, '$1/') : undefined
  if (doubled !== undefined) {
    return {
      says: 'The path has two slashes: the issuer ends with one, and the client adds another.',
      expected: doubled,
    }
  }
  const twice = url.match(new RegExp(wellKnown, 'g'))
  if (twice && twice.length > 1) {
    return {
      says: 'The well-known path stands there twice: the issuer was set to the URL of the metadata.',
      expected: url.replace(wellKnown, ''),
    }
  }
  const other = otherPlace(file, url)
  if (other !== undefined) {
    return { says: `The server gives its metadata at ${quote(other)}.`, expected: other }
  }
  const path = parseUrl(url)?.pathname ?? ''
  return {
    says: path.startsWith('/.well-known/')
      ? 'There is no metadata at the root of this host: many servers have it below a tenant or realm.'
      : 'There is no metadata at this path: the issuer has another one, or this server offers none.',
  }
}

/** Metadata of the same host that was read elsewhere in the recording. */
const otherPlace = ({ world }: CaseFile, url: string): string | undefined =>
  world.known.metadata.find((known) => known.url !== url && parseUrl(known.url)?.host === parseUrl(url)?.host)?.url
