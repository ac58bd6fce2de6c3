import { isException } from '../model/failure-words'
import { parseUrl, readForm } from '../model/url'
import { treatmentOf } from './names'
import { withoutNames } from './page-words'
import { rewriteJwt } from './rewrite-jwt'
import { isPathOfNames, isRandom } from './shape'
import type { Replacer } from './vault'

/** The value of a parameter, claim or member, by its name. */
export const rewriteValue = (name: string, value: string, replacer: Replacer): string => {
  if (value === '') return value
  const treatment = treatmentOf(name)
  if (name === 'request_uri' || value.startsWith('urn:ietf:params:oauth:request_uri:'))
    return rewriteRequestUri(value, replacer)
  const token = rewriteJwt(value, treatment.treat === 'label' ? treatment.kind : 'token', replacer)
  if (token !== undefined) return token
  if (treatment.treat === 'prose') return replacer.prose(value)
  if (treatment.treat === 'label') {
    if (treatment.personal && replacer.keepPersonal) return value
    if (treatment.kind === 'value' && isException(value)) return replacer.prose(withoutNames(value))
    if (treatment.kind === 'value' && /^https?:\/\/[^/@\s]/i.test(value) && parseUrl(value))
      return rewritePlace(value, replacer)
    // Where the client is to lead afterwards is told again by the request that it leads to, which is rewritten in this way.
    if (treatment.kind === 'value' && /^\/(?!\/)[\w.~%/-]*\?/.test(value)) return rewriteUrl(value, replacer)
    return replacer.secret(value, treatment.kind)
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(value) && parseUrl(value)) return rewriteUrl(value, replacer)
  // A digest is the same one with padding and without.
  for (const shown of new Set([value, value.replace(/=+$/, ''), ...value.split(/\s+/)])) replacer.shown(shown)
  return replacer.scrub(value)
}

/** Where an unknown parameter leads to matters (an open redirect, a wrong host); what stands behind the host does not. */
const rewritePlace = (value: string, replacer: Replacer): string => {
  const [, origin = '', rest = ''] = /^(https?:\/\/[^/?#]*)\/?(.*)$/is.exec(value) ?? []
  replacer.shown(origin)
  if (rest === '' || origin.includes('@')) return origin.includes('@') ? replacer.secret(value, 'value') : value
  return `${origin}/${encodeURIComponent(replacer.secret(rest, 'value'))}`
}

/** RFC 9126 section 2.2: the reference is the secret, not the name space it stands in. */
const rewriteRequestUri = (value: string, replacer: Replacer): string => {
  const [, space, reference = ''] = /^(urn:.*:)([^:]*)$/s.exec(value) ?? []
  if (space !== undefined) return space + replacer.secret(reference, 'request_uri')
  return parseUrl(value) ? rewriteUrl(value, replacer) : replacer.secret(value, 'request_uri')
}

/** A URL with its secrets replaced; everything else keeps its spelling to the character. Relative references work too. */
export const rewriteUrl = (url: string, replacer: Replacer): string => {
  if (/^(?:data|blob|javascript):/i.test(url)) return `${url.slice(0, url.indexOf(':'))}:removed`
  const [, base = '', query, fragment] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(url) ?? []
  return (
    rewriteBase(base, replacer) +
    (query === undefined ? '' : `?${rewriteForm(query.slice(1), replacer)}`) +
    (fragment === undefined ? '' : `#${rewriteFragment(fragment.slice(1), replacer)}`)
  )
}

const rewriteBase = (base: string, replacer: Replacer): string => {
  const [, scheme = '', userinfo, rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?(?:([^/@]*)@)?(.*)$/is.exec(base) ?? []
  const credentials = userinfo === undefined ? '' : `${encodeURIComponent(replacer.secret(userinfo, 'password'))}@`
  const slash = rest.indexOf('/')
  const host = slash < 0 ? (scheme ? rest : '') : rest.slice(0, slash)
  const path = rest.slice(host.length)
  if (scheme) for (const shown of [scheme + host, host, host.replace(/:\d+$/, '')]) replacer.shown(shown)
  // Documents link to each other: such a URL is a member somewhere, too, whatever its name.
  if (scheme && isPathOfNames(path)) replacer.shown(scheme + host + path)
  const segments = path.split('/').map((segment) => rewriteSegment(segment, replacer))
  return scheme + credentials + host + segments.join('/')
}

/** Identifiers in paths (interactions, sessions, reset links) are drawn at random; tenants that are GUIDs are part of the issuer. */
const rewriteSegment = (segment: string, replacer: Replacer): string => {
  const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
  if (!guid.test(segment) && /^[\w.~+=-]+$/.test(segment) && isRandom(segment))
    return encodeURIComponent(replacer.secret(segment, 'path'))
  const scrubbed = replacer.scrub(segment)
  return scrubbed === segment ? segment : scrubbed.replaceAll('#', '%23')
}

const rewriteFragment = (fragment: string, replacer: Replacer): string => {
  const route = /^([^?=&]*)\?(.*)$/s.exec(fragment)
  if (route) return `${rewritePath(route[1] ?? '', replacer)}?${rewriteForm(route[2] ?? '', replacer)}`
  return fragment.includes('=') ? rewriteForm(fragment, replacer) : rewritePath(fragment, replacer)
}

/** A path that stands alone: of a cookie, or of a route in a fragment. */
export const rewritePath = (path: string, replacer: Replacer): string =>
  path
    .split('/')
    .map((segment) => rewriteSegment(segment, replacer))
    .join('/')

/** `application/x-www-form-urlencoded` text; what is kept keeps its spelling. */
export const rewriteForm = (text: string, replacer: Replacer): string => {
  const plain = isPlainChallenge(text)
  return text
    .split('&')
    .map((pair) => {
      const [parameter] = readForm(pair)
      if (!parameter) return pair
      const { name, value, raw = '' } = parameter
      const rawName = pair.slice(0, pair.length - raw.length - (pair.includes('=') ? 1 : 0))
      const newName = replacer.scrub(name)
      const shownName = newName === name ? rawName : encodeURIComponent(newName)
      if (!pair.includes('=')) {
        // A lone value, not a name.
        const lone = isRandom(name) ? replacer.secret(name, 'value') : newName
        return lone === name ? pair : encodeURIComponent(lone)
      }
      const rewritten =
        plain && name === 'code_challenge'
          ? replacer.secret(value, 'code_verifier')
          : rewriteValue(name, value, replacer)
      if (rewritten === value) return `${shownName}=${raw}`
      // A bare plus in an address is read as a space; that it was there stays to be seen.
      const plus = /^[^\s@]+\+[^\s@]*(?:@|%40)/i.test(raw) ? '+@' : ''
      return `${shownName}=${encodeURIComponent(rewritten)}${plus}`
    })
    .join('&')
}

/** With `plain`, or without a method, the challenge is the verifier (RFC 7636 section 4.2). */
const isPlainChallenge = (form: string): boolean =>
  /(?:^|&)code_challenge=/.test(form) && !/(?:^|&)code_challenge_method=S256(?:&|$)/.test(form)
