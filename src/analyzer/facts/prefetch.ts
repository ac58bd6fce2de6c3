import type { HttpExchange } from '../../model/exchange'
import { header } from '../../model/headers'
import { valueOf } from '../../model/observed'

/** Loaded ahead, in case somebody goes there: by the browser, or by a script that says so in the names that came before. */
export const isPrefetch = ({ requestHeaders }: HttpExchange): boolean =>
  ['sec-purpose', 'purpose', 'x-sec-purpose', 'x-purpose', 'x-moz'].some((name) =>
    /prefetch|prerender/i.test(valueOf(header(requestHeaders, name)) ?? ''),
  )
