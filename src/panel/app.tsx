import '../ui/tokens.css'
import '../ui/base.css'
import './views/panel.css'
import { useDeferredValue, useEffect, useMemo, useReducer, useRef, useState, useSyncExternalStore } from 'react'
import { copyText } from '../ui/clipboard'
import { ErrorBoundary } from '../ui/error-boundary'
import { saveText } from '../ui/save-text'
import { CallError } from '../messaging/wire'
import type { AttemptNote } from '../model/attempt-notes'
import type { EpochMs } from '../model/recording'
import { curlOf, exportItems, runExport } from './export-items'
import { defaultFlow, flowRow, matchesFilter, orderedFlows, readQuery } from './selectors/flow-rows'
import { diagnosisOf } from './selectors/diagnosis'
import { fixText } from './selectors/fix-text'
import { type Notice, emptyState, noticesOf } from './selectors/panel-state'
import { shownStep } from './selectors/sequence'
import { searchValues } from './selectors/search'
import { flowsOfTab } from './selectors/tab-family'
import { plural } from './selectors/words'
import { shortcutOf } from './shortcuts'
import type { Source } from './source'
import type { Store } from './store'
import { initialUiState, reduceUi } from './ui-state'
import { Attempts } from './views/attempts'
import { EmptyView } from './views/empty-view'
import { FlowView } from './views/flow-view'
import { ImportDialog, type Reading } from './views/import-dialog'
import { Notices } from './views/notices'
import { PanelContext, type PanelContextValue } from './views/panel-context'
import { RenameDialog } from './views/rename-dialog'
import { SearchResults } from './views/search-results'
import { SecretsDialog } from './views/secrets-dialog'
import { ShortcutsDialog } from './views/shortcuts-dialog'
import { Toolbar } from './views/toolbar'
import { useNarrow } from './use-width'

/** A smaller file is there before anybody could read that it is being read. */
const SHOWN_FROM = 5_000_000

type Opened = { readonly source: Source } | { readonly error: string }

/** What the panel needs from the place it runs in. */
export interface Host {
  readonly inDevTools: boolean
  /** The source to return to from a file or the sample. */
  readonly live: () => Source
  readonly sample: () => Source
  /** Reads what was pasted. */
  readonly read: (text: string, name: string) => Opened
  /** Reads a file that was dropped or chosen, without holding up the page; `undefined` when it was cancelled. */
  readonly readFile: (
    file: File,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ) => Promise<Opened | undefined>
  readonly now: () => EpochMs
  readonly openSettings: (() => void) | null
  readonly requestPermission: () => void
  /** The attempt to open with, as a link to this page names it. */
  readonly firstFlow: string | null
  /** Opens the export menu as soon as there is something to export. */
  readonly exportFirst: boolean
  /** Small choices that outlive the page: whether it was ever used, whether single keys are on. */
  readonly remember: {
    readonly get: (key: string) => string | null
    readonly set: (key: string, value: string) => void
  }
}

