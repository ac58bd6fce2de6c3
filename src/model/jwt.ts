/** What could be read of a JWT or JWE without any key. Reading never fails; `problems` says what is wrong with it. */
export interface Jwt {
  readonly raw: string
  /** 3 for JWS, 5 for JWE. */
  readonly parts: number
  readonly header: Readonly<Record<string, unknown>>
  /** Undefined for a JWE and for a payload that is no JSON object. */
  readonly claims?: Readonly<Record<string, unknown>>
  readonly signature: string
  readonly problems: readonly string[]
}

const decodeSegment = (segment: string): string | undefined => {
  if (!/^[A-Za-z0-9_-]*={0,2}$/.test(segment)) return undefined
  try {
    const bytes = Uint8Array.from(atob(segment.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')), (char) =>
      char.charCodeAt(0),
    )
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const parseObject = (text: string | undefined): Readonly<Record<string, unknown>> | undefined => {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** Reads a compact JWS or JWE (RFC 7515 section 7.1, RFC 7516 section 7.1); `undefined` when the text is neither. */
export const readJwt = (text: string): Jwt | undefined => {
  const parts = text.trim().split('.')
  if (parts.length !== 3 && parts.length !== 5) return undefined
  const [first = '', second = '', third = ''] = parts
  const header = parseObject(decodeSegment(first))
  if (!header || (header['alg'] === undefined && header['typ'] === undefined)) return undefined
  if (parts.length === 5) return { raw: text, parts: 5, header, signature: '', problems: [] }
  const claims = parseObject(decodeSegment(second))
  return {
    raw: text,
    parts: 3,
    header,
    ...(claims && { claims }),
    signature: third,
    problems: claims ? [] : ['The payload is not a JSON object.'],
  }
}

export const stringClaim = (jwt: Jwt, name: string): string | undefined => {
  const value = jwt.claims?.[name]
  return typeof value === 'string' ? value : undefined
}

/** A NumericDate claim in seconds (RFC 7519 section 2). */
export const dateClaim = (jwt: Jwt, name: string): number | undefined => {
  const value = jwt.claims?.[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** `aud` as a list, whether it was sent as a string or as an array (RFC 7519 section 4.1.3). */
export const audiences = (jwt: Jwt): readonly string[] => {
  const aud = jwt.claims?.['aud']
  if (typeof aud === 'string') return [aud]
  return Array.isArray(aud) ? aud.filter((value): value is string => typeof value === 'string') : []
}
