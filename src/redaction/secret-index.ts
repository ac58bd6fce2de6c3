import { isWords } from './shape'

/** A piece of a text that is a secret, or 12 characters or more of one. */
export interface Hit {
  readonly start: number
  readonly end: number
  /** Number of the secret, in the order they were given. */
  readonly secret: number
  readonly encoding: Encoding
}

export type Encoding =
  'raw' | 'percent' | 'percent twice' | 'base64' | 'base64url' | 'hex' | 'JSON-escaped' | 'HTML-escaped'

/** Shorter pieces of a secret than this give nothing away. */
const FRAGMENT = 12
/** Every window of FRAGMENT characters holds a gram that starts at a multiple of STRIDE, so only those are stored. */
const GRAM = 8
const STRIDE = FRAGMENT - GRAM + 1

interface Pattern {
  readonly text: string
  readonly secret: number
  readonly encoding: Encoding
}

export interface SecretIndex {
  /** From the left, without overlaps. */
  readonly find: (text: string) => readonly Hit[]
}

/**
 * Finds many secrets at once, in every encoding they may stand in, whole or in part.
 *
 * `known` are texts that may be shown: pieces of secrets that are also pieces of those (a client_id inside a code) are no hits.
 * Nor are single words out of a secret that is made of words by somebody (`ofWords`), but for the whole of it.
 */
export const buildSecretIndex = (
  secrets: readonly string[],
  known: Iterable<string> = [],
  ofWords: (secret: number) => boolean = () => false,
): SecretIndex => {
  const patterns = secrets.flatMap((secret, index) => patternsOf(secret, index))
  const long = patterns.filter((pattern) => pattern.text.length >= FRAGMENT)
  const short = new Map(
    patterns.filter((pattern) => pattern.text.length < FRAGMENT).map((pattern) => [pattern.text, pattern]),
  )
  const shortFinder = short.size > 0 ? wholeWords([...short.keys()]) : undefined
  const knownText = [...known].join('\n')

  /** A piece that may be shown by itself: part of what is shown anyway, or short words with a separator at their end. */
  const isCommon = (piece: string, secret: number): boolean => {
    const core = piece.replace(/^[-_.:/]+|[-_.:/]+$/g, '')
    return (
      (ofWords(secret) && /^[a-z]+$/i.test(core)) ||
      (core.length < FRAGMENT && isWords(core)) ||
      decodingsOf(piece).some((text) => knownText.includes(text) || isMadeOfKnown(text))
    )
  }

  /** What two documents have in common without sharing a secret: a time, and names such as that of the issuer. */
  const isMadeOfKnown = (text: string): boolean =>
    text
      .split(/[^A-Za-z0-9]+/)
      .every((word) => partOfTime.test(word) || /^[A-Za-z]{1,3}$/.test(word) || knownText.includes(word))

  const grams = new Map<number, number[]>()
  for (const [number, { text }] of long.entries())
    for (let at = 0; at + GRAM <= text.length; at += STRIDE) {
      const hash = hashAt(text, at)
      const places = grams.get(hash)
      // Many places with one hash come from runs of one character; the first ones do.
      if (!places) grams.set(hash, [number, at])
      else if (places.length < 64) places.push(number, at)
    }
  const filter = new Uint8Array(1 << 16)
  for (const hash of grams.keys()) filter[hash & 0xffff] = 1

  const longHits = (text: string): Hit[] => {
    const hits: Hit[] = []
    if (grams.size === 0 || text.length < FRAGMENT) return hits
    let hash = hashAt(text, 0)
    let at = 0
    while (at + GRAM <= text.length) {
      if (filter[hash & 0xffff]) {
        const hit = longestAt(text, at, grams.get(hash), hits.at(-1)?.end ?? 0)
        if (hit) {
          hits.push(hit)
          at = hit.end
          if (at + GRAM <= text.length) hash = hashAt(text, at)
          continue
        }
      }
      hash = (Math.imul(hash - Math.imul(text.charCodeAt(at), LEADING), BASE) + text.charCodeAt(at + GRAM)) | 0
      at += 1
    }
    return hits
  }

  const longestAt = (text: string, at: number, places: number[] | undefined, from: number): Hit | undefined => {
    let best: Hit | undefined
    for (let index = 0; places && index < places.length; index += 2) {
      const pattern = long[places[index] ?? -1]
      const offset = places[index + 1] ?? 0
      if (!pattern || !text.startsWith(pattern.text.slice(offset, offset + GRAM), at)) continue
      let left = 0
      while (at - left > from && offset - left > 0 && text[at - left - 1] === pattern.text[offset - left - 1]) left += 1
      let right = GRAM
      while (offset + right < pattern.text.length && text[at + right] === pattern.text[offset + right]) right += 1
      const hit = { start: at - left, end: at + right, secret: pattern.secret, encoding: pattern.encoding }
      const length = hit.end - hit.start
      if (length < FRAGMENT || (best && length <= best.end - best.start)) continue
      if (length < pattern.text.length && isCommon(text.slice(hit.start, hit.end), hit.secret)) continue
      best = hit
    }
    return best
  }

  const find = (text: string): readonly Hit[] => {
    const hits = longHits(text)
    if (!shortFinder) return hits
    for (const match of text.matchAll(shortFinder)) {
      const pattern = short.get(match[0])
      const [start, end] = [match.index, match.index + match[0].length]
      if (!pattern || hits.some((hit) => hit.start < end && start < hit.end)) continue
      hits.push({ start, end, secret: pattern.secret, encoding: pattern.encoding })
    }
    return hits.sort((a, b) => a.start - b.start)
  }
  return { find }
}

