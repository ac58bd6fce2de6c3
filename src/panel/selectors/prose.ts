export type ProsePart = { readonly kind: 'text' | 'value'; readonly text: string }

/**
 * Splits a sentence into words and values. Values stand in backticks; bare URLs count as values too,
 * without the punctuation that ends the sentence.
 */
export const proseParts = (sentence: string): readonly ProsePart[] => {
  const parts: ProsePart[] = []
  const pattern = /`([^`]+)`|(https?:\/\/[^\s`<>"]+)/g
  let end = 0
  for (const match of sentence.matchAll(pattern)) {
    const value = match[1] ?? (match[2] ?? '').replace(/[.,;:!?)]+$/, '')
    const length = match[1] === undefined ? value.length : match[0].length
    if (match.index > end) parts.push({ kind: 'text', text: sentence.slice(end, match.index) })
    parts.push({ kind: 'value', text: value })
    end = match.index + length
  }
  if (end < sentence.length) parts.push({ kind: 'text', text: sentence.slice(end) })
  return parts
}

/** The sentence without its marks, for names and plain-text copies. */
export const plainProse = (sentence: string): string => sentence.replaceAll('`', '')
