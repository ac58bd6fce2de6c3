import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import browser from 'webextension-polyfill'
import { portChannel } from '../messaging/channel'
import { connect } from '../messaging/connection'
import { portName } from '../messaging/wire'
import { applyPageTheme } from '../ui/page-theme'
import { Popup, type PopupActions } from './popup'
import { createTabStore } from './tab-store'
import '../ui/tokens.css'
import '../ui/base.css'

applyPageTheme('auto', 'comfortable')

/** `?tab=` names the tab where the popup is opened as a page of its own. */
const shownTab = async (): Promise<{ readonly id: number; readonly url?: string }> => {
  const wanted = new URLSearchParams(location.search).get('tab')
  const tab =
    wanted === null
      ? (await browser.tabs.query({ active: true, currentWindow: true }))[0]
      : await browser.tabs.get(Number(wanted)).catch(() => undefined)
  return { id: tab?.id ?? -1, ...(tab?.url === undefined ? {} : { url: tab.url }) }
}

const connection = connect(() => portChannel(browser.runtime.connect({ name: portName({ role: 'popup' }) })))
connection
  .call('settings.read', null)
  .then((settings) => applyPageTheme(settings.theme, 'comfortable'))
  .catch(() => undefined)

const tab = await shownTab()
const store = createTabStore(connection, tab.id)

const actions: PopupActions = {
  openPanel: async (flowId) => {
    await connection.call('panel.open', flowId === undefined ? {} : { flowId })
    window.close()
  },
  exportFlow: async (flowId) => {
    await connection.call('panel.open', { flowId, exporting: true })
    window.close()
  },
  setIgnored: async (host, ignored) => {
    const { ignore } = await connection.call('settings.read', null)
    const others = ignore.filter((pattern) => pattern !== host)
    await connection.call('settings.write', { ignore: ignored ? [...others, host] : others })
  },
  setPaused: (paused) => connection.call('recording.pause', { paused }),
  clear: () => connection.call('recording.clear', { tabId: tab.id }),
  openOptions: () => browser.runtime.openOptionsPage(),
  // Must be called from the click itself: browsers ask the user only then.
  requestPermission: () => browser.permissions.request({ origins: ['<all_urls>'] }),
}

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Popup store={store} actions={actions} {...(tab.url === undefined ? {} : { pageUrl: tab.url })} />
    </StrictMode>,
  )
