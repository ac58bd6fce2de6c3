import { resolve } from 'node:path'
import {
  test as base,
  chromium,
  expect,
  type BrowserContext,
  type Frame,
  type Page,
  type Worker,
} from '@playwright/test'
import { findTestBrowser } from '../src/tools/find-browser'
import { type Lab, startLab } from './lab/lab'
import { BROWSER_ARGUMENTS } from './lab/origins'

const extensionFolder = resolve(import.meta.dirname, '../dist/chrome')

export interface Extension {
  readonly context: BrowserContext
  readonly worker: Worker
  readonly id: string
  /** Address of one of the extension's pages: `src/popup/index.html`. */
  readonly url: (path: string) => string
}

export interface ExtensionOptions {
  readonly colorScheme?: 'light' | 'dark'
}

/** A browser with the built extension, whose background hears every request from now on. Close `context` in the end. */
export const launchExtension = async ({ colorScheme = 'light' }: ExtensionOptions = {}): Promise<Extension> => {
  const executablePath = findTestBrowser()
  const context = await chromium.launchPersistentContext('', {
    ...(executablePath ? { executablePath } : {}),
    headless: !process.env['HEADFUL'],
    viewport: null,
    colorScheme,
    args: [
      '--window-size=1400,900',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Playwright disables all extensions; both switches are needed to have this one.
      `--disable-extensions-except=${extensionFolder}`,
      `--load-extension=${extensionFolder}`,
      ...BROWSER_ARGUMENTS,
    ],
  })
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  // The worker is there before its listeners have reached the browser; requests made meanwhile would go unheard.
  await expect.poll(() => worker.evaluate(() => chrome.webRequest.onErrorOccurred.hasListeners())).toBe(true)
  await worker.evaluate(() => chrome.runtime.getPlatformInfo())
  const id = new URL(worker.url()).host
  return { context, worker, id, url: (path) => `chrome-extension://${id}/${path}` }
}

type FrontEnd = {
  UI?: { panels?: Record<string, unknown> }
  InspectorFrontendAPI: { showPanel: (id: string) => void }
}

const panelTitle = 'Loginscope'

/** Opens the browser's own DevTools on a page and returns their front end. */
export const openDevTools = async (context: BrowserContext, page: Page): Promise<Page> => {
  const session = await context.newCDPSession(page)
  const { targetInfo } = await session.send('Target.getTargetInfo')
  await session.detach()
  const browser = context.browser()
  if (!browser) throw new Error('the browser has been closed')
  const root = await browser.newBrowserCDPSession()
  const before = new Set(context.pages())
  const find = () =>
    context.pages().find((candidate) => !before.has(candidate) && candidate.url().startsWith('devtools://'))
  // Newer than the protocol types.
  await (root.send as (method: string, parameters: object) => Promise<unknown>)('Target.openDevTools', {
    targetId: targetInfo.targetId,
  })
  await expect.poll(() => find() !== undefined, { timeout: 30_000 }).toBe(true)
  await root.detach()
  return find()!
}

const frameOf = async (page: Page, path: string): Promise<Frame> => {
  const find = () => page.frames().find((frame) => new URL(frame.url() || 'about:blank').pathname === path)
  await expect.poll(() => find() !== undefined, { timeout: 15_000 }).toBe(true)
  return find()!
}

/** Selects the Loginscope panel and returns its frame. */
export const showPanel = async (devtools: Page): Promise<Frame> => {
  await devtools.waitForFunction(
    (title) =>
      Object.keys((globalThis as unknown as FrontEnd).UI?.panels ?? {}).some(
        (id) => id.startsWith('chrome-extension://') && id.endsWith(title),
      ),
    panelTitle,
  )
  await devtools.evaluate((title) => {
    const { UI, InspectorFrontendAPI } = globalThis as unknown as FrontEnd
    const id = Object.keys(UI?.panels ?? {}).find(
      (candidate) => candidate.startsWith('chrome-extension://') && candidate.endsWith(title),
    )
    InspectorFrontendAPI.showPanel(id!)
  }, panelTitle)
  return frameOf(devtools, '/src/panel/index.html')
}

/** Moves DevTools; undocked, its panels have the whole of its page. */
export const dockDevTools = (devtools: Page, side: 'bottom' | 'right' | 'undocked'): Promise<void> =>
  devtools.evaluate(async (wanted) => {
    const path = './ui/legacy/legacy.js'
    const ui = (await import(path)) as {
      DockController: { DockController: { instance: () => { setDockSide: (side: string) => void } } }
    }
    ui.DockController.DockController.instance().setDockSide(wanted)
  }, side)

/** Waits until the devtools page listens: from then on, response bodies are recorded. */
export const devtoolsReady = (devtools: Page): Promise<Frame> => frameOf(devtools, '/src/devtools/index.html')

/** Stops the background as the browser does when it is idle. The next event starts it again. */
export const stopWorker = async ({ context, worker }: Extension): Promise<void> => {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await worker.evaluate(() => Object.assign(globalThis, { startedBefore: true }))
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await page.waitForTimeout(300)
  await session.detach()
  await page.close()
}

/** Whether the background has been stopped since {@link stopWorker} was called, and runs again. */
export const wasRestarted = ({ worker }: Extension): Promise<boolean> =>
  worker.evaluate(() => !('startedBefore' in globalThis))

/** The browser's id of a tab, found by its address. */
export const tabIdOf = ({ worker }: Extension, page: Page): Promise<number> =>
  worker.evaluate(
    async (url) => (await chrome.tabs.query({})).find((tab) => tab.url?.split('#')[0] === url)?.id ?? -1,
    page.url().split('#')[0] ?? '',
  )

export const badgeText = ({ worker }: Extension, tabId: number): Promise<string> =>
  worker.evaluate((id) => chrome.action.getBadgeText({ tabId: id }), tabId)

/** The events in the log, as they are stored. */
export const recordedEvents = async ({ worker }: Extension): Promise<readonly { type: string; url?: string }[]> => {
  const stored = await worker.evaluate(() => chrome.storage.session.get(null))
  return Object.entries(stored)
    .filter(([key]) => /^rec\/\d+$/.test(key))
    .sort(([a], [b]) => Number(a.slice(4)) - Number(b.slice(4)))
    .flatMap(([, events]) => events as { type: string; url?: string }[])
}

/** The popup as a tab, telling of `tabId`. */
export const openPopup = async ({ context, url }: Extension, tabId: number): Promise<Page> => {
  const page = await context.newPage()
  await page.setViewportSize({ width: 380, height: 560 })
  await page.goto(url(`src/popup/index.html?tab=${tabId}`))
  return page
}

interface Fixtures {
  readonly extension: Extension
}

interface WorkerFixtures {
  readonly lab: Lab
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  extension: async ({ colorScheme }, use) => {
    const extension = await launchExtension({ colorScheme: colorScheme === 'dark' ? 'dark' : 'light' })
    await use(extension)
    await extension.context.close()
  },
  lab: [
    // Playwright reads the names of wanted fixtures from this pattern.
    async ({}, use) => {
      const lab = await startLab()
      await use(lab)
      await lab.close()
    },
    { scope: 'worker' },
  ],
})

export { expect }
