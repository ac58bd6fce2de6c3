import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { charsetOf } from '../../model/charset'
import type { CaptureEvent, DescribedValue, HashKind } from '../../model/recording'

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const hashes: Record<HashKind, (bytes: Uint8Array) => Uint8Array> = {
  S256: sha256,
  'left-half-256': (bytes) => sha256(bytes).slice(0, 16),
  'left-half-384': (bytes) => sha384(bytes).slice(0, 24),
  'left-half-512': (bytes) => sha512(bytes).slice(0, 32),
}

export const digest = (kind: HashKind, value: string): string =>
  base64url(hashes[kind](new TextEncoder().encode(value)))

/** Asks about values; a redacted recording answers from what was recorded about them before they were removed. */
export interface Values {
  /** Whether `value` hashes to `expected`. */
  hashesTo(kind: HashKind, value: string, expected: string): boolean
  lengthOf(value: string): number
  charsetOf(value: string): DescribedValue['charset']
}

export const valuesOf = (events: readonly CaptureEvent[]): Values => {
  const described = new Map(
    events.flatMap((event) => (event.type === 'values.described' ? Object.entries(event.values) : [])),
  )
  return {
    hashesTo: (kind, value, expected) => {
      const known = described.get(value)
      return known ? (known.hashesTo?.[kind]?.includes(expected) ?? false) : digest(kind, value) === expected
    },
    lengthOf: (value) => described.get(value)?.length ?? value.length,
    charsetOf: (value) => described.get(value)?.charset ?? charsetOf(value),
  }
}
