import { originOf } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import type { ServerClock } from '../../facts/clock'

/** Milliseconds below which clients forgive and `Date` is too coarse to accuse. */
export const SKEW = 60_000

/** What clients forgive at most, unless configured otherwise. */
export const FORGIVEN = 300_000

/** The clocks of the other servers of this recording: they tell whose is wrong where two differ. */
export const otherClocks = (file: CaseFile, url: string): readonly ServerClock[] => {
  const own = originOf(url)
  const origins = new Set(file.world.exchanges.flatMap((exchange) => originOf(exchange.url) ?? []))
  return [...origins].flatMap((origin) => (origin === own ? [] : (file.clock(origin) ?? [])))
}

/** Whether there are any, and all say what this computer says. */
export const agreeWithBrowser = (clocks: readonly ServerClock[]): boolean =>
  clocks.length > 0 && clocks.every(({ offset }) => Math.abs(offset) < SKEW)
