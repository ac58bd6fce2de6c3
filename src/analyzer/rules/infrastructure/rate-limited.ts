import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import type { FailurePoint } from '../../facts/failure-points'
import { callText, capitalize, endpointOf, otherEndpoints, pointsOf, tokenEndpoint } from '../shared/endpoint'
import { retryAfterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'

const kinds = [...tokenEndpoint, ...otherEndpoints, 'authorization_page', 'callback_error'] as const

const MINUTE = 60_000

export const rateLimited = defineRule({
  id: 'rate-limited',
  title: 'The server received too many requests',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: kinds,
  what: 'Answers with status 429, their `Retry-After`, and how often this browser made the same call in the minute before.',
  why: 'Loops, polling and renewal timers that run in every tab exhaust limits; test users and shared addresses do so too.',
  toldApart: 'The status says so. Many calls in this recording speak for a loop of the client’s own.',
  silentWhen: 'The call was repeated with success.',
  references: [rfc(6585, '4')],
  covers: ['rate-limited'],

  check(file) {
    const points = pointsOf(file, kinds)
    if (points.length === 0) return notApplicable
    const point = points.findLast(
      ({ status, error }) => status === 429 || error === 'too_many_requests' || error === 'rate_limit_exceeded',
    )
    return point ? fail(failure(file, point)) : pass()
  },
})

const failure = (file: CaseFile, point: FailurePoint): Failure => {
  const { exchange } = point
  const { name } = endpointOf(point)
  const wait = valueOf(header(exchange.responseHeaders, 'retry-after'))
  const count = file.world.exchanges.filter(
    ({ url, startedAt, isPreflight }) =>
      !isPreflight &&
      withoutQuery(url) === withoutQuery(exchange.url) &&
      startedAt <= exchange.startedAt &&
      exchange.startedAt - startedAt <= MINUTE,
  ).length
  return {
    title: `${capitalize(name)} received too many requests`,
    cause:
      `${callText(exchange)} was answered ${point.status}` +
      (wait === undefined ? '.' : `, to be repeated after ${wait} seconds at the earliest.`) +
      (count > 1
        ? ` This browser had called it ${count} times within a minute.`
        : ' This browser had called it once; others share the limit.'),
    evidence: [statusEvidence(exchange), ...retryAfterEvidence(exchange)],
    confidence: 'certain',
    ...remedy(point, count, wait),
  }
}

const remedy = (
  { kind, exchange }: FailurePoint,
  count: number,
  wait: string | undefined,
): Pick<Failure, 'owner' | 'fix'> => {
  if (count > 3) {
    return {
      owner: 'client',
      fix: { summary: 'Find what repeats the call, and stop it after the first failure.', steps: pauses(wait) },
    }
  }
  if (kind === 'callback_error') {
    return {
      owner: 'client',
      fix: {
        summary: `Leave ${quote(withoutQuery(exchange.url))} out of the limit of the client’s own server, or of the proxy in front of it.`,
        steps: [
          'Begin the login anew after that: to repeat the callback brings the same code, which works once.',
          'Behind a proxy, let the limit count the addresses of users (`X-Forwarded-For`), not that of the proxy.',
        ],
      },
    }
  }
  return {
    owner: 'authorization_server',
    fix: { summary: 'Wait, then retry with growing pauses.', steps: pauses(wait) },
  }
}

const pauses = (wait: string | undefined): readonly string[] => [
  ...(wait === undefined ? [] : [`Honour \`Retry-After: ${wait}\`.`]),
  'Metadata and keys can be cached; a token is good until it expires; one tab can renew for all.',
]
