import type { HttpExchange } from '../../model/exchange'
import { header } from '../../model/headers'

/** Whether a script of a page sent this, rather than a server whose traffic was recorded elsewhere. */
export const isPageCall = (exchange: HttpExchange): boolean =>
  exchange.initiator !== undefined ||
  exchange.resourceType === 'xmlhttprequest' ||
  header(exchange.requestHeaders, 'origin').state === 'present'
