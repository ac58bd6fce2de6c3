import type { HttpExchange } from '../../../model/exchange'
import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import type { FailurePoint } from '../../facts/failure-points'
import { jsonResponse } from '../../recognition/readers'
import {
  callText,
  capitalize,
  endpointOf,
  hostOf,
  isServerError,
  otherEndpoints,
  pointsOf,
  tokenEndpoint,
} from '../shared/endpoint'
import { retryAfterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { cite, quote, shorten } from '../shared/text'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'

const kinds = [
  ...tokenEndpoint,
  ...otherEndpoints,
  'start_error',
  'authorization_page',
  'metadata_unusable',
  'keys_unusable',
  'registration_error',
] as const

export const serverError = defineRule({
  id: 'server-error',
  title: 'The server failed',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'statement',
  explains: kinds,
  what: 'Answers with a status of 500 and above, or with `server_error` or `temporarily_unavailable`, of any endpoint of the login.',
  why: 'The request may be right: the server, or a proxy in front of it, could not serve it.',
  toldApart: 'Another OAuth error in the body says more than the status, and is believed.',
  silentWhen: 'The call was repeated with success.',
  references: [rfc(9110, '15.6'), rfc(6749, '4.1.2.1')],
  covers: ['server-5xx-idp'],

  check(file) {
    const points = pointsOf(file, kinds)
    if (points.length === 0) return notApplicable
    const point = points.find(isServerError)
    return point ? fail(failure(point)) : pass()
  },
})

/** Where an answer in JSON explains itself: RFC 6749 section 5.2, RFC 9457 section 3.1, and what frameworks write. */
const explanations = ['error_description', 'detail', 'message']

const wordsOf = (exchange: HttpExchange): string | undefined => {
  const { parameters } = jsonResponse(exchange)
  return explanations.map((name) => paramValue(parameters, name)).find((text) => text !== undefined && text !== '')
}

const failure = (point: FailurePoint): Failure => {
  const { exchange, status, error } = point
  const said = wordsOf(exchange)
  const { name, owner } = endpointOf(point)
  const wait = valueOf(header(exchange.responseHeaders, 'retry-after'))
  const proxied = status === 502 || status === 504
  return {
    title: `${capitalize(name)} failed (${status})`,
    cause:
      `${callText(exchange)} was answered ${status}${error === undefined ? '' : ` with \`${error}\``}. ` +
      (proxied
        ? 'That comes from a proxy or gateway which got no good answer from the server behind it.'
        : status === 503
          ? 'The server, or a gateway in front of it, is overloaded, in maintenance, or not started yet.'
          : 'Something went wrong inside the server; what was sent need not be the reason.') +
      (said === undefined ? '' : ` It says: ${cite(shorten(said, 200))}.`),
    evidence: [statusEvidence(exchange), ...retryAfterEvidence(exchange)],
    confidence: 'certain',
    owner,
    fix: {
      summary:
        said !== undefined && status === 500
          ? `Mend what ${quote(hostOf(exchange.url))} says, or look into its log at this moment.`
          : status === 503
            ? `Wait until ${quote(hostOf(exchange.url))} is up again${wait ? ` (it says: ${wait} seconds)` : ''}, and retry.`
            : `Look into the log of ${quote(hostOf(exchange.url))} at this moment.`,
      steps: [
        ...(proxied
          ? [
              'Check the upstream of the proxy: its address, its time limit, and its buffer for headers (large cookies and tokens overflow it).',
            ]
          : []),
        'Hooks, actions and mappers of your own that run inside the server are a usual reason when it fails for some users only.',
        'A code may be spent by the failed attempt: start the login anew rather than repeating the call.',
      ],
    },
    notObservable: ['What failed inside the server.'],
  }
}
