import type { ReactNode } from 'react'
import { Button } from '../../ui/button'
import { Icon, type IconName } from '../../ui/icon'
import type { EmptyState } from '../selectors/panel-state'
import './empty-view.css'

export interface EmptyActions {
  readonly openSample: () => void
  readonly openImport: () => void
  readonly reconnect: () => void
  readonly resume: () => void
  readonly grant: () => void
  readonly resetFilter: () => void
}

interface EmptyViewProps {
  readonly state: EmptyState
  readonly inDevTools: boolean
  readonly actions: EmptyActions
}

const Shell = ({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) => (
  <section className="empty" aria-label={title}>
    <Icon name={icon} className="empty-icon" />
    <h2>{title}</h2>
    {children}
  </section>
)

const Choices = ({ actions }: { actions: EmptyActions }) => (
  <p className="empty-actions">
    <Button icon="play" onClick={actions.openSample}>
      Open a sample login
    </Button>
    <Button icon="import" onClick={actions.openImport}>
      Open a HAR file or a trace
    </Button>
  </p>
)

export const EmptyView = ({ state, inDevTools, actions }: EmptyViewProps) => {
  switch (state) {
    case 'connecting':
      return (
        <Shell icon="pending" title="Reading what was recorded">
          <p>This takes a moment when the recorder has to wake up.</p>
        </Shell>
      )
    case 'lost':
      return (
        <Shell icon="warning" title="The recorder does not answer">
          <p>What was recorded is kept while the browser runs. If it does not help to ask again, reopen DevTools.</p>
          <p className="empty-actions">
            <Button look="primary" onClick={actions.reconnect}>
              Ask again
            </Button>
          </p>
        </Shell>
      )
    case 'outdated':
      return (
        <Shell icon="warning" title="Loginscope was updated or turned off">
          <p>Close and reopen DevTools: the new version records from its own start.</p>
        </Shell>
      )
    case 'first-run':
      return (
        <Shell icon="search" title="Find out why a login failed">
          <p>
            Log in as usual, in this tab or any other. Loginscope watches OAuth and OpenID Connect logins and says which
            side has to change what, with the evidence.
          </p>
          <ul className="empty-facts">
            <li>
              <Icon name="done" />
              <span>
                <strong>Recording is already on</strong>, also while DevTools is closed.
              </span>
            </li>
            <li>
              <Icon name="eye" />
              <span>
                It keeps the requests that belong to a login: URLs, headers, cookies, form fields, token answers. Other
                traffic is dropped at once, and so are passwords.
              </span>
            </li>
            <li>
              <Icon name="file" />
              <span>
                <strong>Everything stays in this browser’s memory</strong> and is gone when it closes. Nothing is sent
                anywhere.
              </span>
            </li>
          </ul>
          <p className="empty-actions">
            <Button look="primary" icon="play" onClick={actions.openSample}>
              Open a sample login
            </Button>
            <Button icon="import" onClick={actions.openImport}>
              Open a HAR file or a trace
            </Button>
          </p>
        </Shell>
      )
    case 'waiting':
      return (
        <Shell icon="pending" title="Recording. No login seen yet">
          <p>
            {inDevTools
              ? 'Log in on this tab; the attempt appears here while it happens.'
              : 'Log in on any tab; the attempt appears here while it happens.'}
          </p>
          <ul className="empty-facts">
            <li>
              <Icon name="info" />
              <span>
                Logged in already? Log out first, or use a private window, so that the browser really goes through the
                login.
              </span>
            </li>
            {inDevTools ? (
              <li>
                <Icon name="info" />
                <span>
                  Turn on <strong>Preserve log</strong> in the Network panel: then the answers of the token endpoint
                  stay readable when the page moves on.
                </span>
              </li>
            ) : null}
          </ul>
          <Choices actions={actions} />
        </Shell>
      )
    case 'paused':
      return (
        <Shell icon="abandoned" title="Recording is paused">
          <p>Logins that happen now are not recorded.</p>
          <p className="empty-actions">
            <Button look="primary" icon="play" onClick={actions.resume}>
              Resume recording
            </Button>
          </p>
        </Shell>
      )
    case 'no-permission':
      return (
        <Shell icon="warning" title="Loginscope may not see the traffic of websites">
          <p>
            The permission was taken away, or never given. Without it no login can be recorded. What is recorded stays
            in this browser.
          </p>
          <p className="empty-actions">
            <Button look="primary" onClick={actions.grant}>
              Allow on all sites
            </Button>
            <Button icon="import" onClick={actions.openImport}>
              Open a HAR file or a trace
            </Button>
          </p>
        </Shell>
      )
    case 'no-login-in-file':
      return (
        <Shell icon="file" title="No login in this file">
          <p>
            The file was read, but none of its requests belongs to an OAuth or OpenID Connect login. A HAR file must
            have been recorded from before the click on “Log in”, with Preserve log turned on.
          </p>
          <p className="empty-actions">
            <Button icon="import" onClick={actions.openImport}>
              Open another file
            </Button>
          </p>
        </Shell>
      )
    case 'filtered':
      return (
        <Shell icon="search" title="The filter hides every attempt">
          <p>No attempt matches the text and the outcome above, and no recorded value contains the text.</p>
          <p className="empty-actions">
            <Button look="primary" onClick={actions.resetFilter}>
              Show all attempts
            </Button>
          </p>
        </Shell>
      )
  }
}
