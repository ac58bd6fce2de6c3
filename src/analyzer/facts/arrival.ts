import type { HttpExchange } from '../../model/exchange'
import { header } from '../../model/headers'
import { originOf } from '../../model/url'
import type { World } from '../correlation/attempt'

/**
 * How a document request came about: `direct` by the user, the address bar, another program or the site itself;
 * `from-elsewhere` by a redirect or a page of another origin; `unknown` where the source does not tell.
 */
export const arrivalOf = (exchange: HttpExchange, world: World): 'direct' | 'from-elsewhere' | 'unknown' => {
  if (exchange.previousHop !== undefined || exchange.hop > 0) return 'from-elsewhere'
  const site = header(exchange.requestHeaders, 'sec-fetch-site')
  if (site.state === 'present') return /^(none|same-origin)$/.test(site.value) ? 'direct' : 'from-elsewhere'
  if (exchange.initiator !== undefined) {
    return originOf(exchange.initiator) === originOf(exchange.url) ? 'direct' : 'from-elsewhere'
  }
  const recordedByBrowser = world.events.some((event) => event.type === 'recording.started' && event.by === 'browser')
  return recordedByBrowser && exchange.method !== '' ? 'direct' : 'unknown'
}
