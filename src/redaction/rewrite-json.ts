import { treatmentOf } from './names'
import { rewriteValue } from './rewrite-url'
import type { Replacer } from './vault'

type Members = Readonly<Record<string, unknown>>

/** Rewrites parsed JSON, member by member; `name` is that of the member the value belongs to. */
export const rewriteJson = (name: string, value: unknown, replacer: Replacer): unknown => {
  if (typeof value === 'string') return rewriteValue(name, value, replacer)
  if (typeof value === 'number') return rewriteNumber(name, value, replacer)
  if (Array.isArray(value)) return value.map((item) => rewriteJson(name, item, replacer))
  if (typeof value !== 'object' || value === null) return value
  const members = value as Members
  return Object.fromEntries(
    Object.entries(members).map(([key, member]) => [
      replacer.scrub(key),
      rewriteMember(key, member, members, replacer),
    ]),
  )
}

const rewriteMember = (name: string, value: unknown, siblings: Members, replacer: Replacer): unknown => {
  if (typeof value === 'string' && name === 'code' && isErrorCode(value, siblings)) return replacer.prose(value)
  if (typeof value === 'string' && isPrivateKeyMember(name, siblings)) return replacer.secret(value, 'private_key')
  return rewriteJson(name, value, replacer)
}

/** An API's error object calls its own error code `code`, too. */
const isErrorCode = (value: string, siblings: Members): boolean =>
  ['error', 'message', 'errors', 'detail', 'title', 'msg'].some((name) => siblings[name] !== undefined) &&
  /^[A-Za-z][\w. -]{0,60}$/.test(value) &&
  !/\d{4}/.test(value)

/** RFC 7518 section 6. */
const isPrivateKeyMember = (name: string, siblings: Members): boolean =>
  typeof siblings['kty'] === 'string' && ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth'].includes(name)

/** Times and small numbers tell nothing; a long number in an unknown place may be an account or a one-time code. */
const rewriteNumber = (name: string, value: number, replacer: Replacer): number | string => {
  if (Math.abs(value) < 1000) return value
  const treatment = treatmentOf(name)
  if (treatment.treat !== 'label' || (treatment.personal && replacer.keepPersonal)) return value
  return replacer.secret(String(value), treatment.kind)
}
