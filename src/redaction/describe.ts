import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { charsetOf } from '../model/charset'
import type { DescribedValue, HashKind } from '../model/recording'

const hashes: Readonly<Record<HashKind, (bytes: Uint8Array) => Uint8Array>> = {
  S256: sha256,
  'left-half-256': (bytes) => sha256(bytes).slice(0, 16),
  'left-half-384': (bytes) => sha384(bytes).slice(0, 24),
  'left-half-512': (bytes) => sha512(bytes).slice(0, 32),
}

/** The facts the analysis would have computed from a value: its size, its alphabet, and which texts of the recording it hashes to. */
export const describeValue = (value: string, digests: ReadonlyMap<string, string>): DescribedValue => {
  const bytes = utf8ToBytes(value)
  const found = Object.entries(hashes).flatMap(([kind, hash]) => {
    const text = digests.get(base64url(hash(bytes)))
    return text === undefined ? [] : [[kind, [text]] as const]
  })
  return {
    length: value.length,
    charset: charsetOf(value),
    ...(found.length > 0 ? { hashesTo: Object.fromEntries(found) } : {}),
  }
}

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
