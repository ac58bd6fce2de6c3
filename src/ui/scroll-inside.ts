/** Scrolls what scrolls in this page, and nothing around it: `scrollIntoView` moves the frame in DevTools as well. */
export const scrollInside = (element: Element, block: 'start' | 'center'): void => {
  for (let box = element.parentElement; box; box = box.parentElement) {
    if (!/auto|scroll/.test(getComputedStyle(box).overflowY)) continue
    const [own, outer] = [element.getBoundingClientRect(), box.getBoundingClientRect()]
    const before = block === 'center' ? Math.max(0, (outer.height - own.height) / 2) : 0
    box.scrollTop += own.top - outer.top - before
  }
}