/** Digits, or what stands between the dashes and colons of an ISO 8601 time: `21T16`, `49Z`. */
const partOfTime = /^(?:\d{0,10}|\d{1,2}T\d{0,2}|\d{1,9}Z)$/

/** The text itself, and what it may be the encoding of; base64 at any of the places in which it may be cut. */
const decodingsOf = (piece: string): readonly string[] => [
  piece,
  piece.replaceAll('\\/', '/'),
  piece
    .replace(/%(?:25)*([2-7][\da-f])/gi, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/^(?:(?:2?5)?2)?F/i, '')
    .replace(/%(?:25?)?[2-7]?$/, ''),
  ...[0, 1, 2, 3].flatMap((cut) => {
    const whole = piece.slice(cut, piece.length - ((piece.length - cut) % 4))
    const text = /^[\w+/-]{8,}$/.test(whole) ? fromBase64(whole) : ''
    return /^[\x20-\x7e]{6,}$/.test(text) ? [text] : []
  }),
]

const fromBase64 = (text: string): string => {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}

const BASE = 0x01000193
const LEADING = Array.from({ length: GRAM - 1 }).reduce<number>((power) => Math.imul(power, BASE), 1)

const hashAt = (text: string, at: number): number => {
  let hash = 0
  for (let index = at; index < at + GRAM; index += 1) hash = (Math.imul(hash, BASE) + text.charCodeAt(index)) | 0
  return hash
}

/** Short secrets count only where they stand alone: six digits are also part of a time. */
const wholeWords = (texts: readonly string[]): RegExp => {
  const escaped = [...texts]
    .sort((a, b) => b.length - a.length)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
  return new RegExp(`(?<![A-Za-z0-9])(?:${escaped.join('|')})(?![A-Za-z0-9])`, 'g')
}

const patternsOf = (secret: string, index: number): readonly Pattern[] => {
  const seen = new Set<string>()
  return encodingsOf(secret).flatMap(([encoding, text]) => {
    if (text.length < 6 || seen.has(text)) return []
    seen.add(text)
    return [{ text, secret: index, encoding }]
  })
}

const encodingsOf = (secret: string): readonly (readonly [Encoding, string])[] => {
  const percent = encodeURIComponent(wellFormed(secret))
  const bytes = new TextEncoder().encode(secret)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const inBase64 = [0, 1, 2].map((offset) => base64Within(bytes, offset))
  return [
    ['raw', secret],
    ['percent', percent],
    ['percent', percent.replaceAll('%20', '+')],
    ['percent', percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())],
    ['percent', encodeURI(wellFormed(secret))],
    ['percent twice', encodeURIComponent(percent)],
    ['JSON-escaped', JSON.stringify(secret).slice(1, -1)],
    ['JSON-escaped', JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')],
    ['HTML-escaped', escapeHtml(secret)],
    ['HTML-escaped', escapeHtml(secret).replaceAll('&#39;', '&#x27;')],
    ['hex', hex],
    ['hex', hex.toUpperCase()],
    ...inBase64.map((text) => ['base64', text] as const),
    ...inBase64.map((text) => ['base64url', text.replaceAll('+', '-').replaceAll('/', '_')] as const),
  ]
}

const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD')

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[character] ?? '#39'};`)

/** The characters of a base64 text that these bytes alone decide, when they stand `offset` bytes (mod 3) into what is encoded. */
const base64Within = (bytes: Uint8Array, offset: number): string => {
  const padded = new Uint8Array(offset + bytes.length)
  padded.set(bytes, offset)
  const encoded = toBase64(padded).replace(/=+$/, '')
  const first = Math.ceil((offset * 8) / 6)
  const last = Math.floor(((offset + bytes.length) * 8) / 6)
  return encoded.slice(first, last)
}

const toBase64 = (bytes: Uint8Array): string => {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