export const App = ({ store, host }: { store: Store; host: Host }) => {
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot)
  const [ui, dispatch] = useReducer(reduceUi, { ...initialUiState, flowId: host.firstFlow })
  const root = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const narrow = useNarrow(root, 640)
  const [importError, setImportError] = useState<string | null>(null)
  const [reading, setReading] = useState<Reading | null>(null)
  const [dragging, setDragging] = useState(false)
  const [said, setSaid] = useState('')
  const [singleKeys, setSingleKeys] = useState(() => host.remember.get('single-keys') !== 'off')

  const { analysis, origin, events, notes } = snapshot
  const tabId = origin.kind === 'live' ? origin.tabId : null
  const all = useMemo(
    () => orderedFlows(flowsOfTab(analysis.flows, events, tabId), notes),
    [analysis, events, tabId, notes],
  )
  // Typing stays smooth in large recordings: the search may lag behind the box.
  const searched = useDeferredValue(ui.query)
  const hits = useMemo(() => searchValues(analysis, all, readQuery(searched).text), [analysis, all, searched])
  const shown = useMemo(() => {
    const withHits = new Set(hits.map((hit) => hit.flowId))
    return all.filter(
      (flow) =>
        matchesFilter(analysis, flow, notes, ui.query, ui.outcome) ||
        (withHits.has(flow.id) && matchesFilter(analysis, flow, notes, '', ui.outcome)),
    )
  }, [analysis, all, hits, notes, ui.query, ui.outcome])
  const rows = useMemo(() => shown.map((flow) => flowRow(analysis, flow, notes)), [analysis, shown, notes])
  const flow = shown.find((candidate) => candidate.id === ui.flowId) ?? defaultFlow(shown)

  const welcomed = host.remember.get('welcomed') === 'yes'
  useEffect(() => {
    if (all.length > 0 && origin.kind === 'live') host.remember.set('welcomed', 'yes')
  }, [all.length, origin.kind, host])

  const say = (text: string) => {
    setSaid(text)
    setTimeout(() => setSaid((current) => (current === text ? '' : current)), 4000)
  }
  const open = (source: Source) => {
    dispatch({ type: 'recording.changed' })
    dispatch({ type: 'dialog.opened', dialog: null })
    setImportError(null)
    store.open(source)
  }
  const openResult = (result: Opened) => {
    if ('source' in result) return open(result.source)
    setImportError(result.error)
    dispatch({ type: 'dialog.opened', dialog: 'import' })
  }
  const openFile = (file: File) => {
    reading?.cancel()
    const stop = new AbortController()
    const cancel = () => {
      stop.abort()
      setReading(null)
    }
    setImportError(null)
    setReading({ name: file.name, share: 0, cancel })
    if (file.size > SHOWN_FROM) dispatch({ type: 'dialog.opened', dialog: 'import' })
    host
      .readFile(file, (share) => setReading({ name: file.name, share, cancel }), stop.signal)
      .catch(() => ({ error: `${file.name} could not be read.` }))
      .then((result) => {
        if (!result) return
        setReading(null)
        openResult(result)
      })
      .catch(() => say('The file could not be shown.'))
  }
  const openImport = () => {
    setImportError(null)
    dispatch({ type: 'dialog.opened', dialog: 'import' })
  }
  const fail = (action: string) => (error: unknown) => {
    const refused = error instanceof CallError && error.code === 'failed'
    say(`${action} did not work: the recorder ${refused ? 'could not store it' : 'did not answer'}.`)
  }
  const clear = () => {
    store.clear().catch(fail('Clear'))
    dispatch({ type: 'recording.changed' })
  }
  const togglePause = () => {
    store.setPaused(!(snapshot.status?.paused ?? false)).catch(fail('Pause'))
  }
  const note = (action: string, flowId: string, change: AttemptNote) => {
    store
      .note(flowId, change)
      .then(() => change.deleted && dispatch({ type: 'flow.selected', flowId: null }))
      .catch(fail(action))
  }
  const exportTools = {
    now: host.now,
    save: saveText,
    copy: copyText,
    say,
    askForSecrets: () => dispatch({ type: 'dialog.opened', dialog: 'secrets' }),
  } as const
  const backToLive = () => open(host.live())

  const onNotice = (id: NonNullable<Notice['action']>['id']) => {
    if (id === 'resume') togglePause()
    else if (id === 'grant') host.requestPermission()
    else if (id === 'clear') clear()
    else backToLive()
  }

  const context: PanelContextValue = {
    dispatch: (action) => {
      const chooses =
        action.type === 'step.selected' || action.type === 'place.opened' || action.type === 'view.selected'
      if (flow && chooses) dispatch({ type: 'flow.kept', flowId: flow.id })
      dispatch(action)
    },
    revealed: ui.revealed,
    setHovered: () => {},
  }

  const moveStep = (by: 1 | -1) => {
    if (!flow) return
    const index = flow.steps.findIndex((step) => step.id === shownStep(analysis, flow, ui.stepId))
    const next = flow.steps[index < 0 ? (by > 0 ? 0 : flow.steps.length - 1) : index + by]
    if (next) context.dispatch({ type: 'step.selected', stepId: next.id })
  }
  const copyFix = () => {
    const fix = flow && diagnosisOf(analysis, flow).rootCause?.fix
    if (!fix) return say('There is no fix to copy: this attempt has no failure.')
    void copyText(fixText(fix)).then((done) => say(done ? 'Fix copied.' : 'The browser did not allow copying.'))
  }
  const onKey = (event: KeyboardEvent) => {
    const id = singleKeys ? shortcutOf(event) : null
    if (id === null) return
    event.preventDefault()
    if (id === 'search') search.current?.focus()
    else if (id === 'next-step') moveStep(1)
    else if (id === 'previous-step') moveStep(-1)
    else if (id === 'copy-fix') copyFix()
    else dispatch({ type: 'dialog.opened', dialog: 'shortcuts' })
  }
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })

  const empty = emptyState(snapshot, all, shown, welcomed)
  const live = origin.kind === 'live'
  const answers = snapshot.connection !== 'lost' && snapshot.connection !== 'outdated'
  const permitted = snapshot.status?.hostPermission !== false

  return (
    <PanelContext.Provider value={context}>
      <div
        className="panel"
        ref={root}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes('Files')) return
          event.preventDefault()
          setDragging(true)
        }}
        onDragLeave={(event) => {
          if (event.target === event.currentTarget) setDragging(false)
        }}
        onDrop={(event) => {
          event.preventDefault()
          setDragging(false)
          const [file] = event.dataTransfer.files
          if (file) openFile(file)
        }}
      >
        <Toolbar
          recording={live && answers ? permitted && !(snapshot.status?.paused ?? false) : null}
          onRecording={permitted ? togglePause : host.requestPermission}
          onClear={live && answers ? clear : null}
          onImport={openImport}
          exportItems={exportItems(snapshot, flow?.id ?? null, exportTools)}
          exportOpens={host.exportFirst && flow !== undefined}
          onCompare={
            all.length > 1 || snapshot.goodLogins.length > 0
              ? () => context.dispatch({ type: 'view.selected', view: 'compare' })
              : null
          }
          query={ui.query}
          onQuery={(query) => dispatch({ type: 'query.changed', query })}
          outcome={ui.outcome}
          onOutcome={(outcome) => dispatch({ type: 'outcome.selected', outcome })}
          onSettings={host.openSettings}
          onShortcuts={() => dispatch({ type: 'dialog.opened', dialog: 'shortcuts' })}
          searchRef={search}
        />
        <Notices notices={noticesOf(snapshot, all.length > 0)} onAction={onNotice} />
        {empty ? (
          <main className="panel-empty">
            <EmptyView
              state={empty}
              inDevTools={host.inDevTools}
              actions={{
                openSample: () => open(host.sample()),
                openImport,
                reconnect: backToLive,
                resume: togglePause,
                grant: host.requestPermission,
                resetFilter: () => {
                  dispatch({ type: 'query.changed', query: '' })
                  dispatch({ type: 'outcome.selected', outcome: 'all' })
                },
              }}
            />
          </main>
        ) : (
          <div className="panel-columns">
            <nav className="panel-attempts" aria-label="Attempts">
              {hits.length > 0 ? <SearchResults hits={hits} /> : null}
              <Attempts
                rows={rows}
                selected={flow?.id ?? null}
                onSelect={(flowId) => dispatch({ type: 'flow.selected', flowId })}
                folded={narrow}
              />
            </nav>
            <main className="panel-main">
              {flow ? (
                <ErrorBoundary key={flow.id} what="This attempt">
                  <FlowView
                    snapshot={snapshot}
                    flow={flow}
                    flows={all}
                    ui={ui}
                    narrow={narrow}
                    onNote={(action, change) => note(action, flow.id, change)}
                    curl={(id, secrets) => curlOf(snapshot, id, secrets, host.now)}
                  />
                </ErrorBoundary>
              ) : null}
            </main>
          </div>
        )}
        <output className="toast">{said}</output>
        <output className="visually-hidden">{live && all.length > 0 ? plural(all.length, 'login attempt') : ''}</output>
        {dragging ? <div className="drop-target">Drop a HAR file or a trace</div> : null}
        {ui.dialog === 'import' ? (
          <ImportDialog
            onText={(text, name) => openResult(host.read(text, name))}
            onFile={openFile}
            onClose={() => dispatch({ type: 'dialog.opened', dialog: null })}
            error={importError}
            reading={reading}
          />
        ) : null}
        {ui.dialog === 'shortcuts' ? (
          <ShortcutsDialog
            enabled={singleKeys}
            onEnabled={(enabled) => {
              setSingleKeys(enabled)
              host.remember.set('single-keys', enabled ? 'on' : 'off')
            }}
            onClose={() => dispatch({ type: 'dialog.opened', dialog: null })}
          />
        ) : null}
        {ui.dialog === 'secrets' ? (
          <SecretsDialog
            onExport={() => {
              runExport(snapshot, 'json', null, 'keep', exportTools)
              dispatch({ type: 'dialog.opened', dialog: null })
            }}
            onClose={() => dispatch({ type: 'dialog.opened', dialog: null })}
          />
        ) : null}
        {ui.dialog === 'rename' && flow ? (
          <RenameDialog
            name={notes[flow.id]?.name ?? ''}
            onRename={(name) => {
              note('Rename', flow.id, { name })
              dispatch({ type: 'dialog.opened', dialog: null })
            }}
            onClose={() => dispatch({ type: 'dialog.opened', dialog: null })}
          />
        ) : null}
      </div>
    </PanelContext.Provider>
  )
}
