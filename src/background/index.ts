import browser, { type Runtime } from 'webextension-polyfill'
import { z } from 'zod'
import { createFollower } from '../analyzer/follow'
import { verifySignatures } from '../capture/verify-signatures'
import { captureNavigations } from '../capture/web-navigation'
import { captureWebRequests } from '../capture/web-request'
import { captureResponseBodies } from '../capture/stream-filter'
import { portChannel } from '../messaging/channel'
import { type News, type RecorderStatus, defaultSettings } from '../messaging/contract'
import { type Handlers, refuse, serve } from '../messaging/handler'
import { type Peer, parsePortName } from '../messaging/wire'
import type { Analysis } from '../model/analysis'
import { sessionStorage } from '../recording/session-storage'
import { createAttemptNotes } from './attempt-notes'
import { badgeFor, iconPaths } from './badge'
import { createGoodLogins } from './good-logins'
import { noticesFor } from './notify'
import { createRecorder } from './recorder'
import { createRefresher } from './refresher'
import { readSettings, writeSettings } from './settings'
import { summarizeTab, unsettledFailures } from './summary'

// Extension pages forbid `eval`; zod would probe for it and leave a violation report in every console.
z.config({ jitless: true })

const toldKey = 'told-failures'
/** Soon enough for a badge, and seldom enough to leave the processor to the page that logs in. */
const analysisDelayMs = 200

const peers = new Map<Runtime.Port, { readonly peer: Peer; readonly tell: (news: News) => void }>()
let hostPermission = true
let extraEndpoints = defaultSettings.extraEndpoints

const tellAll = (news: News): void => peers.forEach(({ tell }) => tell(news))

const settings = readSettings(browser.storage.local).catch(() => defaultSettings)

void settings.then((stored) => {
  extraEndpoints = stored.extraEndpoints
})

const goodLogins = createGoodLogins(
  { session: browser.storage.session, disk: browser.storage.local },
  async () => (await readSettings(browser.storage.local)).rememberGoodLogins,
)

const attemptNotes = createAttemptNotes(browser.storage.session, (notes) => tellAll({ type: 'notes.changed', notes }))

const recorder = createRecorder({
  storage: sessionStorage(browser.storage.session),
  settings,
  userAgent: navigator.userAgent,
  onAppended: (events) => {
    tellAll({ type: 'log.appended', events })
    refresher.changed()
  },
  onCleared: () => {
    tellAll({ type: 'log.cleared' })
    refresher.changed()
  },
})

captureWebRequests(browser.webRequest, recorder.offer)
captureResponseBodies(browser.webRequest, recorder)
captureNavigations(browser.webNavigation, browser.tabs, recorder.offer)

const status = (): RecorderStatus => ({
  paused: recorder.isPaused(),
  hostPermission,
  storageFull: recorder.isFull(),
  devtoolsTabs: [...new Set([...peers.values()].flatMap(({ peer }) => (peer.role === 'devtools' ? [peer.tabId] : [])))],
})

const tellStatus = (): void => {
  tellAll({ type: 'status.changed', status: status() })
  refresher.changed()
}

// The events array is replaced whenever it changes, so its identity tells whether an analysis still holds.
const { whole: analyze } = createFollower()
let latest: { readonly of: unknown; readonly analysis: Analysis } | undefined
const currentAnalysis = (): Analysis => {
  const events = recorder.events()
  const now = Date.now()
  const isCurrent = latest?.of === events && (latest.analysis.revisitAt ?? Infinity) > now
  if (!latest || !isCurrent) latest = { of: events, analysis: analyze({ events }, now, { extraEndpoints }) }
  return latest.analysis
}

/** What each tab shows at present, so that a login that streams in does not redraw the toolbars of all tabs. */
const painted = new Map<number, string>()

const paint = async (tabId: number): Promise<void> => {
  const badge = badgeFor(unsettledFailures(currentAnalysis(), tabId).length, status())
  const look = JSON.stringify(badge)
  if (painted.get(tabId) === look) return
  painted.set(tabId, look)
  await Promise.all([
    browser.action.setBadgeText({ tabId, text: badge.text }),
    browser.action.setBadgeBackgroundColor({ tabId, color: badge.color }),
    browser.action.setTitle({ tabId, title: badge.title }),
    browser.action.setIcon({ tabId, path: iconPaths(badge.icon) }),
  ])
}

/** A tab may close while it is being painted; that is no error of anyone. */
const paintAll = async (): Promise<void> => {
  await recorder.settled()
  const tabs = await browser.tabs.query({})
  await Promise.allSettled(tabs.flatMap(({ id }) => (id === undefined ? [] : [paint(id)])))
}

/** Told even while notifications are off, so that switching them on does not tell of the past. */
const toldFailures = browser.storage.session
  .get(toldKey)
  .then(({ [toldKey]: ids }) => new Set<string>(Array.isArray(ids) ? ids.map(String) : []))
