import type { HttpExchange } from '../../model/exchange'
import { header } from '../../model/headers'
import { valueOf } from '../../model/observed'
import { originOf } from '../../model/url'
import { groupBy } from '../../model/group-by'

/** A server's clock against the browser's. */
export interface ServerClock {
  /** Milliseconds to add to the browser's time to get the server's; the median of its answers. */
  readonly offset: number
  /** How far the single answers lie apart from the median, at most; `Date` itself counts whole seconds. */
  readonly spread: number
  readonly samples: number
  /** An exchange to show as evidence. */
  readonly exchangeId: string
}

/** Files come from whatever stands in front of the server, by the clock of that. */
const isFile = ({ resourceType }: HttpExchange): boolean =>
  resourceType === 'image' || resourceType === 'font' || resourceType === 'stylesheet' || resourceType === 'script'

interface Sample {
  readonly origin: string
  readonly exchangeId: string
  readonly offset: number
}

/** `Date` less `Age` of an answer that did not come from a cache (RFC 9110 section 6.6.1, RFC 9111 section 5.1). */
const sampleOf = (exchange: HttpExchange): Sample | undefined => {
  const date = valueOf(header(exchange.responseHeaders, 'date'))
  const origin = originOf(exchange.url)
  const at = date === undefined ? Number.NaN : Date.parse(date)
  if (exchange.fromCache || isFile(exchange) || origin === undefined || Number.isNaN(at)) return undefined
  const age = Number(valueOf(header(exchange.responseHeaders, 'age')) ?? 0)
  const local = exchange.endedAt ?? exchange.startedAt
  // Half a second, because Date is cut to the second.
  return Number.isFinite(age) ? { origin, exchangeId: exchange.id, offset: at + 500 - age * 1000 - local } : undefined
}

/** The clock by which this one answer was dated; what stands in front of a server may date others of the same origin. */
export const clockOf = (exchange: HttpExchange): ServerClock | undefined => {
  const sample = sampleOf(exchange)
  return sample && { ...sample, spread: 0, samples: 1 }
}

export const clocksOf = (exchanges: readonly HttpExchange[]): ReadonlyMap<string, ServerClock> => {
  const samples = exchanges.flatMap((exchange) => sampleOf(exchange) ?? [])
  return new Map(
    [...groupBy(samples, ({ origin }) => origin)].map(([origin, group]) => {
      const sorted = group.toSorted((a, b) => a.offset - b.offset)
      const median = sorted[Math.floor((sorted.length - 1) / 2)]!
      const spread = Math.max(...sorted.map(({ offset }) => Math.abs(offset - median.offset)))
      return [origin, { offset: median.offset, spread, samples: sorted.length, exchangeId: median.exchangeId }]
    }),
  )
}
