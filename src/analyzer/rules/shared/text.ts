import { parseUrl } from '../../../model/url'

/** Milliseconds as a person says them: `38 ms`, `4.2 s`, `3 min`, `2 h`. */
export const duration = (ms: number): string => {
  const abs = Math.abs(ms)
  if (abs < 1000) return `${Math.round(abs)} ms`
  if (abs < 10_000) return `${(abs / 1000).toFixed(1)} s`
  if (abs < 120_000) return `${Math.round(abs / 1000)} s`
  if (abs < 2 * 3_600_000) return `${Math.round(abs / 60_000)} min`
  if (abs < 2 * 86_400_000) return `${Math.round(abs / 3_600_000)} h`
  return `${Math.round(abs / 86_400_000)} days`
}

/** A value inside a sentence. */
export const quote = (value: string): string => `\`${value}\``

/** Long values are cut in the middle, because both ends tell most. */
export const shorten = (value: string, most = 80): string =>
  value.length <= most ? value : `${value.slice(0, Math.ceil(most / 2))}…${value.slice(-Math.floor(most / 2 - 1))}`

/** `a`, `a and b`, `a, b and c`. */
export const list = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** Host and port of a URL, for sentences; the text itself when it is no URL. */
export const hostOf = (url: string): string => parseUrl(url)?.host ?? url

/** What somebody else wrote, inside a sentence that goes on or ends after it. */
export const cite = (text: string): string => `“${text.trim().replace(/\.$/, '')}”`

/** Where words of a page are masked, what people read of it begins at its first sentence: what stands before are names. */
export const fromFirstSentence = (text: string): string => {
  const parts = text.split('…')
  const first = parts.findIndex((part) => part.trim().split(/\s+/).length >= 4)
  return first > 0
    ? parts
        .slice(first)
        .join('…')
        .replace(/^[\s"“,:]+/, '')
    : text
}
