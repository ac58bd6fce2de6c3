import type { HttpExchange } from '../../../model/exchange'
import { isLoopback, originOf, parseUrl } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { queryParameters } from '../../recognition/readers'
import { callText, hostOf } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'

const kinds = ['callback_unreachable', 'authorization_unreachable'] as const

export const redirectToInternalHost = defineRule({
  id: 'redirect-to-internal-host',
  title: 'A server redirected the browser to an address that only it can reach',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: kinds,
  what: 'Redirects from a public host to a private address, a name of one label, or loopback, where nothing answered.',
  why: 'Behind a proxy an application takes its own address from the request it sees; without the forwarded headers that is the internal one.',
  toldApart:
    'The target is internal and the sender is not. A redirect_uri on loopback that the client asked for itself is no such redirect. Where the start of the login named another address to return to, the server did not accept that.',
  silentWhen: 'The target answered.',
  references: [rfc(7239, '5'), rfc(9700, '4.13')],
  covers: ['bad-proxy-host-header'],

  check(file) {
    const points = file.failurePoints.filter(({ kind }) => kinds.some((known) => known === kind))
    if (points.length === 0) return notApplicable
    for (const { exchange } of points) {
      const before = exchange.previousHop === undefined ? undefined : file.world.exchange(exchange.previousHop)
      if (!before || isInternal(before.url) || !isInternal(exchange.url)) continue
      if (originOf(file.redirect_uri ?? '') === originOf(exchange.url)) continue
      const wanted = wantedTarget(file)
      if (wanted && originOf(wanted.value) !== originOf(exchange.url))
        return fail(ignoredTarget(exchange, before, wanted))
      return fail({
        cause: `${callText(before)} redirected to ${callText(exchange)}. ${quote(hostOf(exchange.url))} is an internal address, and the browser got no answer there.`,
        evidence: [
          exchangeEvidence(before, 'response.headers', {
            label: 'Location',
            parameter: 'Location',
            actual: originOf(exchange.url) ?? exchange.url,
            expected: originOf(before.url) ?? before.url,
          }),
          statusEvidence(exchange),
        ],
        confidence: 'certain',
        fix: {
          summary: `Let the application at ${quote(hostOf(before.url))} build its redirects from its public address.`,
          steps: [
            'Have the proxy pass `Host`, or `X-Forwarded-Host` and `X-Forwarded-Proto`, and have the application trust them.',
            'Or set the public base URL in the application’s configuration.',
          ],
        },
      })
    }
    return pass('no redirect led to an internal address')
  },
})

interface WantedTarget {
  readonly at: HttpExchange
  readonly name: string
  readonly value: string
}

/** The address to which the login was to return in the end, where a hop ahead of the request names one beside `redirect_uri`. */
const wantedTarget = ({ attempt, world }: CaseFile): WantedTarget | undefined => {
  let id = attempt.requests[0]?.exchange.previousHop
  while (id !== undefined) {
    const at = world.exchange(id)
    if (!at) return undefined
    const found = queryParameters(at).list.find(({ value }) => /^https?:\/\//i.test(value) && parseUrl(value))
    if (found) return { at, name: found.name, value: found.value }
    id = at.previousHop
  }
  return undefined
}

const ignoredTarget = (exchange: HttpExchange, before: HttpExchange, { at, name, value }: WantedTarget): Failure => ({
  title: 'The login did not return where it was asked to',
  owner: 'authorization_server',
  confidence: 'likely',
  cause: `The login began with ${quote(`${name}=${value}`)}. ${callText(before)} sent the browser to ${callText(exchange)} instead, and it got no answer there. Servers fall back to the address of their settings when they do not accept the one that was asked for.`,
  evidence: [
    exchangeEvidence(before, 'response.headers', {
      label: 'Location',
      parameter: 'Location',
      actual: originOf(exchange.url) ?? exchange.url,
      expected: originOf(value) ?? value,
    }),
    exchangeEvidence(at, 'request.query', { label: name, parameter: name, actual: value }),
    statusEvidence(exchange),
  ],
  fix: {
    summary: `Allow ${quote(value)} as a target of redirects at ${quote(hostOf(at.url))}.`,
    steps: [
      `Set the default address there to that of the application as well: it is ${quote(originOf(exchange.url) ?? exchange.url)} now.`,
    ],
  },
})

const isInternal = (url: string): boolean => {
  const name = parseUrl(url)?.hostname ?? ''
  return (
    isLoopback(name) ||
    !name.includes('.') ||
    /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\.|\.(internal|local|lan|svc)$/.test(name)
  )
}
