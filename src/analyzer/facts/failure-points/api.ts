import type { ApiCall, Message } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { hasParam } from '../../../model/parameters'
import { originOf } from '../../../model/url'
import type { Attempt, World } from '../../correlation/attempt'
import { holdsToken, isRefused } from '../../recognition/api-call'
import {
  type FailurePoint,
  failedOnTheWay,
  isError,
  isOk,
  mayBeRepeated,
  oauthError,
  point,
  samePath,
  statusOf,
} from './point'
import { isUsable, tokenFailures } from './token'

/**
 * A refused call that the same client then repeated with success was a step (refresh, DPoP nonce), not a failure. Nor is
 * one without a token before anybody signed in, or after a login that failed: that login is what failed.
 */
export const apiFailures = (attempt: Attempt, attempts: readonly Attempt[], world: World): FailurePoint[] => {
  const bad = attempt.apiCalls.filter(isBad)
  if (bad.length === 0) return []
  const noTokens = tokenFailures(attempt, world)
  const beside = callsBeside(attempt, attempts, world)
  return bad.flatMap((call) => {
    const later = beside.filter((other) => other !== call && other.at >= call.at)
    if (isRepaired(call, later) || mayBeRepeated(call.exchange, world)) return []
    if (noTokens.some((failed) => failed.exchange.startedAt <= call.at)) return []
    if (!holdsToken(call) && !wasSignedIn(call, attempt, attempts)) return []
    if (call.kind === 'userinfo_request') return [point('userinfo_refused', call, apiError(call))]
    return [isError(call.exchange) ? point('api_refused', call, apiError(call)) : point('api_unreachable', call)]
  })
}

const isBad = (call: ApiCall): boolean =>
  call.kind === 'userinfo_request' ? failedOnTheWay(call.exchange) || isError(call.exchange) : isRefused(call)

const isCall = (message: Message): message is ApiCall =>
  message.kind === 'api_call' || message.kind === 'userinfo_request'

/** The calls of this tab but those of other logins. Which tab a call is of can be unknown; then any tab may have repeated it. */
const callsBeside = ({ id, tabId }: Attempt, attempts: readonly Attempt[], world: World): readonly ApiCall[] => {
  const calls = world.messages.filter(isCall)
  if (tabId < 0) return calls
  const ofOtherLogins = new Set(
    attempts
      .filter((other) => other.id !== id && other.requests.length + other.responses.length > 0)
      .flatMap(({ apiCalls }) => apiCalls),
  )
  return calls.filter((call) => {
    const tab = world.tabOf(call.exchange)
    return (tab === tabId || tab < 0) && !ofOtherLogins.has(call)
  })
}

const isRepaired = (call: ApiCall, later: readonly ApiCall[]): boolean =>
  later.some(
    (other) =>
      isOk(other.exchange) &&
      originOf(other.exchange.url) === originOf(call.exchange.url) &&
      (samePath(other.exchange, call.exchange) ||
        (statusOf(call.exchange) === 401 && holdsToken(other) && valueOf(other.token) !== valueOf(call.token))),
  )

const wasSignedIn = (call: ApiCall, attempt: Attempt, attempts: readonly Attempt[]): boolean =>
  attempt.apiCalls.some((other) => other.at <= call.at && holdsToken(other)) ||
  attempts.some(
    (other) =>
      other.tabId === attempt.tabId &&
      (other.tokenCalls.some((token) => token.at <= call.at && isUsable(token)) ||
        other.responses.some(({ at, parameters }) => at <= call.at && hasParam(parameters, 'access_token'))),
  )

/** RFC 6750 section 3.1 puts the code into the challenge; many APIs repeat it in the body, or have it there alone. */
const apiError = (call: ApiCall): Partial<FailurePoint> => {
  const challenge = valueOf(call.challenges)?.find(({ parameters }) => parameters['error'] !== undefined)?.parameters
  if (!challenge) return oauthError(call.response)
  const { error, error_description } = challenge
  return { ...(error !== undefined && { error }), ...(error_description !== undefined && { error_description }) }
}
