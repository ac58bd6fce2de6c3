import type { TokenManagementRequest, TokenRequest } from '../../../model/message'
import { paramValue } from '../../../model/parameters'
import type { Attempt, World } from '../../correlation/attempt'
import { type FailurePoint, SILENCE, failedOnTheWay, isError, isOk, point } from './point'
import { isUsable } from './token'

/** Who signs out has used his session before, or goes to the logout endpoint; a client that takes no login does neither. */
export const givenBack = (attempt: Attempt, attempts: readonly Attempt[], world: World): FailurePoint[] => {
  const tokens = attempt.tokenCalls.findLast(isUsable)
  const end = tokens?.exchange.endedAt
  if (!tokens || end === undefined) return []
  const revocation = attempt.management.find(
    (call) =>
      call.kind === 'revocation_request' &&
      call.at >= end &&
      call.at - end <= SILENCE &&
      call.exchange.tabId === tokens.exchange.tabId &&
      revokes(call, tokens, attempt, attempts),
  )
  if (!revocation || isSignedOut(end, attempt, world)) return []
  const failed = world.exchanges.findLast(
    (exchange) =>
      exchange.startedAt >= end &&
      exchange.startedAt <= revocation.at &&
      exchange.tabId === revocation.exchange.tabId &&
      exchange.resourceType === 'xmlhttprequest' &&
      !exchange.isPreflight &&
      (failedOnTheWay(exchange) || isError(exchange)),
  )
  return failed ? [point('tokens_given_back', revocation, { exchange: failed })] : []
}

/** Where the answer was not read, no tokens but its own may be there to be revoked. */
const revokes = (
  call: TokenManagementRequest,
  { response }: TokenRequest,
  attempt: Attempt,
  attempts: readonly Attempt[],
): boolean => {
  const token = paramValue(call.parameters, 'token')
  const issued = ['access_token', 'refresh_token'].map((name) => paramValue(response.parameters, name))
  if (response.parameters.hidden === undefined) return token !== undefined && issued.includes(token)
  return attempts.every(
    (other) => other === attempt || other.tabId !== attempt.tabId || !other.tokenCalls.some(isUsable),
  )
}

const isSignedOut = (since: number, attempt: Attempt, { messages, tabOf }: World): boolean =>
  attempt.apiCalls.some(({ exchange, at }) => at >= since && isOk(exchange)) ||
  messages.some(
    ({ kind, at, exchange }) => kind === 'end_session_request' && at >= since && tabOf(exchange) === attempt.tabId,
  )
