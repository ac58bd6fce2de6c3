import type { Owner } from '../../../model/analysis'
import type { HttpExchange } from '../../../model/exchange'
import { isLoopback, originOf, parseUrl, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import type { FailureKind, FailurePoint } from '../../facts/failure-points'
import { pageOriginOf } from '../../facts/cors'
import { type TransportKind, transportKindOf } from '../../facts/transport'
import type { Failure } from '../rule'
import { corsOf } from './cors-failure'
import { announcedTokenEndpoint, callText, capitalize, endpointOf, hostOf, pointsOf } from './endpoint'
import { exchangeEvidence } from './evidence'
import { quote } from './text'

export interface TransportPoint {
  readonly point: FailurePoint
  readonly transport: TransportKind
}

/** The failures of these kinds in which no answer came, and how the browser names it; CORS is not among them. */
export const transportPoints = (file: CaseFile, kinds: readonly FailureKind[]): readonly TransportPoint[] =>
  pointsOf(file, kinds).flatMap((point) => {
    const { error, status } = point.exchange
    if (error === undefined || (status.state === 'present' && status.value >= 400)) return []
    const transport = isMixedContent(point.exchange) ? 'mixed-content' : transportKindOf(error)
    const isCors = (transport === 'unnamed' || transport === 'cors') && corsOf(file, point).state === 'refused'
    return isCors ? [] : [{ point, transport }]
  })

/** Chromium has no error name for it: an https page that calls http, and nothing went out. Loopback is exempt. */
const isMixedContent = (exchange: HttpExchange): boolean => {
  const target = parseUrl(exchange.url)
  const page = pageOriginOf(exchange)
  return (
    exchange.status.state === 'absent' &&
    transportKindOf(exchange.error ?? '') === 'unnamed' &&
    exchange.resourceType !== 'main_frame' &&
    target?.protocol === 'http:' &&
    !isLoopback(target.hostname) &&
    page?.startsWith('https:') === true
  )
}

interface Words {
  readonly title: string
  readonly cause: string
  readonly owner: Owner
  readonly summary: string
  readonly steps: readonly string[]
}

/** The finding for a call that brought no usable answer. */
export const transportFailure = (file: CaseFile, { point, transport }: TransportPoint): Failure => {
  const { exchange } = point
  const words = wordsOf(file, point, transport)
  const announced = point.message.kind === 'token_request' ? announcedTokenEndpoint(file, exchange) : undefined
  const unnamed = transport === 'unnamed'
  return {
    title: words.title,
    cause: announced
      ? `${words.cause} The server’s metadata names ${quote(announced)} as its token endpoint.`
      : words.cause,
    evidence: [
      exchangeEvidence(exchange, 'response.error', { label: 'error', actual: exchange.error ?? 'no answer' }),
      exchangeEvidence(exchange, 'request.url', {
        label: 'called',
        actual: withoutQuery(exchange.url),
        ...(announced !== undefined && { expected: announced }),
      }),
    ],
    confidence: unnamed ? 'likely' : 'certain',
    owner: announced ? 'client' : words.owner,
    depth: unnamed ? 'symptom' : 'statement',
    fix: announced
      ? {
          summary: `Call ${quote(announced)}: take the token endpoint from the metadata in place of a value of your own.`,
          steps: words.steps,
        }
      : { summary: words.summary, steps: words.steps },
    ...(unnamed && {
      notObservable: ['Why the browser failed the call: the recording names no reason. The console of the page does.'],
    }),
  }
}

const wordsOf = (file: CaseFile, point: FailurePoint, transport: TransportKind): Words => {
  const { exchange } = point
  const { name, owner } = endpointOf(point)
  const call = callText(exchange)
  const host = hostOf(exchange.url)
  const origin = pageOriginOf(exchange)
  switch (transport) {
    case 'dns':
      return {
        title: `The host of ${name} was not found`,
        cause: `The browser found no address for the host of ${call}.`,
        owner: 'network',
        summary: `Correct the host ${quote(host)}, or make it resolvable on this machine.`,
        steps: isInternalName(exchange.url)
          ? [
              `${quote(host)} looks like a name that only exists inside a container or company network: give the browser the public one.`,
            ]
          : ['Check spelling and domain; behind a VPN or a local hosts file, check that it is active.'],
      }
    case 'certificate':
      return {
        title: `The browser does not trust the certificate of ${name}`,
        cause: `The certificate of ${quote(host)} was refused, so ${call} was never sent.`,
        owner,
        summary: `Install a certificate for ${quote(host)} that this browser trusts.`,
        steps: [
          `Open ${originOf(exchange.url) ?? host} in a tab: the browser names what it objects to (issuer, name, or date).`,
          'For development: trust the local certificate authority, for example with mkcert. Scripts cannot click the warning away.',
        ],
      }
    case 'tls': {
      const plain = answersInPlain(file, exchange)
      return {
        title: `No secure connection to ${name}`,
        cause:
          `The TLS handshake with ${quote(host)} failed, so ${call} was never sent.` +
          (plain ? ` The same host and port answered over http in this recording.` : ''),
        owner: plain ? 'client' : owner,
        summary: plain
          ? `Use http, not https, for ${quote(host)} (development only), or let that port speak TLS.`
          : `Check that port ${portOf(exchange.url)} of the server speaks TLS; a plain http server on it fails like this.`,
        steps: ['Old protocol versions and a required client certificate look the same; the server’s log tells.'],
      }
    }
    case 'refused':
      return {
        title: `Nothing answers at ${name}`,
        cause: `The connection to ${quote(host)} was refused: no program accepts connections there, so ${call} was never sent.`,
        owner: 'network',
        summary: `Start the server, or correct host and port (${quote(host)}).`,
        steps: ['In containers: the port must be published, and the server must listen on more than its own loopback.'],
      }
    case 'timeout':
      return {
        title: `${capitalize(name)} did not answer in time`,
        cause: `${call} got no answer before the browser gave up.`,
        owner: 'network',
        summary: `Check that ${quote(host)} can be reached from this machine (VPN, firewall, proxy).`,
        steps: [],
      }
    case 'reset':
      return {
        title: `The connection to ${name} was cut`,
        cause: `${quote(host)} closed the connection of ${call} before it answered.`,
        owner: 'network',
        summary: `Look at the log of the server or proxy at ${quote(host)} at this moment.`,
        steps: ['A plain http request to a port that speaks TLS, a crashed process, or a firewall looks like this.'],
      }
    case 'offline':
      return {
        title: 'The browser was offline, or changed networks',
        cause: `The network went away while ${call} was under way.`,
        owner: 'network',
        summary: 'Retry once the network is back; let the application do so by itself.',
        steps: [],
      }
    case 'proxy':
      return {
        title: `The proxy between browser and ${name.replace(/^the /, '')} failed`,
        cause: `The browser’s proxy did not pass on ${call}.`,
        owner: 'network',
        summary: `Check the proxy settings of browser and system, or exempt ${quote(host)}.`,
        steps: [],
      }
    case 'protocol':
      return {
        title: `The answer of ${name} broke off`,
        cause: `The HTTP connection of ${call} failed in the middle (${quote(exchange.error ?? '')}).`,
        owner: 'network',
        summary: `Look at the proxy in front of ${quote(host)}: limits for header sizes, buffers, and its upstream’s log.`,
        steps: [
          'Large cookies or a large token in the headers are the usual reason; compare with a request without cookies.',
          'If it happens once and not again, it was the network.',
        ],
      }
    case 'encoding':
      return {
        title: `The answer of ${name} cannot be decoded`,
        cause: `${call} was answered, and the body is not in the encoding that ${quote('Content-Encoding')} names (${quote(exchange.error ?? '')}).`,
        owner,
        ...encodingFix(host),
      }
    case 'blocked-by-extension':
      return {
        title: `A browser extension blocked ${name}`,
        cause: `An extension of this browser (an ad or tracking blocker, as a rule) stopped ${call} before it was sent.`,
        owner: 'browser',
        summary: `Allow ${quote(host)} in the blocker, or try a window without extensions.`,
        steps: ['If users have it too: serve the login from a host name of your own that lists do not name.'],
      }
    case 'blocked-by-policy':
      return {
        title: `A policy of this browser blocks ${name}`,
        cause: `The browser’s administrator does not allow ${call}.`,
        owner: 'browser',
        summary: `Ask the administrator to allow ${quote(host)}.`,
        steps: [],
      }
    case 'content-security-policy':
      return {
        title: `Your page’s Content-Security-Policy forbids ${name}`,
        cause: `The Content-Security-Policy of ${origin ? quote(origin) : 'the page'} does not allow ${call}, so the browser did not send it.`,
        owner: 'client',
        summary: `Add ${quote(originOf(exchange.url) ?? host)} to ${directive(exchange)} of the policy.`,
        steps: ['form-action also applies to the redirects that follow a form post.'],
      }
    case 'response-blocked':
      return {
        title: `The browser refused to use the answer of ${name} here`,
        cause: `Headers of the answer to ${call} forbid its use in this page or frame (X-Frame-Options, frame-ancestors, or a Cross-Origin policy).`,
        owner,
        summary: `Look at the headers of the answer of ${quote(host)}, and do not use it in a frame that they forbid.`,
        steps: [],
      }
    case 'mixed-content':
      return {
        title: `A secure page may not call ${name} over http`,
        cause: `${origin ? quote(origin) : 'The page'} is https and ${call} is http; browsers block that (mixed content) and send nothing.`,
        owner: 'client',
        summary: `Use https for ${quote(host)}.`,
        steps: [
          'If the address comes from the server’s metadata, the server does not know that it is reached over https: set its public URL, or the forwarded headers of the proxy.',
        ],
      }
    case 'local-network':
      return {
        title: `The browser did not let a page reach ${name} in the local network`,
        cause: `${call} goes from ${origin ? quote(origin) : 'a public page'} to an address of the local network or this computer; browsers ask the user first, and it was not allowed.`,
        owner: 'browser',
        summary: `Allow “local network access” for ${origin ? quote(origin) : 'the page'} in the browser’s site settings.`,
        steps: [
          'In a frame, the frame needs allow="local-network-access" too.',
          'A redirect of the whole window in place of a frame or a script’s call is not held back.',
        ],
      }
    case 'redirect-loop':
      return {
        title: `${capitalize(name)} redirects in a circle`,
        cause: `${call} was redirected more often than the browser follows.`,
        owner,
        summary: `Look at the first two redirects of ${quote(host)}: the same cookie or parameter is missing each time.`,
        steps: [],
      }
    case 'unsupported':
      return {
        title: `The browser does not speak to the address of ${name}`,
        cause: `${call} has a port or a scheme that browsers refuse.`,
        owner: 'client',
        summary: `Use another port or scheme for ${quote(host)}.`,
        steps: [],
      }
    case 'cors':
    case 'cancelled':
    case 'unnamed':
      return {
        title: `${capitalize(name)} gave no answer`,
        cause: `${call} ended without an answer, and the recording does not say why.`,
        owner: 'network',
        summary: 'Read the line that the browser wrote to the console of the page for this call: it names the reason.',
        steps: [
          '“blocked by CORS policy”: the server must allow the page’s origin.',
          'ERR_CONNECTION_…, ERR_NAME_…, ERR_CERT_…: host, port or certificate.',
          'Blocked: an extension, the Content-Security-Policy, or http from an https page.',
        ],
      }
  }
}

const portOf = (url: string): string => {
  const parsed = parseUrl(url)
  return parsed?.port || (parsed?.protocol === 'http:' ? '80' : '443')
}

/** One label, or a name of a network of its own: containers and companies have those. */
const isInternalName = (url: string): boolean => {
  const name = parseUrl(url)?.hostname ?? ''
  return (!name.includes('.') && name !== 'localhost') || /\.(internal|local|lan|svc|cluster\.local|docker)$/.test(name)
}

const answersInPlain = (file: CaseFile, exchange: HttpExchange): boolean => {
  const plain = `http://${hostOf(exchange.url)}`
  return file.world.exchanges.some(({ url, status }) => originOf(url) === plain && status.state === 'present')
}

const directive = ({ resourceType }: HttpExchange): string => {
  if (resourceType === 'sub_frame') return 'frame-src'
  return resourceType === 'main_frame' ? 'form-action' : 'connect-src'
}

/** What to do where a body is not in the encoding that its header names (RFC 9110 section 8.4). */
export const encodingFix = (host: string): { readonly summary: string; readonly steps: readonly string[] } => ({
  summary: `Let one program alone compress the answers of ${quote(host)}, so that ${quote('Content-Encoding')} says what was done to the body.`,
  steps: [
    'A proxy that unpacks an answer has to take the header off, and one that packs it must not pack what is packed already.',
    'Fetch the same URL with curl, with and without --compressed, at the proxy and behind it.',
  ],
})
