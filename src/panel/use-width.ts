import { type RefObject, useLayoutEffect, useState } from 'react'

/** Whether the element is at most `width` pixels wide; follows its size. */
export const useNarrow = (element: RefObject<HTMLElement | null>, width: number): boolean => {
  const [narrow, setNarrow] = useState(() => window.innerWidth <= width)
  useLayoutEffect(() => {
    const target = element.current
    if (!target) return
    const update = () => setNarrow(target.clientWidth <= width)
    update()
    const observer = new ResizeObserver(update)
    observer.observe(target)
    return () => observer.disconnect()
  }, [element, width])
  return narrow
}
