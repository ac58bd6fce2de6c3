import type { HttpExchange } from '../../model/exchange'
import { header } from '../../model/headers'
import { valueOf } from '../../model/observed'

/**
 * The cache that answered in place of the server: the browser’s own, or one that all its users share. Only what was stored has
 * an age, and caches on a miss write 0 (RFC 9111 section 5.1).
 */
export const storedIn = ({ fromCache, responseHeaders }: HttpExchange): 'browser' | 'shared' | undefined => {
  if (fromCache) return 'browser'
  return Number(valueOf(header(responseHeaders, 'age')) ?? 0) >= 1 ? 'shared' : undefined
}
