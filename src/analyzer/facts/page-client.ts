import type { AuthorizationResponse } from '../../model/message'
import { paramValue } from '../../model/parameters'
import { originOf } from '../../model/url'
import type { Attempt } from '../correlation/attempt'
import { isPageCall } from './page-call'

/** A login of another client at another server, whose codes are redeemed by pages of the origin that got this answer. */
export const pageClientBeside = (
  attempt: Attempt,
  attempts: readonly Attempt[],
  response: AuthorizationResponse,
): Attempt | undefined => {
  const request = attempt.requests[0]
  if (!request) return undefined
  return attempts.findLast(
    ({ requests: [other], responses, tokenCalls }) =>
      other !== undefined &&
      paramValue(other.sent, 'client_id') !== paramValue(request.sent, 'client_id') &&
      originOf(other.exchange.url) !== originOf(request.exchange.url) &&
      tokenCalls.some(({ exchange }) => isPageCall(exchange)) &&
      responses.some(({ deliveredTo }) => originOf(deliveredTo) === originOf(response.deliveredTo)),
  )
}
