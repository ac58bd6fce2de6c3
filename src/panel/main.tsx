import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import browser from 'webextension-polyfill'
import { createFollower } from '../analyzer/follow'
import { type Imported, readAny } from '../capture/import-any'
import { importInWorker } from '../capture/import-in-worker'
import { endOfRecording } from '../exports/prepare'
import { portChannel } from '../messaging/channel'
import { connect } from '../messaging/connection'
import { portName } from '../messaging/wire'
import { App, type Host } from './app'
import { backgroundSource } from './sources/background'
import { memorySource } from './sources/memory'
import { sampleRecording } from './sources/sample'
import { createStore } from './store'
import { applyTheme } from './theme'

/** Present in the DevTools panel, absent in the ordinary tab. */
const devtools = (globalThis as { chrome?: { devtools?: typeof chrome.devtools } }).chrome?.devtools

const query = new URLSearchParams(location.search)

const tabId = devtools?.inspectedWindow.tabId ?? null

const live = () =>
  backgroundSource(
    () => connect(() => portChannel(browser.runtime.connect({ name: portName({ role: 'panel' }) }))),
    tabId,
  )

const { whole, glance } = createFollower()
const store = createStore(live(), { analyze: whole, glance, now: Date.now })

const opened = (imported: Imported, name: string): ReturnType<Host['read']> => {
  if ('recording' in imported) {
    const { recording, notes } = imported
    return { source: memorySource({ kind: 'file', name, notes }, recording, endOfRecording(recording)) }
  }
  const { message, place } = imported.error
  const isInside = place !== undefined && (place.line > 1 || place.column > 1)
  return { error: `${name}: ${message}${isInside ? ` (line ${place.line}, column ${place.column})` : ''}` }
}

const host: Host = {
  inDevTools: devtools !== undefined,
  live,
  sample: () => memorySource({ kind: 'sample' }, sampleRecording(Date.now()), Date.now()),
  read: (text, name) => opened(readAny(text, { at: Date.now() }), name),
  readFile: async (file, onProgress, signal) => {
    const imported = await importInWorker(file, { at: Date.now(), onProgress, signal })
    return imported && opened(imported, file.name)
  },
  now: Date.now,
  openSettings: () => void browser.runtime.openOptionsPage(),
  requestPermission: () => void browser.permissions.request({ origins: ['<all_urls>'] }),
  firstFlow: query.get('flow'),
  exportFirst: query.get('export') === 'menu',
  remember: {
    get: (key) => localStorage.getItem(`loginscope.${key}`),
    set: (key, value) => localStorage.setItem(`loginscope.${key}`, value),
  },
}

applyTheme(store, devtools?.panels)

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App store={store} host={host} />
    </StrictMode>,
  )
