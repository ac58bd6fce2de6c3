import { diffChars } from 'diff'
import { isLoopback, parseUrl } from '../../model/url'

export interface DiffPiece {
  readonly kind: 'same' | 'only-actual' | 'only-expected'
  readonly text: string
}

export interface Difference {
  /** "differ by a trailing slash": the end of a sentence that begins with both values. */
  readonly words: string
  /** Absent when the values have too little in common for a comparison by character to help. */
  readonly pieces?: readonly DiffPiece[]
}

/** Longer texts are compared in words only: nobody reads a token by character. */
const LONGEST = 2000

/** How two values differ, in words and by character; null when they are equal. */
export const differenceOf = (actual: string, expected: string): Difference | null => {
  if (actual === expected) return null
  const words = differenceWords(actual, expected)
  if (actual.length > LONGEST || expected.length > LONGEST) return { words }
  const pieces = diffChars(expected, actual).map((change): DiffPiece => ({
    kind: change.added ? 'only-actual' : change.removed ? 'only-expected' : 'same',
    text: change.value,
  }))
  const common = pieces.filter((piece) => piece.kind === 'same').reduce((sum, piece) => sum + piece.text.length, 0)
  return common * 2 < Math.max(actual.length, expected.length) ? { words } : { words, pieces: tidy(pieces) }
}

/** Single characters that are equal by chance between changes make a comparison unreadable: they join the change. */
const tidy = (pieces: readonly DiffPiece[]): readonly DiffPiece[] => {
  const merged: { kind: DiffPiece['kind']; text: string }[] = []
  let removed = ''
  let added = ''
  const flush = () => {
    if (removed) merged.push({ kind: 'only-expected', text: removed })
    if (added) merged.push({ kind: 'only-actual', text: added })
    removed = added = ''
  }
  pieces.forEach((piece, index) => {
    if (piece.kind === 'only-expected') removed += piece.text
    else if (piece.kind === 'only-actual') added += piece.text
    else if (piece.text.length <= 2 && index > 0 && index < pieces.length - 1) {
      removed += piece.text
      added += piece.text
    } else {
      flush()
      merged.push(piece)
    }
  })
  flush()
  return merged
}

const differenceWords = (actual: string, expected: string): string => {
  if (actual.trim() === expected.trim()) return 'differ by white space at the ends'
  if (`${actual}/` === expected) return 'differ by a trailing slash, which is missing'
  if (actual === `${expected}/`) return 'differ by a trailing slash'
  if (actual.toLowerCase() === expected.toLowerCase()) return 'differ by upper and lower case'
  if (decoded(actual) === decoded(expected)) return 'differ by percent-encoding'
  const urls = [readUrl(actual), readUrl(expected)] as const
  if (urls[0] && urls[1]) return urlWords(urls[0], urls[1])
  if (expected.startsWith(actual) || actual.startsWith(expected))
    return 'differ: one is only the beginning of the other'
  return 'differ'
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const readUrl = (text: string): URL | undefined => (text.includes('://') ? parseUrl(text) : undefined)

const urlWords = (actual: URL, expected: URL): string => {
  const parts = [
    ...(actual.protocol === expected.protocol
      ? []
      : [`the scheme (${actual.protocol.slice(0, -1)}, not ${expected.protocol.slice(0, -1)})`]),
    ...(actual.hostname === expected.hostname
      ? []
      : [
          isLoopback(actual.hostname) && isLoopback(expected.hostname)
            ? `the host name (${actual.hostname}, not ${expected.hostname}: the same machine, not the same origin)`
            : `the host (${actual.hostname}, not ${expected.hostname})`,
        ]),
    ...(actual.port === expected.port ? [] : [`the port (${actual.port || 'none'}, not ${expected.port || 'none'})`]),
    ...(actual.pathname === expected.pathname
      ? []
      : [stripSlash(actual.pathname) === stripSlash(expected.pathname) ? 'a trailing slash' : 'the path']),
    ...(actual.search === expected.search ? [] : ['the query']),
    ...(actual.hash === expected.hash ? [] : ['the fragment']),
  ]
  return parts.length === 0 ? 'differ in spelling' : `differ by ${joinWords(parts)}`
}

const stripSlash = (path: string): string => path.replace(/\/$/, '')

const joinWords = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
