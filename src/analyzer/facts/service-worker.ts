import type { HttpExchange } from '../../model/exchange'
import { isReplaced } from '../../model/served'
import { failedOnTheWay, isError, statusOf } from './failure-points/point'

/** The server's answer was good, and the page's service worker made an error of it. */
export const isWithheldByWorker = (exchange: HttpExchange): boolean => {
  const { servedStatus } = exchange
  if (isError(exchange) || !isReplaced(statusOf(exchange), servedStatus)) return false
  return servedStatus === 0 ? failedOnTheWay(exchange) : servedStatus! >= 400
}

/** A service worker answered a document that a server would have redirected on, with a page of its own or from its store. */
export const isAnsweredByWorker = ({ fromServiceWorker, redirectUrl }: HttpExchange): boolean =>
  fromServiceWorker && redirectUrl === undefined
