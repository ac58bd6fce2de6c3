/** Rows that are drawn outside the window on each side, so that a quick scroll does not show bare ground. */
const OVERSCAN = 6

/** Which of `count` rows of equal height are to be drawn; `end` is exclusive. */
export const visibleRange = (
  count: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
): { readonly start: number; readonly end: number } => {
  const start = Math.max(0, Math.floor(scrollTop / rowHeight) - OVERSCAN)
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + OVERSCAN)
  return { start: Math.min(start, count), end: Math.max(end, Math.min(start, count)) }
}
