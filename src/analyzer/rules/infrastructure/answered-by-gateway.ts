import { header } from '../../../model/headers'
import { originOf } from '../../../model/url'
import { valueOf } from '../../../model/observed'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { bodyText, mediaType } from '../../recognition/readers'
import { callText, capitalize, endpointOf, hostOf, otherEndpoints, pointsOf, tokenEndpoint } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { isPage } from '../shared/refusal-page'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

const kinds = [...tokenEndpoint, ...otherEndpoints, 'callback_error'] as const

export const answeredByGateway = defineRule({
  id: 'answered-by-gateway',
  title: 'Something in front of the server answered in its place',
  category: 'failure',
  severity: 'error',
  owner: 'network',
  depth: 'mechanism',
  explains: kinds,
  what: 'Web pages where an endpoint should answer with data, or the callback refuses, and the signs that another program sent them.',
  why: 'Firewalls, bot checks, company proxies and the login page of a network (captive portal) step in between; the client finds HTML where it expects JSON.',
  toldApart:
    'By structure: status 511, a `Server` header that the same host never sent otherwise, the mark of a bot check, or, where data are asked for, a refusal as a web page without the challenge that OAuth asks for.',
  silentWhen: 'The answer is data, or the page comes from the server itself.',
  references: [rfc(6585, '6'), rfc(8908)],
  covers: ['captive-portal-or-waf'],

  check(file) {
    const points = pointsOf(file, kinds)
    if (points.length === 0) return notApplicable
    for (const point of points) {
      const sign = signOf(file, point)
      if (sign) return fail(failure(point, sign))
    }
    const unseen = points.some(
      ({ kind, exchange, status }) =>
        kind !== 'callback_error' && status === 403 && mediaType(exchange.responseHeaders).state === 'unobserved',
    )
    return unseen ? indeterminate('headers-not-captured') : pass('the answer shows no sign of a gateway')
  },
})

interface Sign {
  readonly told: string
  readonly label: string
  readonly actual: string
  readonly weak?: boolean
}

const signOf = (file: CaseFile, point: FailurePoint): Sign | undefined => {
  const { exchange, status = 0 } = point
  if (status === 511)
    return { told: 'the network itself asks for a login (status 511)', label: 'status', actual: '511' }
  const check = valueOf(header(exchange.responseHeaders, 'cf-mitigated'))
  if (check !== undefined) return { told: 'a bot check stands in front of it', label: 'cf-mitigated', actual: check }
  if (!isPage(point)) return undefined
  // Pages are what a callback answers with, and other statuses say themselves what is wrong.
  const isCallback = point.kind === 'callback_error'
  if (isCallback && status !== 403 && status !== 406) return undefined
  const own = new Set(
    file.world.exchanges
      .filter(
        (other) =>
          other.id !== exchange.id &&
          originOf(other.url) === originOf(exchange.url) &&
          (valueOf(other.status) ?? 500) < 400,
      )
      .map((other) => valueOf(header(other.responseHeaders, 'server'))),
  )
  const sender = valueOf(header(exchange.responseHeaders, 'server'))
  if (sender !== undefined && own.size > 0 && !own.has(sender)) {
    return {
      told: `the page was sent by ${quote(sender)}, which sent none of the host’s good answers`,
      label: 'Server',
      actual: sender,
    }
  }
  // Frameworks refuse with a page or an empty `text/html` of their own: only a page that was read, of an unknown sender, tells.
  const isUnknown = sender === undefined || !own.has(sender)
  const hasText = (valueOf(bodyText(exchange.responseBody)) ?? '').trim() !== ''
  return status === 403 && isUnknown && hasText && !isCallback
    ? {
        told: 'the refusal is a web page without the challenge or the error that OAuth asks for',
        label: 'Content-Type',
        actual: 'text/html',
        weak: true,
      }
    : undefined
}

const failure = (point: FailurePoint, sign: Sign): Failure => {
  const { exchange, status } = point
  const { name, owner } = endpointOf(point)
  // RFC 9110 sections 15.6.3 to 15.6.5: the gateway let the call through, and what is behind it did not answer it.
  const isUpstream = status !== undefined && status >= 502 && status <= 504
  return {
    ...(isUpstream && { owner }),
    title: `Something in front of ${name} answered in its place`,
    cause: `${callText(exchange)} was answered ${status}: ${sign.told}. ${capitalize(name)} itself may never have seen the call.`,
    evidence: [
      exchangeEvidence(exchange, sign.label === 'status' ? 'response.status' : 'response.headers', {
        label: sign.label,
        actual: sign.actual,
        ...(sign.label !== 'status' && { parameter: sign.label }),
      }),
      statusEvidence(exchange),
    ],
    confidence: sign.weak ? 'likely' : 'certain',
    depth: sign.weak ? 'symptom' : 'mechanism',
    fix: isUpstream
      ? {
          summary: `Find out why the server behind ${quote(hostOf(exchange.url))} did not answer its gateway.`,
          steps: [
            'Check that it runs, and that the gateway’s address and port for it are right.',
            'The gateway’s log names what it tried to reach, and how that failed.',
          ],
        }
      : {
          summary: `Let calls to ${quote(hostOf(exchange.url))} pass the firewall, proxy or bot check that answered.`,
          steps: [
            ...(point.kind === 'callback_error'
              ? [
                  'Its log names the rule that objected: the query of a callback (a long `code`, a URL in `iss`) looks like an attack to some.',
                ]
              : []),
            'Open the address in a tab and read the page: it names what sent it, and often an id to look for in its log.',
            'On a foreign network, sign in to the network first.',
          ],
        },
  }
}
