import type { DescribedValue } from './recording'

/**
 * The smallest of the named sets that holds every character. `unreserved` is RFC 7636 section 4.1; `token` is the b64token
 * of RFC 6750 section 2.1 with the `!`, `$`, `*`, `|`, `,` and `:` that some servers put into theirs.
 */
export const charsetOf = (value: string): DescribedValue['charset'] => {
  if (/^\d+$/.test(value)) return 'digits'
  if (/^[0-9a-f]+$/i.test(value)) return 'hex'
  if (/^[A-Za-z0-9._~-]+$/.test(value)) return 'unreserved'
  if (/^[A-Za-z0-9+/=_-]+$/.test(value)) return 'base64'
  if (/^[A-Za-z0-9._~+/=!$*|,:-]+$/.test(value)) return 'token'
  return /^[\x20-\x7e]+$/.test(value) ? 'visible' : 'other'
}
