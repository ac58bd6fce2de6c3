/** What PHP prints into its page when something goes wrong there (`display_errors`, `html_errors`): how bad, what, and where. */
export interface PhpNotice {
  readonly level: string
  readonly words: string
  readonly file: string
  readonly line: string
}

const notice =
  /(?:<br\s*\/?>\s*)?<b>(?<level>Notice|Deprecated|Warning|Fatal error|Parse error)<\/b>:\s+(?<words>[^<]*?) in <b>(?<file>[^<]*)<\/b> on line <b>(?<line>\d+)<\/b>(?:<br\s*\/?>)?/g

/** A page in its order: the notices in it, and what stands around them. */
export const splitPhpNotices = (html: string): readonly (string | PhpNotice)[] => {
  const parts: (string | PhpNotice)[] = []
  let from = 0
  for (const { 0: all, index, groups } of html.matchAll(notice)) {
    const { level = '', words = '', file = '', line = '' } = groups ?? {}
    parts.push(html.slice(from, index), { level, words, file, line })
    from = index + all.length
  }
  return [...parts, html.slice(from)]
}

/** A page of nothing but notices, one of which is no mere advice: what the script was to show or to redirect to did not come. */
export const isOnlyPhpNotices = (html: string): boolean => {
  const parts = splitPhpNotices(html)
  return (
    parts.every((part) => typeof part !== 'string' || part.trim() === '') &&
    parts.some((part) => typeof part !== 'string' && part.level !== 'Notice' && part.level !== 'Deprecated')
  )
}
