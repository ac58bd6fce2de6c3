import { useRef, useState } from 'react'
import { Icon } from '../../ui/icon'
import { Listbox } from '../../ui/listbox'
import type { FlowRow } from '../selectors/flow-rows'
import { plural } from '../selectors/words'
import { StatusIcon } from './diagnosis-card'
import './attempts.css'

interface AttemptsProps {
  readonly rows: readonly FlowRow[]
  readonly selected: string | null
  readonly onSelect: (flowId: string) => void
  /** Too narrow for a column: the list folds behind a button that shows the selected attempt. */
  readonly folded: boolean
}

const Row = ({ row }: { row: FlowRow }) => (
  <>
    <StatusIcon status={row.status} />
    <span className="attempt-title">
      <strong>{row.title}</strong>
      <span className="tone-soft"> → {row.server}</span>
    </span>
    <span className="attempt-time">
      {row.pinned ? <Icon name="pin" /> : null}
      {row.time}
    </span>
    <span className={`attempt-summary ${row.status === 'failed' ? 'tone-failed' : ''}`}>{row.summary}</span>
    <span className="attempt-detail">{row.detail}</span>
  </>
)

export const Attempts = ({ rows, selected, onSelect, folded }: AttemptsProps) => {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const current = selected === null ? undefined : byId.get(selected)
  const list = (
    <Listbox
      label="Login attempts"
      className="attempts-list"
      ids={rows.map((row) => row.id)}
      selected={selected}
      onSelect={onSelect}
      onDone={() => {
        setOpen(false)
        button.current?.focus()
      }}
      optionClassName={() => 'attempt'}
      renderOption={(id) => {
        const row = byId.get(id)
        return row ? <Row row={row} /> : null
      }}
      rowHeight={63}
    />
  )
  if (!folded) return list
  return (
    <div className="attempts-folded">
      <button
        ref={button}
        type="button"
        className="attempts-current"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {current ? (
          <span className="attempt">
            <Row row={current} />
          </span>
        ) : (
          <span>Login attempts</span>
        )}
        <span className="attempts-more">
          {plural(rows.length, 'attempt')}
          <Icon name="down" />
        </span>
      </button>
      {open ? list : null}
    </div>
  )
}
