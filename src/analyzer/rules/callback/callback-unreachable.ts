import { isLoopback, parseUrl, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { formRefusalOf } from '../../facts/page-policy'
import { type TransportKind, transportKindOf } from '../../facts/transport'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { exchangeEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { encodingFix } from '../shared/transport-failure'

export const callbackUnreachable = defineRule({
  id: 'callback-unreachable',
  title: 'The callback could not be reached',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'statement',
  explains: ['callback_unreachable'],
  what: 'The browser’s error for the navigation to the `redirect_uri`.',
  why: 'The authorization server answered, and the browser could not deliver the answer.',
  toldApart:
    'The browser names the reason: nobody listens, no such name, no trusted certificate, no program for the scheme, redirects without end.',
  silentWhen: 'The navigation was cancelled, or the recording simply ends there.',
  references: [rfc(8252, '7.1'), rfc(8252, '7.3')],
  covers: ['callback-connection-refused', 'custom-scheme-not-handled', 'mixed-content-callback'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'callback_unreachable')
    if (!point) return notApplicable
    // The rule about local networks knows how to get through there.
    if (transportKindOf(point.transport ?? '') === 'local-network') {
      return pass('the browser kept the page out of the local network')
    }
    if (formRefusalOf(point.exchange, file.world.exchanges))
      return pass('the page with the form does not allow the redirect')
    const isEndOfLoop =
      transportKindOf(point.transport ?? '') === 'redirect-loop' &&
      file.failurePoints.some(({ kind }) => kind === 'loop')
    return isEndOfLoop ? pass('the callback was reached; the logins repeat') : fail(failure(file, point))
  },
})

const failure = (file: CaseFile, point: FailurePoint): Failure => {
  const { exchange, transport = 'no answer', message } = point
  const target = message.kind === 'authorization_response' ? message.deliveredTo : withoutQuery(exchange.url)
  const { title, cause, summary, steps } = wordsOf(transportKindOf(transport), target, exchange.method)
  return {
    ...(title !== undefined && { title }),
    confidence: 'certain',
    cause: `The answer was on its way to ${quote(target)}, and ${cause} (${transport}).`,
    evidence: [
      exchangeEvidence(exchange, 'response.error', { label: 'error', actual: transport }),
      ...(file.request
        ? [
            exchangeEvidence(file.request.exchange, 'request.query', {
              label: 'redirect_uri',
              actual: file.redirect_uri ?? target,
              parameter: 'redirect_uri',
            }),
          ]
        : []),
    ],
    fix: { summary, steps },
  }
}

interface Words {
  readonly title?: string
  readonly cause: string
  readonly summary: string
  readonly steps: readonly string[]
}

const wordsOf = (kind: TransportKind, target: string, method: string): Words => {
  const url = parseUrl(target)
  const host = url?.host ?? target
  switch (kind) {
    case 'refused':
    case 'timeout':
      return {
        title: kind === 'refused' ? 'Nobody listens at the callback' : 'The callback did not answer',
        cause: kind === 'refused' ? `nothing accepts connections on ${host}` : `${host} did not answer in time`,
        summary: `Start what listens on ${quote(host)}, or use the ${quote('redirect_uri')} of what is running.`,
        steps: [
          'Compare the port with that of the running application; development servers move to the next free one.',
          ...(url && isLoopback(url.hostname)
            ? [
                'A command-line or desktop program must keep listening until the answer has come, and it often stops too early.',
                '`localhost` may mean IPv6: listen on both, or use `127.0.0.1` in the `redirect_uri`.',
              ]
            : []),
        ],
      }
    case 'dns':
      return {
        title: 'The host of the callback does not exist',
        cause: `the browser found no address for ${url?.hostname ?? host}`,
        summary: `Correct the host in the ${quote('redirect_uri')}, or make ${quote(url?.hostname ?? host)} resolvable on this machine.`,
        steps: ['Names of containers and internal networks mean nothing to the browser: send the public name.'],
      }
    case 'certificate':
    case 'tls':
      return {
        title: 'The callback has no secure connection',
        cause: `no trusted TLS connection to ${host} came about`,
        summary: `Give ${quote(host)} a certificate that this browser trusts, or use an http callback on localhost for development.`,
        steps: ['Open the host in a tab: the browser names what it objects to.'],
      }
    case 'unsupported':
      return {
        title: 'No program takes the scheme of the callback',
        cause: `no program on this computer is registered for ${quote(`${url?.protocol ?? ''}`)}`,
        summary: 'Install the application here, or open the login on the device where it is installed.',
        steps: [
          'In the application, register the scheme exactly as in the `redirect_uri`: lower case, a reverse domain name, no underscore.',
          'A mobile scheme cannot be opened by a desktop browser; that alone is no fault of the login.',
          'https links that the application claims (app links, universal links) work everywhere.',
        ],
      }
    case 'encoding':
      return {
        title: 'The answer of the callback cannot be decoded',
        cause: `${host} answered, but the body is not in the encoding that ${quote('Content-Encoding')} names`,
        ...encodingFix(host),
      }
    case 'redirect-loop':
      return {
        title: 'The callback redirects without end',
        cause: 'the redirects that followed did not end',
        summary: 'Look at where the callback and the pages after it redirect to.',
        steps: [
          'A redirect between http and https, with and without www, or to a page that demands a login again are the usual reasons.',
        ],
      }
    case 'mixed-content':
    case 'local-network':
      return {
        title: 'The browser does not let the answer through to the callback',
        cause: 'the browser blocked it: a secure page may not lead a frame or form there',
        summary: `Use an https callback${url?.protocol === 'http:' ? ` in place of ${quote(target)}` : ''}.`,
        steps: ['Or let the answer come as a navigation of the whole tab.'],
      }
    case 'response-blocked':
      return {
        title: 'The callback refuses to be shown in a frame',
        cause: 'its own headers forbid frames',
        summary: `Leave X-Frame-Options and frame-ancestors off ${quote(target)}, or allow the application’s own origin.`,
        steps: ['Only the page for silent renewals needs that; keep the headers everywhere else.'],
      }
    default:
      return {
        cause: `${method === '' ? 'the request' : `the ${method}`} got no answer`,
        summary: `Find out why ${quote(host)} does not answer.`,
        steps: ['Open the callback without its parameters in a tab; the browser’s error page says more.'],
      }
  }
}
