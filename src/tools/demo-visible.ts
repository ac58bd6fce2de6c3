import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type Target } from 'puppeteer-core'
import { BROWSER_ARGUMENTS } from '../../e2e/lab/origins'

/** DevTools docked below the page, as a profile stores it (a JSON string inside JSON). */
const dockedBelow = { currentDockState: '"bottom"' }

const createProfile = async (executablePath: string): Promise<string> => {
  // Browsers in a snap cannot see the system's folder for temporary files.
  const parent = executablePath.includes('/snap/') ? homedir() : tmpdir()
  const profile = await mkdtemp(join(parent, 'loginscope-'))
  await mkdir(join(profile, 'Default'))
  await writeFile(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({ devtools: { preferences: dockedBelow, synced_preferences_sync_disabled: dockedBelow } }),
  )
  return profile
}

/** Runs inside the DevTools front end: selects the panel, and tells whether it was selected already. */
const selectPanelSource = `import('devtools://devtools/bundled/ui/legacy/legacy.js').then(async (ui) => {
  const pane = ui.InspectorView.InspectorView.instance().tabbedPane
  const id = pane.tabIds().find((tab) => tab.startsWith('chrome-extension://') && tab.endsWith('Loginscope'))
  if (!id) return false
  if (pane.selectedTabId === id) return true
  await ui.ViewManager.ViewManager.instance().showView(id)
  return false
})`

const selectPanelIn = async (target: Target): Promise<boolean> => {
  const session = await target.createCDPSession()
  try {
    const { result } = await session.send('Runtime.evaluate', {
      expression: selectPanelSource,
      awaitPromise: true,
      returnByValue: true,
    })
    return result.value === true
  } finally {
    await session.detach()
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** While DevTools loads, its Elements panel takes the focus once; so the choice is repeated until it lasts. */
const selectPanel = async (browser: Browser): Promise<boolean> => {
  const lastTry = Date.now() + 20_000
  for (let lasted = 0; lasted < 4 && Date.now() < lastTry; await pause(500)) {
    const target = browser.targets().find((candidate) => candidate.url().startsWith('devtools://'))
    const selected = target ? await selectPanelIn(target).catch(() => false) : false
    lasted = selected ? lasted + 1 : 0
    if (lasted === 4) return true
  }
  return false
}

export interface VisibleDemo {
  readonly panelSelected: boolean
  readonly closed: Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Opens a window with the extension, DevTools below the page, and the panel in front. Branded Chrome takes extensions
 * only over the debugging pipe.
 */
export const openVisibleDemo = async (
  executablePath: string,
  extensionFolder: string,
  url: string,
): Promise<VisibleDemo> => {
  const profile = await createProfile(executablePath)
  const browser = await puppeteer.launch({
    executablePath,
    headless: false,
    pipe: true,
    userDataDir: profile,
    enableExtensions: [extensionFolder],
    defaultViewport: null,
    waitForInitialPage: false,
    ignoreDefaultArgs: ['--enable-automation', 'about:blank'],
    args: [
      '--auto-open-devtools-for-tabs',
      // Without a first window the first DevTools already knows the extension.
      '--no-startup-window',
      '--no-first-run',
      '--window-size=1400,950',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...BROWSER_ARGUMENTS,
    ],
    handleSIGINT: false,
    handleSIGTERM: false,
  })
  const closed = new Promise<void>((resolve) => browser.once('disconnected', () => resolve())).then(() =>
    rm(profile, { recursive: true, force: true, maxRetries: 5 }),
  )
  const session = await browser.target().createCDPSession()
  await session.send('Target.createTarget', { url, newWindow: true })
  return { panelSelected: await selectPanel(browser), closed, close: () => browser.close() }
}
