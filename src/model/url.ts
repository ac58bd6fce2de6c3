import type { Parameter } from './parameters'

/** Parses without throwing: `undefined` for what is no absolute URL. */
export const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined)

const origins = new Map<string, string | undefined>()
/** Joins and rules ask for the origin of the same few thousand URLs again and again; parsing is what costs. */
const ORIGINS_KEPT = 10_000

export const originOf = (text: string): string | undefined => {
  if (origins.has(text)) return origins.get(text)
  const url = parseUrl(text)
  const origin = url?.origin === 'null' ? `${url.protocol}//${url.host}` : url?.origin
  if (origins.size >= ORIGINS_KEPT) origins.clear()
  origins.set(text, origin)
  return origin
}

export const withoutFragment = (url: string): string => url.split('#', 1)[0] ?? url

/** The text itself where it is not percent-encoded, or badly so. */
export const decodeOnce = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export const withoutQuery = (url: string): string => url.split(/[?#]/, 1)[0] ?? url

/**
 * The document that the browser asks for when it is sent to `url`, without query: of a bare origin it makes a path.
 *
 * @param base who was told of `url`. Some servers take a path for a redirect_uri, and mean one of their own.
 */
export const landingOf = (url: string, base?: string): string => {
  const isPath = url.startsWith('/') && base !== undefined && URL.canParse(url, base)
  if (isPath) return withoutQuery(new URL(url, base).href)
  return withoutQuery(/^https?:/i.test(url) ? (parseUrl(url)?.href ?? url) : url)
}

/** Where a link leads, on whatever host of a site. Links to the root are links home, unless their query says what is meant. */
export const placeOf = (address: string): string | undefined => {
  const { pathname = '', search = '' } = parseUrl(address) ?? {}
  return pathname === '/' ? search || undefined : pathname
}

export const queryOf = (url: string): string => {
  const [, query = ''] = withoutFragment(url).split(/\?(.*)/s)
  return query
}

export const fragmentOf = (url: string): string => {
  const at = url.indexOf('#')
  return at < 0 ? '' : url.slice(at + 1)
}

const decode = (text: string): string => {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    // URLSearchParams replaces what it cannot decode; so do servers, and the raw text stays beside it.
    return new URLSearchParams(`v=${text}`).get('v') ?? spaced
  }
}

/** What the HAR sanitizers of Cloudflare and Google, among others, write in place of a value: it was there, and is not known. */
export const isPlaceholder = (value: string): boolean =>
  /^(?:\[[\w./+; -]+ redacted\]|[[<({*]*(?:redacted|removed|sanitized)[\])>}*]*)$/i.test(value.trim())

/** Whether a parameter has a placeholder that nobody can compare. `code` and `state` stay: they join the messages of a login. */
export const isWithheld = (name: string, value: string): boolean =>
  name !== 'code' && name !== 'state' && isPlaceholder(value)

/** Reads `application/x-www-form-urlencoded` text in order, with the raw spelling beside each value. Never throws. */
export const readForm = (text: string): readonly Parameter[] =>
  text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=')
      const [name, raw] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
      const [known, value] = [decode(name), decode(raw)]
      return { name: known, value, raw, ...(isWithheld(known, value) && { withheld: true }) }
    })

/** Loopback as RFC 8252 section 7.3 and secure contexts mean it. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  hostname === '::1' ||
  /^127(\.\d{1,3}){3}$/.test(hostname)

/** The same place over https. A default port is not written, and is registered nowhere. */
export const overHttps = (url: string): string =>
  url.replace(/^http:/, 'https:').replace(/^([^/]+\/\/[^/:]+):(80|443)(?=[/?#]|$)/, '$1')
