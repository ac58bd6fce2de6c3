import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { neighbour } from './neighbour'
import './tabs.css'

export interface TabItem<Id extends string> {
  readonly id: Id
  readonly label: string
  readonly count?: number
}

interface TabsProps<Id extends string> {
  readonly label: string
  readonly items: readonly TabItem<Id>[]
  readonly selected: Id
  readonly onSelect: (id: Id) => void
  /** Stands at the end of the strip. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** Tabs after the ARIA pattern: arrow keys move and select, the panel follows in the tab order. */
export const Tabs = <Id extends string>({ label, items, selected, onSelect, aside, children }: TabsProps<Id>) => {
  const base = useId()
  const strip = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const ids = items.map((item) => item.id)
    const next = neighbour(ids, selected, event.key, 'horizontal')
    if (next === undefined) return
    event.preventDefault()
    onSelect(next)
    strip.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus()
  }
  return (
    <div className="tabs">
      <div className="tabs-bar">
        <div className="tabs-strip" role="tablist" tabIndex={-1} aria-label={label} ref={strip} onKeyDown={onKeyDown}>
          {items.map((item) => (
            <button
              key={item.id}
              type="button"
              role="tab"
              id={`${base}-${item.id}`}
              data-tab={item.id}
              aria-selected={item.id === selected}
              aria-controls={`${base}-panel`}
              tabIndex={item.id === selected ? 0 : -1}
              onClick={() => onSelect(item.id)}
            >
              {item.label}
              {item.count ? <span className="tabs-count">{item.count}</span> : null}
            </button>
          ))}
        </div>
        {aside}
      </div>
      <div className="tabs-panel" role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${selected}`}>
        {children}
      </div>
    </div>
  )
}
