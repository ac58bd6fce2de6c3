import type { Attempt, World } from '../../correlation/attempt'
import { apiFailures } from './api'
import { authorizationFailures, pushedFailures, responseFailures, signInFailures, startFailures } from './authorization'
import { callbackFailures, handoverFailures } from './callback'
import { metadataFailures, neverSent, notBegun } from './documents'
import { givenBack } from './given-back'
import { loopFailures } from './loop'
import { notRedeemed } from './not-redeemed'
import { federatedFailures, logoutFailures, managementFailures } from './server-calls'
import { deviceFailures, tokenFailures } from './token'
import type { FailurePoint } from './point'

export {
  type FailureKind,
  type FailurePoint,
  SILENCE,
  failedOnTheWay,
  firstHopOf,
  follows,
  hopsTo,
  isOk,
  samePath,
} from './point'
export { chainOf, isContinued, isTurnOfLoop } from './loop'
export { isFramed } from './authorization'
export { callStillRefused, chainOfCallback, lostBeforeLastPage } from './not-signed-in'
export { isFoundAllTheSame, isUsable } from './token'

/** What did not work in this attempt and was not made good by what came after it, in the order of time. */
export const failurePointsOf = (
  attempt: Attempt,
  attempts: readonly Attempt[],
  world: World,
): readonly FailurePoint[] =>
  [
    ...metadataFailures(attempt, attempts),
    ...startFailures(attempt),
    ...pushedFailures(attempt, world),
    ...authorizationFailures(attempt, world),
    ...signInFailures(attempt, world),
    ...responseFailures(attempt),
    ...callbackFailures(attempt, world),
    ...handoverFailures(attempt, world),
    ...tokenFailures(attempt, world),
    ...deviceFailures(attempt),
    ...givenBack(attempt, attempts, world),
    ...apiFailures(attempt, attempts, world),
    ...loopFailures(attempt, attempts),
    ...notRedeemed(attempt, attempts, world),
    ...logoutFailures(attempt),
    ...managementFailures(attempt),
    ...federatedFailures(attempt),
    ...neverSent(attempt, attempts, world),
    ...notBegun(attempt, attempts, world),
  ].sort((a, b) => a.at - b.at)
