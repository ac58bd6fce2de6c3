/** Words, as a person or a program would choose them: no digits, no long run without a vowel pattern to it. */
export const isWords = (value: string): boolean =>
  /^[A-Za-z][a-z]*(?:[ _.:-]?[A-Za-z][a-z]*)*$/.test(value) &&
  !/[A-Z]{2}[a-z]{1,2}[A-Z]|[a-z][A-Z][a-z][A-Z]/.test(value)

/** A moment as ISO 8601 writes it: everything that happens in a recording happened at one. */
export const isInstant = (value: string): boolean =>
  /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?$/i.test(value)

/** A path of nothing but names, as programs give them to their places. */
export const isPathOfNames = (path: string): boolean =>
  path.split('/').every((part) => isNumberedName(part) || isWords(part))

/** A path or URL as people write them; not base64 that happens to begin with a slash. */
const isPlace = (value: string): boolean => {
  const path = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#]*)?(\/[^?#]*|$)/i.exec(value)?.[1]
  return path !== undefined && path.split('/').every((part) => part.length < 8 || isNumberedName(part) || isWords(part))
}

/**
 * Can this value be searched for, or would a hit mean nothing? `en`, `/home`, `password` and `2026` occur by themselves; a
 * label stands in their place all the same.
 */
export const isSearchable = (value: string): boolean =>
  value.length >= 8
    ? !isWords(value) && !isPlace(value) && !/^\d{8,9}$/.test(value)
    : /^(?=.*\d)(?=.*[A-Za-z]).{6,}$/.test(value)

/** Looks drawn at random: not for people, so an identifier or a credential. */
export const isRandom = (run: string): boolean => {
  if (run.length < 16 || isNumberedName(run)) return false
  const digits = run.replace(/\D/g, '').length
  const letters = run.replace(/[^A-Za-z]/g, '').length
  const capitals = run.replace(/[^A-Z]/g, '').length / Math.max(letters, 1)
  const mixed = run.length >= 20 && /\d/.test(run) && /[a-z]/.test(run) && /[A-Z].*[A-Z]/.test(run)
  const ups = run.match(/[A-Z][a-z]/g)?.length ?? 0
  const shuffled = letters >= 16 && capitals > 0.3 && (capitals < 0.7 || ups >= 5)
  return mixed || (digits >= 3 && letters >= 3) || shuffled || digits >= 16
}

/** `token-error-200`, `us-east-1`: words and at most a short number after each. */
const isNumberedName = (run: string): boolean =>
  /^[A-Za-z]?[a-z]*\d{0,4}(?:[-_.][A-Za-z]?[a-z]*\d{0,4})*$/.test(run) &&
  !/\d[-_.]?[a-z]?\d|\d[a-z]{1,2}[-_.\d]/.test(run)

/** Runs in a text that {@link isRandom} may be asked about. */
export const runsOf = /[A-Za-z0-9_+/=~-]{16,}/g
