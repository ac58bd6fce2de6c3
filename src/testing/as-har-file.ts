import { normalizeExchanges } from '../analyzer/exchanges/exchanges'
import { valueOf } from '../model/observed'
import type { CaptureEvent, Recording } from '../model/recording'

/** The same traffic as somebody else's HAR file would bring it: whole exchanges, without tabs and frames. */
export const asHarFile = ({ events }: Recording): Recording => {
  const entries = normalizeExchanges(events).map((exchange, index): CaptureEvent => {
    const endedAt = exchange.endedAt ?? exchange.startedAt
    const [requestHeaders, requestBody] = [valueOf(exchange.requestHeaders), valueOf(exchange.requestBody)]
    const [responseHeaders, responseBody] = [valueOf(exchange.responseHeaders), valueOf(exchange.responseBody)]
    return {
      type: 'entry.observed',
      seq: index + 1,
      at: endedAt,
      origin: 'file',
      entryId: String(index),
      tabId: 0,
      entry: {
        startedDateTime: exchange.startedAt,
        time: endedAt - exchange.startedAt,
        method: exchange.method,
        url: exchange.url,
        status: valueOf(exchange.status) ?? 0,
        resourceType: exchange.resourceType,
        ...(requestHeaders && { requestHeaders }),
        ...(requestBody && { requestBody }),
        ...(responseHeaders && { responseHeaders }),
        ...(responseBody && { responseBody }),
        ...(exchange.redirectUrl !== undefined && { redirectURL: exchange.redirectUrl }),
        ...(exchange.error !== undefined && { error: exchange.error }),
      },
    }
  })
  const [first] = events
  return { events: [{ type: 'recording.started', by: 'file', seq: 0, at: first?.at ?? 0 }, ...entries] }
}
