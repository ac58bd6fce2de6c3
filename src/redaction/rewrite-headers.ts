import type { Header, HeaderList } from '../model/recording'
import { isPlaceholder } from '../model/url'
import { isHarmless, publicHeaders, type Treatment, treatmentOf } from './names'
import { rewriteJwt } from './rewrite-jwt'
import { rewritePath, rewriteUrl } from './rewrite-url'
import { isRandom } from './shape'
import type { Replacer } from './vault'

/** Header by header: names, cookie names and attributes, and authentication schemes stay. */
export const rewriteHeaders = (headers: HeaderList, replacer: Replacer): HeaderList =>
  headers.map((header) => {
    const name = replacer.scrub(header.name)
    if (header.withheld) return { name, value: isPlaceholder(header.value) ? header.value : '', withheld: true }
    return { name, value: rewriteHeader(header, replacer) }
  })

const rewriteHeader = ({ name, value }: Header, replacer: Replacer): string => {
  const lower = name.toLowerCase()
  switch (lower) {
    case 'cookie':
      return rewriteCookies(value, replacer)
    case 'set-cookie':
      return rewriteSetCookie(value, replacer)
    case 'authorization':
    case 'proxy-authorization':
      return rewriteAuthorization(value, lower === 'authorization' ? 'access_token' : 'proxy_credentials', replacer)
    case 'dpop':
      return rewriteJwt(value, 'dpop_proof', replacer) ?? replacer.secret(value, 'dpop_proof')
    case 'dpop-nonce':
      return replacer.secret(value, 'nonce')
    case 'location':
    case 'referer':
    case 'content-location':
    case 'origin':
      return rewriteUrl(value, replacer)
    case 'refresh':
      return value.replace(/(url=)(.*)$/is, (_, before: string, url: string) => before + rewriteUrl(url, replacer))
    case 'www-authenticate':
      return rewriteChallenge(value, replacer)
    default:
      return publicHeaders.has(lower) ? rewritePublic(value, replacer) : rewriteUnknown(value, replacer)
  }
}

const rewritePublic = (value: string, replacer: Replacer): string =>
  value.length > 2000 ? replacer.prose(value) : replacer.scrub(value)

/** A header nobody knows is a secret unless it is a bare number or word that could be none. */
const rewriteUnknown = (value: string, replacer: Replacer): string => {
  if (/^(?:\d{1,3}|[A-Za-z]{1,8}|)$/.test(value.trim())) return value
  return rewriteJwt(value, 'header', replacer) ?? replacer.secret(value, 'header')
}

/** A header that may be too large for the server stays as large: the difference stands as white space between two cookies. */
const rewriteCookies = (value: string, replacer: Replacer): string => {
  const rewritten = value
    .split(/(;\s*)/)
    .map((pair, index) => (index % 2 === 0 ? rewriteCookie(pair, replacer) : pair))
    .join('')
  const missing = value.length >= 4000 ? Math.max(0, value.length - rewritten.length) : 0
  return rewritten.replace(/; */, (separator) => separator + ' '.repeat(missing))
}

const rewriteCookie = (pair: string, replacer: Replacer): string => {
  const at = pair.indexOf('=')
  if (at < 0) return replacer.scrub(pair)
  const name = pair.slice(0, at)
  const value = pair.slice(at + 1)
  return `${rewriteCookieName(name, replacer)}=${rewriteJwt(value, 'cookie', replacer) ?? replacer.secret(value, 'cookie')}`
}

/** Libraries put a state or a correlation id into the name itself: the part that is random is labelled, the prefix stays. */
const rewriteCookieName = (name: string, replacer: Replacer): string => {
  const scrubbed = replacer.scrub(name)
  if (scrubbed !== name) return scrubbed
  return name
    .split(/([.:|])/)
    .map((piece) => (isRandom(piece) ? replacer.secret(piece, 'cookie_name') : piece))
    .join('')
}

const rewriteSetCookie = (value: string, replacer: Replacer): string => {
  const [pair = '', ...attributes] = value.split(';')
  const rewritten = pair.includes('=') ? rewriteCookie(pair, replacer) : replacer.secret(pair, 'cookie')
  return [rewritten, ...attributes.map((attribute) => rewriteAttribute(attribute, replacer))].join(';')
}

/** The path is written as in URLs, so that it still matches them. */
const rewriteAttribute = (attribute: string, replacer: Replacer): string => {
  const [, before, path = ''] = /^(\s*path\s*=\s*)(.*)$/i.exec(attribute) ?? []
  return before === undefined ? replacer.scrub(attribute) : before + rewritePath(path, replacer)
}

const rewriteAuthorization = (value: string, kind: string, replacer: Replacer): string => {
  const [, schemes = '', credentials = ''] =
    /^(\s*(?:(?:bearer|dpop|basic|digest|negotiate|token|apikey|api-key|jwt|oauth|aws4-hmac-sha256)\b[\s:]*)*)(.*)$/is.exec(
      value,
    ) ?? []
  if (credentials === '' || isHarmless(credentials)) return value
  if (/basic/i.test(schemes)) return schemes + rewriteBasic(credentials, replacer)
  return (
    schemes +
    credentials
      .split(/([\s"'“”{}[\],]+)/)
      .map((part) => rewriteCredential(part, kind, replacer))
      .join('')
  )
}

/** What is wrong around a token stays to be seen: JSON, quotes, line breaks, a literal in place of the scheme. */
const rewriteCredential = (part: string, kind: string, replacer: Replacer): string => {
  const isName = /^[a-z_]+$/i.test(part) && !isDefault(treatmentOf(part))
  if (!/[A-Za-z0-9]/.test(part) || isHarmless(part) || isName) return part
  return rewriteJwt(part, kind, replacer) ?? replacer.secret(part, kind)
}

const isDefault = (treatment: Treatment): boolean => treatment.treat === 'label' && treatment.kind === 'value'

/** The client_id stays readable; RFC 6749 section 2.3.1. */
const rewriteBasic = (credentials: string, replacer: Replacer): string => {
  let decoded: string
  try {
    decoded = new TextDecoder().decode(
      Uint8Array.from(atob(credentials.trim()), (character) => character.charCodeAt(0)),
    )
  } catch {
    return replacer.secret(credentials, 'client_secret')
  }
  const at = decoded.indexOf(':')
  if (at < 0) return replacer.secret(credentials, 'client_secret')
  replacer.shown(decoded.slice(0, at))
  const secret = decoded.slice(at + 1)
  const label = replacer.secret(formDecoded(secret), 'client_secret')
  // Sent as they are, these two mean something else to the receiver; that they are there must stay to be seen.
  const [unencoded = ''] = /\+|%(?![0-9A-Fa-f]{2})/.exec(secret) ?? []
  const bytes = new TextEncoder().encode(`${decoded.slice(0, at)}:${label}${unencoded}`)
  return btoa(String.fromCharCode(...bytes))
}

const formDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

const rewriteChallenge = (value: string, replacer: Replacer): string =>
  value.replace(/([\w-]+)="((?:[^"\\]|\\.)*)"/g, (whole, name: string, text: string) => {
    if (/^https?:/.test(text)) return `${name}="${rewriteUrl(text, replacer)}"`
    if (/^(?:nonce|opaque|ticket)$/i.test(name)) return `${name}="${replacer.secret(text, 'nonce')}"`
    const rewritten = replacer.prose(text)
    return rewritten === text ? whole : `${name}="${rewritten}"`
  })
