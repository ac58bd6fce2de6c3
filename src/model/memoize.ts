/** Computes once for each object, and forgets with it. The function must be pure. */
export const memoize = <K extends object, V>(compute: (key: K) => V): ((key: K) => V) => {
  const known = new WeakMap<K, { readonly value: V }>()
  return (key) => {
    const found = known.get(key)
    if (found) return found.value
    const value = compute(key)
    known.set(key, { value })
    return value
  }
}

/** Computes when first asked, and once. */
export const lazy = <T>(compute: () => T): (() => T) => {
  let cached: { value: T } | undefined
  return () => (cached ??= { value: compute() }).value
}
