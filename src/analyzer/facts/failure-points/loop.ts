import type { Attempt } from '../../correlation/attempt'
import { type FailurePoint, point } from './point'

const LOOP_LENGTH = 3
const LOOP_GAP = 10_000

/** The attempts that led here, each the repetition of the one before, oldest first, this one included. */
export const chainOf = (attempt: Attempt, attempts: readonly Attempt[]): readonly Attempt[] => {
  const chain = [attempt]
  for (let before = previous(attempt, attempts); before; before = previous(before, attempts)) chain.unshift(before)
  return chain
}

const previous = (attempt: Attempt, attempts: readonly Attempt[]): Attempt | undefined =>
  attempts.find(
    (other) =>
      other.id === attempt.retryOf &&
      other.responses.length > 0 &&
      attempt.startedAt - other.responses.at(-1)!.at <= LOOP_GAP,
  )

const next = (attempt: Attempt, attempts: readonly Attempt[]): Attempt | undefined =>
  attempts.find((other) => other.retryOf === attempt.id && previous(other, attempts) === attempt)

/** Three answered logins in a row, without anybody touching anything in between. The last of them carries the finding. */
export const loopFailures = (attempt: Attempt, attempts: readonly Attempt[]): FailurePoint[] => {
  const request = attempt.requests[0]
  if (!request || next(attempt, attempts)) return []
  const chain = chainOf(attempt, attempts)
  if (chain.length < LOOP_LENGTH || chain.some(({ kind }) => kind === 'silent_renewal')) return []
  return [point('loop', request, { at: request.at })]
}

/** Whether a loop took this attempt further, so that it did not end here. */
export const isTurnOfLoop = (attempt: Attempt, attempts: readonly Attempt[]): boolean => {
  const after = next(attempt, attempts)
  return after !== undefined && (loopFailures(after, attempts).length > 0 || isTurnOfLoop(after, attempts))
}

/** True when a later attempt of the same client followed at once: what matters is how that one ended. */
export const isContinued = (attempt: Attempt, attempts: readonly Attempt[]): boolean =>
  attempts.some(
    (other) =>
      other.retryOf === attempt.id &&
      // One that began before this one was answered, in another tab, says nothing of what came of the answer.
      other.startedAt >= (attempt.responses.at(-1)?.at ?? 0) &&
      chainOf(other, attempts).includes(attempt),
  )
