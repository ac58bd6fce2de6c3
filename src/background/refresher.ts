import { createTurns } from './in-turn'

/**
 * Looks again soon after something changed, and when time alone changes what is to be seen. A change that comes while a
 * look is under way gets a look of its own; looks never overlap.
 *
 * @param look resolves to the milliseconds after which to look again, if any.
 * @returns `changed`, to be called as often as there is something new.
 */
export const createRefresher = (look: () => Promise<number | undefined>, delayMs: number): { changed: () => void } => {
  let soon: ReturnType<typeof setTimeout> | undefined
  let later: ReturnType<typeof setTimeout> | undefined
  const inTurn = createTurns()

  const lookNow = async (): Promise<void> => {
    clearTimeout(later)
    const again = await look()
    if (again !== undefined) later = setTimeout(enqueue, again)
  }
  const enqueue = (): void => {
    inTurn(lookNow).catch((error: unknown) => console.error('Loginscope could not look again.', error))
  }
  return {
    changed: () => {
      soon ??= setTimeout(() => {
        soon = undefined
        enqueue()
      }, delayMs)
    },
  }
}
