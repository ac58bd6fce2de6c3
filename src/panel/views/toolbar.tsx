import type { Ref } from 'react'
import { Button, IconButton } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { Menu, type MenuItem } from '../../ui/menu'
import type { OutcomeFilter } from '../selectors/flow-rows'
import './toolbar.css'

interface ToolbarProps {
  /** Null where nothing can be recorded: a file, the sample, a recorder that is gone. */
  readonly recording: boolean | null
  readonly onRecording: () => void
  readonly onClear: (() => void) | null
  readonly onImport: () => void
  readonly exportItems: readonly MenuItem[]
  readonly exportOpens: boolean
  readonly onCompare: (() => void) | null
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly outcome: OutcomeFilter
  readonly onOutcome: (outcome: OutcomeFilter) => void
  readonly onSettings: (() => void) | null
  readonly onShortcuts: () => void
  readonly searchRef: Ref<HTMLInputElement>
}

export const outcomeOptions: readonly { readonly id: OutcomeFilter; readonly word: string }[] = [
  { id: 'all', word: 'All outcomes' },
  { id: 'failed', word: 'Failed' },
  { id: 'succeeded', word: 'Succeeded' },
  { id: 'delivered', word: 'End unseen' },
  { id: 'pending', word: 'In progress' },
  { id: 'abandoned', word: 'Not finished' },
  { id: 'risk', word: 'With risks' },
]

export const Toolbar = ({
  recording,
  onRecording,
  onClear,
  onImport,
  exportItems,
  exportOpens,
  onCompare,
  query,
  onQuery,
  outcome,
  onOutcome,
  onSettings,
  onShortcuts,
  searchRef,
}: ToolbarProps) => (
  <header>
    <h1 className="visually-hidden">Loginscope</h1>
    <div className="toolbar" role="toolbar" aria-label="Loginscope">
      {recording === null ? null : (
        <button
          type="button"
          className="button button-quiet recording"
          aria-pressed={recording}
          aria-label="Recording"
          title={recording ? 'Recording. Press to pause' : 'Not recording. Press to record'}
          onClick={onRecording}
        >
          <span className={`record-dot ${recording ? 'record-on' : ''}`} aria-hidden="true" />
          <span className="tool-word">Recording</span>
        </button>
      )}
      {onClear ? (
        <Button look="quiet" icon="clear" onClick={onClear} aria-label="Clear" title="Clear">
          <span className="tool-word">Clear</span>
        </Button>
      ) : null}
      <Button
        look="quiet"
        icon="import"
        onClick={onImport}
        aria-label="Import"
        title="Import a file, or paste anything"
      >
        <span className="tool-word">Import</span>
      </Button>
      <Menu
        key={exportOpens ? 'starts open' : 'starts closed'}
        label="Export"
        icon="export"
        items={exportItems}
        align="start"
        disabled={exportItems.length === 0}
        startsOpen={exportOpens}
      >
        <span className="tool-word">Export</span>
      </Menu>
      {onCompare ? (
        <Button
          look="quiet"
          icon="compare"
          onClick={onCompare}
          aria-label="Compare"
          title="Compare with a login that worked"
        >
          <span className="tool-word">Compare</span>
        </Button>
      ) : null}
      <span className="search">
        <Icon name="search" />
        <input
          ref={searchRef}
          type="search"
          aria-label="Filter or search"
          placeholder="Filter, or paste an error message, token, code or URL"
          value={query}
          onChange={(event) => onQuery(event.target.value)}
          spellCheck={false}
          autoComplete="off"
        />
      </span>
      <select
        aria-label="Outcome"
        value={outcome}
        onChange={(event) => {
          const chosen = outcomeOptions.find((option) => option.id === event.target.value)
          if (chosen) onOutcome(chosen.id)
        }}
      >
        {outcomeOptions.map((option) => (
          <option key={option.id} value={option.id}>
            {option.word}
          </option>
        ))}
      </select>
      <IconButton icon="help" label="Keyboard shortcuts" onClick={onShortcuts} />
      {onSettings ? <IconButton icon="settings" label="Settings" onClick={onSettings} /> : null}
    </div>
  </header>
)
