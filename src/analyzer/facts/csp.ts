import type { HttpExchange } from '../../model/exchange'
import { headerValues } from '../../model/headers'
import { valueOf } from '../../model/observed'
import { parseUrl } from '../../model/url'

/** What a document may do is in the directives of all its enforced policies (Content Security Policy Level 3). */
type Policy = ReadonlyMap<string, string>

export interface CspRefusal {
  /** The directive that decided; `default-src` where the one asked for is missing. */
  readonly directive: string
  readonly sources: string
}

/** The enforced policies of an answer; report-only ones forbid nothing. Several headers are as good as a list in one. */
const policiesOf = (exchange: HttpExchange): readonly Policy[] =>
  headerValues(valueOf(exchange.responseHeaders) ?? [], 'content-security-policy')
    .flatMap((value) => value.split(','))
    .map((policy) => {
      const directives = new Map<string, string>()
      for (const text of policy.split(';')) {
        const [name = '', ...sources] = text.trim().split(/\s+/)
        // The first of a name counts (section 2.2.1).
        if (name !== '' && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources.join(' '))
      }
      return directives
    })

/** Whether one of the policies has the directive, whatever it says. */
export const hasDirective = (exchange: HttpExchange, name: string): boolean =>
  policiesOf(exchange).some((policy) => policy.has(name))

/**
 * The first policy of `document` that does not allow `target`; where that is not known, one that allows nothing.
 * Directives in the order in which they stand in for each other: `connect-src`, then `default-src`. Paths count only for
 * what is requested first, not for redirects (section 6.7.2.8) nor for ancestors.
 */
export const cspRefusalOf = (
  document: HttpExchange,
  directives: readonly string[],
  target: string | undefined,
  anyPath: boolean,
): CspRefusal | undefined => {
  const url = parseUrl(target ?? '')
  for (const policy of policiesOf(document)) {
    const directive = directives.find((name) => policy.has(name))
    if (directive === undefined) continue
    const sources = policy.get(directive) ?? ''
    const isUpgraded = url?.protocol === 'http:' && policy.has('upgrade-insecure-requests')
    const asked = isUpgraded ? parseUrl(url.href.replace('http:', 'https:')) : url
    if (!allows(sources, parseUrl(document.url), asked, anyPath)) return { directive, sources }
  }
  return undefined
}

/** Section 6.7.2: an empty list, and `'none'`, name nothing. */
const allows = (sources: string, own: URL | undefined, url: URL | undefined, anyPath: boolean): boolean =>
  sources.split(' ').some((source) => {
    if (source === '' || /^'none'$/i.test(source)) return false
    if (url === undefined) return true
    if (source === '*') return /^(https?|wss?):$/.test(url.protocol) || url.protocol === own?.protocol
    if (/^'self'$/i.test(source)) return own !== undefined && isSelf(own, url)
    if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) return schemeFits(source.toLowerCase(), url.protocol)
    return hostFits(source, own, url, anyPath)
  })

const isSelf = (own: URL, url: URL): boolean =>
  own.origin === url.origin ||
  (own.hostname === url.hostname && own.port === url.port && schemeFits(own.protocol, url.protocol))

/** A source may always be taken for its secure sister. */
const schemeFits = (source: string, protocol: string): boolean =>
  source === protocol ||
  (source === 'http:' && protocol === 'https:') ||
  (source === 'ws:' && /^(wss|https?):$/.test(protocol)) ||
  (source === 'wss:' && protocol === 'https:')

/** `https://*.example:443/path`; what is no such thing (a hash, a nonce, a keyword) names no host. */
const hostSource = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^\s:/'*]+)(?::(\d+|\*))?(\/\S*)?$/i

const hostFits = (source: string, own: URL | undefined, url: URL, anyPath: boolean): boolean => {
  const [, scheme, host, port, path] = hostSource.exec(source) ?? []
  if (host === undefined) return false
  const name = host.toLowerCase()
  const nameFits =
    name === '*' || (name.startsWith('*.') ? url.hostname.endsWith(name.slice(1)) : url.hostname === name)
  const wanted = scheme === undefined ? own?.protocol : `${scheme.toLowerCase()}:`
  return (
    nameFits &&
    (wanted === undefined || schemeFits(wanted, url.protocol)) &&
    (port === '*' ||
      portOf(port ?? '', url) === portOf(url.port, url) ||
      (port === '80' && url.protocol === 'https:')) &&
    (anyPath || pathFits(path ?? '', url.pathname))
  )
}

const portOf = (port: string, { protocol }: URL): string =>
  port === '' ? (/^(http|ws):$/.test(protocol) ? '80' : '443') : port

const pathFits = (path: string, pathname: string): boolean =>
  path === '' || (path.endsWith('/') ? pathname.startsWith(path) : pathname === path)
