/** The item an arrow key, Home or End moves to from `current`; undefined when the key means nothing here. */
export const neighbour = <T>(
  items: readonly T[],
  current: T | undefined,
  key: string,
  direction: 'horizontal' | 'vertical',
): T | undefined => {
  const [back, forth] = direction === 'horizontal' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
  const index = current === undefined ? -1 : items.indexOf(current)
  if (key === 'Home') return items[0]
  if (key === 'End') return items.at(-1)
  if (key === forth) return items[Math.min(index + 1, items.length - 1)]
  if (key === back) return items[Math.max(index - 1, 0)]
  return undefined
}
