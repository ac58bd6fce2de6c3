import type { HttpExchange } from '../../../model/exchange'
import type { AuthorizationResponse } from '../../../model/message'
import { paramValue } from '../../../model/parameters'
import type { CaseFile } from '../../facts/case-file'
import { followCookies, startsOf } from '../../facts/cookies'
import { isError } from '../../facts/failure-points/point'
import { isPrefetch } from '../../facts/prefetch'
import { isWithheldByWorker } from '../../facts/service-worker'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { parameterEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { duration, quote } from '../shared/text'

/** Milliseconds up to which a second request for the callback is a machine’s, not a person’s. */
const AT_ONCE = 5000

export const callbackFetchedTwice = defineRule({
  id: 'callback-fetched-twice',
  title: 'The callback was requested twice',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['callback_error', 'client_error', 'token_error:invalid_grant'],
  what: 'Two document requests brought the same code to the callback; the first went well or was cut short, a later one failed.',
  why: 'A code works once. The error that the user sees belongs to the second request.',
  toldApart:
    'When the first request failed itself, the second is only its repetition. A redirect that carries the code on is one delivery.',
  silentWhen: 'The code was delivered once, or the later request went well.',
  references: [rfc(6749, '4.1.2'), rfc(9700, '4.3')],
  covers: ['callback-fetched-twice', 'stale-callback-params-reloaded'],

  check(file) {
    const deliveries = deliveriesOf(file)
    if (deliveries.length === 0) return notApplicable
    const [first] = deliveries
    const failed = file.failurePoints.find(
      ({ kind, exchange, at }) =>
        ['callback_error', 'client_error', 'token_error'].includes(kind) &&
        deliveries
          .slice(1)
          .some((later) => later.exchange.id === exchange.id || (kind !== 'callback_error' && later.at <= at)),
    )
    const second = deliveries.at(-1)
    if (!first || !second || first === second) return pass('the code was delivered once')
    if (!failed || isError(first.exchange) || isWithheldByWorker(first.exchange))
      return pass('the first delivery failed already, or none did')
    return fail(failure(file, first, second, failed.exchange))
  },
})

/**
 * Requests that brought one code. Those that a redirect carried on are not counted, nor a first one without the cookies of
 * the login, which a page of the client had the browser repeat so that they came along.
 */
const deliveriesOf = ({ attempt, world }: CaseFile): readonly AuthorizationResponse[] => {
  const requested = attempt.responses.filter(
    ({ requested: wasRequested, parameters }) => wasRequested && paramValue(parameters, 'code') !== undefined,
  )
  const [first] = requested
  const code = first && paramValue(first.parameters, 'code')
  const setBy = startsOf(attempt, world)
  const cameTo = (exchange: HttpExchange) =>
    followCookies({ setBy, in: exchange, exchanges: world.exchanges }).map(({ fate }) => fate)
  const isBounce = (exchange: HttpExchange) => {
    const fates = cameTo(exchange)
    return (
      fates.length > 0 &&
      fates.every((fate) => fate === 'not_sent') &&
      requested.some((later) => later.at > exchange.startedAt && cameTo(later.exchange).includes('came_back'))
    )
  }
  return requested.filter(({ parameters, exchange }) => {
    const before = exchange.previousHop === undefined ? undefined : world.exchange(exchange.previousHop)
    const isCarriedOn = before !== undefined && requested.some(({ exchange: other }) => other.id === before.id)
    return paramValue(parameters, 'code') === code && !isCarriedOn && !isBounce(exchange)
  })
}

const failure = (
  { world }: CaseFile,
  first: AuthorizationResponse,
  second: AuthorizationResponse,
  failed: AuthorizationResponse['exchange'],
): Failure => {
  const apart = second.at - first.at
  const prefetched = [first, second].some(({ exchange }) => isPrefetch(exchange))
  const navigation = world.events.findLast(
    (event) =>
      event.type === 'navigation.committed' &&
      event.tabId === second.exchange.tabId &&
      Math.abs(event.at - second.at) < AT_ONCE &&
      (event.transitionType === 'reload' || event.how === 'restored'),
  )
  const reloaded = navigation !== undefined || apart > AT_ONCE
  const byWorker = [first, second].some(
    ({ exchange }) => exchange.tabId < 0 || exchange.fromServiceWorker || exchange.servedStatus !== undefined,
  )
  const base = {
    confidence: first.exchange.status.state === 'present' ? ('certain' as const) : ('likely' as const),
    evidence: [
      parameterEvidence(second.parameters, 'code', { actual: 'the same code again' }),
      parameterEvidence(first.parameters, 'code', { actual: 'the code, delivered first' }),
      statusEvidence(failed),
    ] as const,
  }
  const where = quote(second.deliveredTo)
  if (reloaded) {
    return {
      ...base,
      title: 'An old callback URL was loaded again',
      cause: `${where} was loaded again ${duration(apart)} after it had been answered, with the code of that login still in its URL. The code was used up, and so the second load failed.`,
      fix: {
        summary: 'Take the code out of the URL as soon as it was read.',
        steps: [
          'A server redirects from the callback to a page without parameters; a page uses history.replaceState.',
          'Treat a code or state that is known already as “go to the start page”, not as an error.',
        ],
      },
    }
  }
  return {
    ...base,
    cause:
      `${where} was requested twice with the same code, ${duration(apart)} apart` +
      `${prefetched ? ', once as a prefetch' : byWorker ? ', once by a service worker' : ''}. One of them used the code up; the other one failed, and that is what the user sees.`,
    fix: {
      summary: prefetched
        ? 'Keep the callback out of what is prefetched.'
        : byWorker
          ? 'Keep the service worker away from the callback.'
          : 'Find what requests the callback a second time.',
      steps: [
        ...(byWorker ? ['Exclude the path in the worker, and from navigation preload.'] : []),
        'Look for a double click, a script that loads the page’s own URL, and programs that check links.',
        'Make the callback answer a second delivery of a code like the first one, by a redirect to the application.',
      ],
    },
  }
}
