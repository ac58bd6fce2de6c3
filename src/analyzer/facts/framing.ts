import type { HttpExchange } from '../../model/exchange'
import { headerValues } from '../../model/headers'
import { valueOf } from '../../model/observed'
import { originOf } from '../../model/url'
import { cspRefusalOf, hasDirective } from './csp'

export interface FrameRefusal {
  readonly header: 'X-Frame-Options' | 'Content-Security-Policy'
  readonly value: string
}

/**
 * The header with which a document refuses to be shown in a frame of `embedder`. `frame-ancestors` overrules
 * X-Frame-Options (CSP Level 3 section 6.4.2); redirects may carry either without effect.
 */
export const frameRefusalOf = (exchange: HttpExchange, embedder: string | undefined): FrameRefusal | undefined => {
  const headers = valueOf(exchange.responseHeaders)
  if (!headers || exchange.redirectUrl !== undefined) return undefined
  if (hasDirective(exchange, 'frame-ancestors')) {
    const refusal = cspRefusalOf(exchange, ['frame-ancestors'], embedder, true)
    return refusal && { header: 'Content-Security-Policy', value: `frame-ancestors ${refusal.sources}` }
  }
  const [options] = headerValues(headers, 'x-frame-options').map((value) => value.trim())
  if (options === undefined) return undefined
  const isOwn = embedder !== undefined && originOf(embedder) === originOf(exchange.url)
  const refuses = /^deny$/i.test(options) || (/^sameorigin$/i.test(options) && embedder !== undefined && !isOwn)
  return refuses ? { header: 'X-Frame-Options', value: options } : undefined
}