const notify = async (): Promise<void> => {
  const told = await toldFailures
  const notices = noticesFor(currentAnalysis(), told)
  if (notices.length === 0) return
  notices.forEach(({ flowId }) => told.add(flowId))
  await browser.storage.session.set({ [toldKey]: [...told] })
  // The permission is optional, and the API is there only once it has been granted.
  const { notifications } = browser as Partial<typeof browser>
  if (!notifications || !(await readSettings(browser.storage.local)).notifyOnFailure) return
  for (const { flowId, title, message } of notices) {
    const iconUrl = browser.runtime.getURL('icons/128.png')
    await notifications.create(flowId, { type: 'basic', iconUrl, title, message })
  }
}

/** Signatures are checked here and put into the log, so that the analysis stays pure and an export needs no keys. */
const verify = async (): Promise<void> => {
  const found = await verifySignatures(currentAnalysis().exchanges, recorder.events(), Date.now())
  found.forEach(recorder.note)
}

const refresher = createRefresher(async () => {
  await paintAll().then(notify).then(verify)
  await goodLogins.learn(currentAnalysis(), recorder.events())
  const { revisitAt } = currentAnalysis()
  // Where the worker is stopped before that, the next event that wakes it looks again.
  return revisitAt === undefined ? undefined : revisitAt - Date.now()
}, analysisDelayMs)

const handlers: Handlers = {
  'recording.read': async ({ afterSeq }) => {
    await recorder.settled()
    return {
      events: recorder.events().filter((event) => event.seq > afterSeq),
      status: status(),
      generation: recorder.generation(),
    }
  },
  'recording.clear': async ({ tabId }) => {
    await recorder.clear(tabId)
    await attemptNotes.keepOnly(new Set(currentAnalysis().flows.map(({ id }) => id)))
    return null
  },
  'recording.pause': async ({ paused }) => {
    await recorder.setPaused(paused)
    tellStatus()
    return null
  },
  'devtools.entry': ({ tabId, entryId, entry }) => {
    recorder.offer({ type: 'entry.observed', origin: 'devtools', at: entry.startedDateTime, entryId, tabId, entry })
    return null
  },
  'tab.summary': async ({ tabId }) => {
    await recorder.settled()
    return summarizeTab(currentAnalysis(), tabId, status())
  },
  'logins.good': goodLogins.read,
  'notes.read': attemptNotes.read,
  'notes.write': async ({ flowId, change }) => {
    await attemptNotes.write(flowId, change)
    return null
  },
  'settings.read': () => readSettings(browser.storage.local),
  'settings.write': async (change) => {
    const changed = await writeSettings(browser.storage.local, change)
    recorder.configure(changed)
    if (change.rememberGoodLogins !== undefined) await goodLogins.keepIn(changed.rememberGoodLogins)
    extraEndpoints = changed.extraEndpoints
    latest = undefined
    tellAll({ type: 'settings.changed', settings: changed })
    return changed
  },
  'panel.open': async ({ flowId, exporting }) => {
    const query = new URLSearchParams({
      ...(flowId === undefined ? {} : { flow: flowId }),
      ...(exporting ? { export: 'menu' } : {}),
    })
    await browser.tabs.create({ url: browser.runtime.getURL(`src/panel/index.html?${query}`) })
    return null
  },
}

/** Only this extension's own pages may connect; other extensions and pages have no business here. */
const isOwnPage = (port: Runtime.Port): boolean =>
  port.sender?.id === browser.runtime.id && (port.sender.url?.startsWith(browser.runtime.getURL('')) ?? false)

browser.runtime.onConnect.addListener((port) => {
  const peer = parsePortName(port.name)
  if (!peer || !isOwnPage(port)) return port.disconnect()
  const channel = portChannel(port)
  if ('otherVersion' in peer) return refuse(channel)
  peers.set(port, { peer, ...serve(channel, handlers) })
  if (peer.role === 'devtools') tellStatus()
  channel.onClose(() => {
    peers.delete(port)
    if (peer.role === 'devtools') tellStatus()
  })
})

const checkPermission = async (): Promise<void> => {
  const permitted = await browser.permissions.contains({ origins: ['<all_urls>'] })
  if (hostPermission === permitted) return
  hostPermission = permitted
  if (!permitted) recorder.note({ type: 'capture.gap', at: Date.now(), because: 'permission-missing' })
  tellStatus()
}
browser.permissions.onAdded.addListener(() => void checkPermission())
browser.permissions.onRemoved.addListener(() => void checkPermission())
void checkPermission()

// Browsers reset what an action shows for a tab when the tab navigates.
browser.webNavigation.onCommitted.addListener(({ tabId, frameId }) => {
  if (frameId !== 0) return
  painted.delete(tabId)
  refresher.changed()
})
browser.tabs.onRemoved.addListener((tabId) => painted.delete(tabId))

refresher.changed()
