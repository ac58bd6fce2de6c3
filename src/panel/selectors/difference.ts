import { diffChars } from 'diff'
import { urlDifference } from '../../analyzer/rules/shared/url-difference'

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
  if (actual.includes('://') && expected.includes('://')) return `differ by ${urlDifference(actual, expected)}`
  if (actual.trim() === expected.trim()) return 'differ by white space at the ends'
  if (actual.toLowerCase() === expected.toLowerCase()) return 'differ by upper and lower case'
  if (decoded(actual) === decoded(expected)) return 'differ by percent-encoding'
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
