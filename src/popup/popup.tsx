import { type ReactNode, useSyncExternalStore } from 'react'
import { parseUrl } from '../model/url'
import { Button, IconButton } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Icon } from '../ui/icon'
import type { TabStore } from './tab-store'
import { type PopupView, popupView } from './view-model'
import './popup.css'

export interface PopupActions {
  readonly openPanel: (flowId?: string) => Promise<unknown>
  /** The full view of an attempt with its export menu open. */
  readonly exportFlow: (flowId: string) => Promise<unknown>
  /** Records a host no longer, or again. */
  readonly setIgnored: (host: string, ignored: boolean) => Promise<unknown>
  readonly setPaused: (paused: boolean) => Promise<unknown>
  readonly clear: () => Promise<unknown>
  readonly openOptions: () => Promise<unknown>
  readonly requestPermission: () => Promise<unknown>
}

interface PopupProps {
  readonly store: TabStore
  readonly actions: PopupActions
  readonly pageUrl?: string
}

/** A code span for each `quoted` value of a sentence. */
const Prose = ({ text }: { text: string }) => (
  <>
    {text
      .split('`')
      .map((part, index): ReactNode => (index % 2 === 1 ? <code key={`${index} ${part}`}>{part}</code> : part))}
  </>
)

const Verdict = ({ view, actions }: { view: PopupView; actions: PopupActions }) => (
  <section className={`popup-verdict popup-${view.tone}`} aria-live="polite">
    <h1>
      <Icon name={view.icon} className={`tone-${view.tone}`} />
      <span>
        <Prose text={view.heading} />
      </span>
    </h1>
    {view.parties || view.owner ? (
      <p className="popup-facts">
        {view.parties ? <span className="popup-parties">{view.parties}</span> : null}
        {view.owner ? (
          <span className="popup-owner">
            <Icon name={view.owner.icon} />
            {view.owner.name}
          </span>
        ) : null}
      </p>
    ) : null}
    {view.text ? (
      <p>
        <Prose text={view.text} />
      </p>
    ) : null}
    {view.fix ? (
      <div className="popup-fix">
        <h2>Fix</h2>
        <p>
          <Prose text={view.fix.summary} />
        </p>
        {view.fix.place ? <p className="popup-place">{view.fix.place}</p> : null}
        {view.fix.value ? (
          <p className="popup-value">
            <code>{view.fix.value}</code>
            <CopyButton text={view.fix.value} what="value" />
          </p>
        ) : null}
      </div>
    ) : null}
    {view.permissionMissing ? (
      <Button look="primary" onClick={() => void actions.requestPermission()}>
        Allow
      </Button>
    ) : null}
  </section>
)

const Others = ({ view, actions }: { view: PopupView; actions: PopupActions }) => (
  <section className="popup-others">
    <h2>Also failed in this tab</h2>
    <ul>
      {view.others?.map(({ flowId, title, fix }) => (
        <li key={flowId}>
          <button type="button" onClick={() => void actions.openPanel(flowId)}>
            <Prose text={title} />
          </button>
          {fix ? (
            <p>
              <Prose text={fix} />
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  </section>
)

const recordingText = (paused: boolean, ignored: boolean, host: string | undefined): string =>
  `${paused ? 'Paused' : ignored ? 'Not recorded' : 'Recording'}${host === undefined ? '' : ` · ${host}`}`

export const Popup = ({ store, actions, pageUrl }: PopupProps) => {
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot)
  const summary = snapshot.state === 'ready' ? snapshot.summary : undefined
  const view = summary ? popupView(summary) : undefined
  const paused = summary?.status.paused ?? false
  const page = parseUrl(pageUrl ?? '')
  const host = page && /^https?:$/.test(page.protocol) ? page.host : undefined
  const ignored = host !== undefined && snapshot.state === 'ready' && snapshot.settings.ignore.includes(host)
  const idle = paused || ignored
  return (
    <>
      <header className="popup-bar">
        <img src={idle ? '/icons/32-paused.png' : '/icons/32.png'} alt="" width={20} height={20} />
        <strong>Loginscope</strong>
        <span className={idle ? 'popup-state' : 'popup-state popup-recording'}>
          {summary ? recordingText(paused, ignored, host) : ''}
        </span>
        <IconButton icon="settings" label="Options" onClick={() => void actions.openOptions()} />
      </header>
      <main>
        {snapshot.state === 'lost' ? <p className="popup-verdict popup-warning">{snapshot.message}</p> : null}
        {view ? <Verdict view={view} actions={actions} /> : null}
        {view?.others ? <Others view={view} actions={actions} /> : null}
        {ignored ? (
          <p className="popup-ignored" role="status">
            Requests to {host} are not recorded.
            <Button look="quiet" onClick={() => void actions.setIgnored(host, false)}>
              Undo
            </Button>
          </p>
        ) : null}
        {view?.tally ? (
          <p className="popup-tally">
            This tab: {view.tally}
            <Button look="quiet" icon="clear" onClick={() => void actions.clear()}>
              Clear
            </Button>
          </p>
        ) : null}
      </main>
      <footer className="popup-actions">
        <Button look="primary" icon="external" onClick={() => void actions.openPanel(view?.flowId)}>
          Open full view
        </Button>
        {view?.flowId === undefined ? null : (
          <Button icon="export" onClick={() => void actions.exportFlow(view.flowId ?? '')}>
            Export
          </Button>
        )}
        <Button icon={paused ? 'play' : 'pause'} onClick={() => void actions.setPaused(!paused)}>
          {paused ? 'Resume' : 'Pause'}
        </Button>
        {host === undefined || ignored ? null : (
          <Button look="quiet" className="popup-site" onClick={() => void actions.setIgnored(host, true)}>
            Pause on {host}
          </Button>
        )}
        <p>
          Or press <kbd>F12</kbd> and choose the <b>Loginscope</b> tab (it may be behind »).
        </p>
      </footer>
    </>
  )
}
