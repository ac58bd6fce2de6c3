import type { SessionArea } from './session-storage'

/**
 * `storage.session` without a browser, for tests: copies what it stores and refuses more than its quota.
 *
 * @param quota characters of JSON
 */
export const memoryArea = (
  quota = Infinity,
): SessionArea & {
  readonly get: (key: string | null) => Promise<Record<string, unknown>>
  readonly keys: () => readonly string[]
} => {
  const items = new Map<string, string>()
  return {
    keys: () => [...items.keys()],
    get: async (wanted) =>
      Object.fromEntries(
        [...items]
          .filter(([key]) => wanted === null || wanted === key)
          .map(([key, text]) => [key, JSON.parse(text) as unknown]),
      ),
    set: async (fresh) => {
      const next = new Map([
        ...items,
        ...Object.entries(fresh).map(([key, value]) => [key, JSON.stringify(value)] as const),
      ])
      if ([...next.values()].reduce((sum, text) => sum + text.length, 0) > quota)
        throw new Error('Session storage quota bytes exceeded. Values were not stored.')
      next.forEach((text, key) => items.set(key, text))
    },
    remove: async (keys) => keys.forEach((key) => items.delete(key)),
  }
}
