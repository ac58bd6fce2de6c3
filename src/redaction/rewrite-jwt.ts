import { readJwt } from '../model/jwt'
import { type SecretKind } from './names'
import { rewriteJson } from './rewrite-json'
import { isRandom } from './shape'
import type { Replacer } from './vault'

const kindByType: Readonly<Record<string, SecretKind>> = {
  'at+jwt': 'access_token',
  'application/at+jwt': 'access_token',
  'dpop+jwt': 'dpop_proof',
  'logout+jwt': 'logout_token',
  'oauth-authz-req+jwt': 'request_object',
}

/**
 * A JWT that still reads as one: header and protocol claims stay, what is personal or secret in it is labelled, and the label of
 * the token stands where the signature was. `undefined` when the text is no JWT.
 */
export const rewriteJwt = (text: string, kind: SecretKind, replacer: Replacer): string | undefined => {
  const [, before = '', token = '', after = ''] = /^([\s"']*)(.*?)([\s"']*)$/s.exec(text) ?? []
  if (!token.startsWith('ey')) return undefined
  const jwt = readJwt(token)
  if (!jwt) return undefined
  const type = jwt.header['typ']
  const known = typeof type === 'string' ? kindByType[type.toLowerCase()] : undefined
  const surer = kind === 'token' || kind === 'value' || kind === 'header' || kind === 'cookie' ? (known ?? kind) : kind
  const claims = jwt.claims && rewriteClaims(jwt.claims, surer, replacer)
  const header = rewriteJson('', jwt.header, replacer)
  const replaced = replacer.structured(token, surer, (label) => {
    const signature = label.replace('#', '-').replace(/\.+$/, '')
    const parts =
      jwt.parts === 5
        ? [encode(header), '', '', '', signature]
        : [encode(header), claims ? encode(claims) : signature, signature]
    // A long token keeps its length, because it makes URLs and headers too large.
    return parts.join('.').padEnd(token.length >= 1000 ? token.length : 0, '-')
  })
  return before + replaced + after
}

/** In a token that a client made, or was given for itself, the subject is the client. */
const rewriteClaims = (claims: Readonly<Record<string, unknown>>, kind: SecretKind, replacer: Replacer): unknown => {
  const { sub, iss, client_id, azp } = claims
  const madeByClient = kind === 'client_assertion' || kind === 'client_secret'
  const isClient = (text: string) =>
    [iss, client_id, azp].includes(text) || (madeByClient && !isRandom(text) && !text.includes('@'))
  if (typeof sub !== 'string' || !isClient(sub)) return rewriteJson('', claims, replacer)
  replacer.shown(sub)
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, name === 'sub' ? sub : rewriteJson(name, value, replacer)]),
  )
}

const encode = (value: unknown): string => {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
