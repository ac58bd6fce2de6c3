import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Icon, type IconName } from './icon'
import { neighbour } from './neighbour'
import './menu.css'

export interface MenuItem {
  readonly id: string
  readonly label: string
  readonly note?: string
  readonly icon?: IconName
  readonly disabled?: boolean
  readonly onChoose: () => void
}

interface MenuProps {
  readonly label: string
  readonly icon: IconName
  readonly items: readonly MenuItem[]
  /** The visible word; without it the button is an icon and `label` its name. */
  readonly children?: ReactNode
  readonly align?: 'start' | 'end'
  readonly disabled?: boolean
  /** Open when it first appears. */
  readonly startsOpen?: boolean
}

/** A menu button after the ARIA pattern: arrows move, Escape closes and returns the focus. */
export const Menu = ({
  label,
  icon,
  items,
  children,
  align = 'end',
  disabled = false,
  startsOpen = false,
}: MenuProps) => {
  const [open, setOpen] = useState(startsOpen)
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (!open) return
    list.current?.querySelector<HTMLElement>('[role=menuitem]:not([aria-disabled=true])')?.focus()
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', closeOutside)
    return () => document.removeEventListener('pointerdown', closeOutside)
  }, [open])

  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      return close()
    }
    if (event.key === 'Tab') return setOpen(false)
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
    const next = neighbour(all, document.activeElement as HTMLElement, event.key, 'vertical')
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  return (
    <div className="menu" ref={root}>
      <button
        ref={button}
        type="button"
        className="button button-quiet"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        disabled={disabled}
        {...(open ? { 'aria-controls': id } : {})}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        <Icon name={icon} />
        {children}
        {children ? <Icon name="down" className="menu-mark" /> : null}
      </button>
      {open ? (
        <div
          className={`menu-list menu-${align}`}
          role="menu"
          tabIndex={-1}
          id={id}
          aria-label={label}
          ref={list}
          onKeyDown={onKeyDown}
        >
          {items.map((item) => (
            <button
              key={item.id}
              type="button"
              role="menuitem"
              tabIndex={-1}
              aria-disabled={item.disabled ?? false}
              onClick={() => {
                if (item.disabled) return
                close()
                item.onChoose()
              }}
            >
              {item.icon ? <Icon name={item.icon} /> : null}
              <span>
                {item.label}
                {item.note ? <small>{item.note}</small> : null}
              </span>
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}
