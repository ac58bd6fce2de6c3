// A native select cannot draw rows of several lines, and options take no focus of their own: the list has it.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { neighbour } from './neighbour'
import { visibleRange } from './visible-range'
import './listbox.css'

interface ListboxProps {
  readonly label: string
  readonly ids: readonly string[]
  readonly selected: string | null
  readonly onSelect: (id: string) => void
  /** The user is done with the list: by a click, Enter or Escape. */
  readonly onDone?: () => void
  readonly renderOption: (id: string, index: number) => ReactNode
  readonly className?: string
  readonly optionClassName?: (id: string, index: number) => string
  /** In pixels. When given, long lists draw only the rows in view; all rows must then have this height. */
  readonly rowHeight?: number
  readonly onHover?: (id: string | null) => void
}

/** Shorter lists are drawn whole: cheaper than watching the scroll position, and find-in-page reaches every row. */
const LONGEST_WHOLE = 120

/** One of many, after the ARIA listbox pattern: the list has the focus, arrow keys move the selection. */
export const Listbox = ({
  label,
  ids,
  selected,
  onSelect,
  onDone,
  renderOption,
  className = '',
  optionClassName,
  rowHeight,
  onHover,
}: ListboxProps) => {
  const base = useId()
  const list = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 600 })
  const position = selected === null ? -1 : ids.indexOf(selected)
  const windowed = rowHeight !== undefined && ids.length > LONGEST_WHOLE
  const range = windowed ? visibleRange(ids.length, rowHeight, view.top, view.height) : { start: 0, end: ids.length }
  const isDrawn = position >= range.start && position < range.end

  useLayoutEffect(() => {
    if (windowed && list.current) setView({ top: list.current.scrollTop, height: list.current.clientHeight })
  }, [windowed])

  useEffect(() => {
    const element = list.current
    if (!element || position < 0 || !element.contains(document.activeElement)) return
    if (!windowed) {
      element.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
      return
    }
    const top = position * rowHeight
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight - element.clientHeight
  }, [position, windowed, rowHeight])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === 'Escape') return onDone?.()
    const next = neighbour(ids, selected ?? undefined, event.key, 'vertical')
    if (next === undefined) return
    event.preventDefault()
    if (next !== selected) onSelect(next)
  }

  return (
    <div
      ref={list}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      className={`listbox ${windowed ? 'listbox-windowed' : ''} ${className}`}
      onKeyDown={onKeyDown}
      {...(isDrawn ? { 'aria-activedescendant': `${base}-${position}` } : {})}
      {...(windowed
        ? {
            onScroll: ({ currentTarget: { scrollTop, clientHeight } }) =>
              setView({ top: scrollTop, height: clientHeight }),
          }
        : {})}
    >
      {windowed ? <div role="presentation" style={{ height: range.start * rowHeight }} /> : null}
      {ids.slice(range.start, range.end).map((id, offset) => {
        const index = range.start + offset
        return (
          <div
            key={id}
            id={`${base}-${index}`}
            role="option"
            aria-selected={id === selected}
            aria-posinset={index + 1}
            aria-setsize={ids.length}
            className={`option ${optionClassName?.(id, index) ?? ''}`}
            onClick={() => {
              onSelect(id)
              onDone?.()
            }}
            {...(onHover ? { onPointerEnter: () => onHover(id), onPointerLeave: () => onHover(null) } : {})}
          >
            {renderOption(id, index)}
          </div>
        )
      })}
      {windowed ? <div role="presentation" style={{ height: (ids.length - range.end) * rowHeight }} /> : null}
    </div>
  )
}
