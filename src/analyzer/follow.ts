import type { Analysis } from '../model/analysis'
import type { HttpExchange } from '../model/exchange'
import type { EpochMs, Recording } from '../model/recording'
import { type AnalyzeOptions, type Conclusion, type Stages, analyzeBy, conclude } from './analyze'
import { normalizeExchanges } from './exchanges/exchanges'
import type { CaseFile } from './facts/case-file'

type Analyze = (recording: Recording, now: EpochMs, options?: AnalyzeOptions) => Analysis

export interface Follower {
  /** As `analyze`. */
  readonly whole: Analyze
  /**
   * The same at once, for a log that has grown since: attempts that are over, and to which nothing was added, keep what
   * the last analysis said of them. What they owe to the new events is for `whole` to say, soon after.
   */
  readonly glance: Analyze
}

/** Most of the work is asking every rule about every attempt; what arrives belongs to one that is under way. */
const RECENT_MS = 2_000

const lastSign = ({ attempt }: CaseFile): EpochMs =>
  Math.max(...attempt.messages.map(({ exchange, at }) => exchange.endedAt ?? at))

/** Differs when an attempt has got another message, or a message of it another answer. */
const markOf = ({ attempt }: CaseFile): string =>
  [attempt.retryOf, attempt.supersededBy, attempt.tabId]
    .concat(
      attempt.messages.map(({ kind, exchange }) =>
        [kind, exchange.id, exchange.endedAt, exchange.status.state, exchange.responseBody.state].join(' '),
      ),
    )
    .join('|')

/** Headers and bodies are those of the events, so they can be told by identity. */
const contentOf = (fact: HttpExchange[keyof HttpExchange]): unknown => {
  if (typeof fact !== 'object') return fact
  return fact.state === 'present' ? fact.value : fact.state === 'unobserved' ? fact.because : fact.state
}

const isSame = (a: HttpExchange, b: HttpExchange): boolean => {
  const names = Object.keys(b) as (keyof HttpExchange)[]
  return names.length === Object.keys(a).length && names.every((name) => contentOf(a[name]) === contentOf(b[name]))
}

/** Follows one log as it grows; remembers its exchanges, and what was concluded on each of its attempts. */
export const createFollower = (): Follower => {
  let known = new Map<string, { readonly mark: string; readonly conclusion: Conclusion }>()
  let seen = new Map<string, HttpExchange>()

  // What was read out of an exchange is remembered with it, so one to which nothing was added stays the same object.
  const normalize: Stages['normalize'] = (events) => {
    const exchanges = normalizeExchanges(events).map((exchange) => {
      const before = seen.get(exchange.id)
      return before && isSame(before, exchange) ? before : exchange
    })
    seen = new Map(exchanges.map((exchange) => [exchange.id, exchange]))
    return exchanges
  }

  const run =
    (mayKeep: (file: CaseFile, now: EpochMs) => boolean): Analyze =>
    (recording, now, options) => {
      const next: typeof known = new Map()
      const concludeCase = (file: CaseFile): Conclusion => {
        const mark = markOf(file)
        const before = known.get(file.attempt.id)
        const conclusion = before?.mark === mark && mayKeep(file, now) ? before.conclusion : conclude(file)
        next.set(file.attempt.id, { mark, conclusion })
        return conclusion
      }
      const analysis = analyzeBy({ normalize, conclude: concludeCase }, recording, now, options)
      known = next
      return analysis
    }

  return {
    whole: run(() => false),
    glance: run((file, now) => now - lastSign(file) > RECENT_MS),
  }
}
