import type { HttpExchange } from '../../model/exchange'
import { headerValues } from '../../model/headers'
import { valueOf } from '../../model/observed'
import { originOf, parseUrl } from '../../model/url'

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
  const policies = headerValues(headers, 'content-security-policy').flatMap((value) => value.split(','))
  const ancestors = policies.flatMap((policy) => /(?:^|;)\s*frame-ancestors\s+([^;]*)/i.exec(policy)?.[1] ?? [])
  if (ancestors.length > 0) {
    const refused = ancestors.find((sources) => !allows(sources, exchange.url, embedder))
    return refused === undefined
      ? undefined
      : { header: 'Content-Security-Policy', value: `frame-ancestors ${refused.trim()}` }
  }
  const [options] = headerValues(headers, 'x-frame-options').map((value) => value.trim())
  if (options === undefined) return undefined
  const isOwn = embedder !== undefined && originOf(embedder) === originOf(exchange.url)
  const refuses = /^deny$/i.test(options) || (/^sameorigin$/i.test(options) && embedder !== undefined && !isOwn)
  return refuses ? { header: 'X-Frame-Options', value: options } : undefined
}

/** Whether a source list names the embedder; what cannot be told counts as allowed. */
const allows = (sources: string, url: string, embedder: string | undefined): boolean => {
  const list = sources.trim().split(/\s+/)
  if (list.some((source) => /^'none'$/i.test(source))) return false
  if (embedder === undefined) return true
  const page = parseUrl(embedder)
  return list.some((source) => {
    if (source === '*') return true
    if (/^'self'$/i.test(source)) return originOf(url) === originOf(embedder)
    if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) return page?.protocol === source.toLowerCase()
    return page !== undefined && matches(source, page)
  })
}

/** `https://*.example:443/path` against a page; scheme and port count where the source names them. */
const matches = (source: string, page: URL): boolean => {
  const [, scheme, host = '', port] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^:/]+)(?::(\d+|\*))?/i.exec(source) ?? []
  const hostMatches = host.startsWith('*.')
    ? page.hostname.endsWith(host.slice(1).toLowerCase())
    : page.hostname === host.toLowerCase()
  const schemeMatches = scheme === undefined || `${scheme.toLowerCase()}:` === page.protocol
  return hostMatches && schemeMatches && (port === undefined || port === '*' || port === page.port)
}
