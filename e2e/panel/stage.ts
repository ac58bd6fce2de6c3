import { test as base, expect, type Frame, type Page } from '@playwright/test'
import type { Calls } from '../../src/messaging/contract'
import { portName } from '../../src/messaging/wire'
import type { ObservedEntry } from '../../src/model/recording'
import {
  devtoolsReady,
  dockDevTools,
  type Extension,
  launchExtension,
  openDevTools,
  showPanel,
  stopWorker,
} from '../fixtures'

/** The time that views are told it is: pictures must not change with the clock. */
export const NOW = Date.UTC(2026, 0, 31, 12, 5)

export type Theme = 'light' | 'dark'

const height = 600

/** Where the panel is looked at. */
export interface Place {
  readonly name: 'DevTools' | 'tab'
  readonly panel: Frame
  /** The page that the panel is in, which has the keyboard. */
  readonly page: Page
  readonly setWidth: (width: number) => Promise<void>
  /** Pixels by which what is around the panel has scrolled. */
  readonly movedBy: () => Promise<number>
  /** DevTools has a theme of its own; a tab follows the system. */
  readonly setTheme: (theme: Theme) => Promise<void>
}

/** One browser with the panel in its DevTools and in a tab, for many states one after the other. */
export interface Stage {
  readonly extension: Extension
  readonly places: readonly Place[]
  /** The tab that DevTools inspects. */
  readonly tabId: number
  readonly ask: <Name extends keyof Calls>(name: Name, input: Calls[Name]['in']) => Promise<Calls[Name]['out']>
  /** Has the background record exchanges as the devtools page of a tab tells of them. */
  readonly record: (entries: readonly ObservedEntry[], tabId?: number) => Promise<void>
  /** Nothing recorded, nothing noted, recording on, and a panel that was used before. */
  readonly reset: () => Promise<void>
  /** Stops the background in the middle of whatever it does next; returns how to let it go on. */
  readonly holdBackground: () => Promise<() => Promise<void>>
  /** Gives or takes away what the browser's page of extensions calls site access. */
  readonly setSiteAccess: (access: 'ON_ALL_SITES' | 'ON_CLICK') => Promise<void>
  /** Reloads the extension, as an update does. */
  readonly update: () => Promise<void>
  readonly stopBackground: () => Promise<void>
}

/** Extension pages see `now` as the present; timers go on as ever. */
const freezeClock = (now: number): void => {
  if (location.protocol !== 'chrome-extension:') return
  globalThis.Date = class extends Date {
    constructor(...given: readonly unknown[]) {
      super(...((given.length === 0 ? [now] : given) as []))
    }
    static override now = () => now
  } as DateConstructor
}

const isAs = async (panel: Frame, theme: Theme): Promise<void> => {
  await expect(panel.locator('html')).toHaveAttribute('data-theme', theme)
}

const isAsWideAs = async (panel: Frame, width: number): Promise<void> => {
  await panel.waitForFunction((wanted) => innerWidth === wanted, width)
}

const devtoolsPlace = (page: Page, panel: Frame, barHeight: number): Place => ({
  name: 'DevTools',
  panel,
  page,
  setWidth: async (width) => {
    await page.setViewportSize({ width, height: height + barHeight })
    await isAsWideAs(panel, width)
  },
  movedBy: async () => {
    const frame = await (await panel.frameElement()).boundingBox()
    return barHeight - (frame?.y ?? 0)
  },
  setTheme: async (theme) => {
    await page.evaluate(
      async (wanted) => {
        const path = './core/common/common.js'
        const { Settings } = (await import(path)) as {
          Settings: { Settings: { instance: () => { moduleSetting: (name: string) => { set: (to: string) => void } } } }
        }
        Settings.Settings.instance().moduleSetting('ui-theme').set(wanted)
      },
      theme === 'dark' ? 'dark' : 'default',
    )
    await isAs(panel, theme)
  },
})

const tabPlace = (page: Page): Place => ({
  name: 'tab',
  panel: page.mainFrame(),
  page,
  setWidth: async (width) => {
    await page.setViewportSize({ width, height })
    await isAsWideAs(page.mainFrame(), width)
  },
  movedBy: async () => 0,
  setTheme: async (theme) => {
    await page.emulateMedia({ colorScheme: theme })
    await isAs(page.mainFrame(), theme)
  },
})

/** Asks the background, one question after the other, over a port of its own. */
const askFrom = async (page: Frame, questions: readonly { readonly name: string; readonly input: unknown }[]) =>
  page.evaluate(
    async ({ port: name, asked }) => {
      const port = chrome.runtime.connect({ name })
      const answers = await Promise.all(
        asked.map(
          (question, id) =>
            new Promise<unknown>((resolve, reject) => {
              port.onMessage.addListener((answer: { id: number; kind: string; output?: unknown; error?: unknown }) => {
                if (answer.id !== id) return
                if (answer.kind === 'answer') resolve(answer.output)
                else reject(new Error(JSON.stringify(answer.error)))
              })
              port.postMessage({ kind: 'call', id, ...question })
            }),
        ),
      )
      port.disconnect()
      return answers
    },
    { port: portName({ role: 'options' }), asked: questions },
  )

const holdWorker = async ({ context }: Extension): Promise<() => Promise<void>> => {
  const root = await context.browser()!.newBrowserCDPSession()
  const { targetInfos } = await root.send('Target.getTargets')
  const { targetId } = targetInfos.find(({ type }) => type === 'service_worker')!
  // Playwright has no session for workers of its own; the protocol's older way of talking to a target needs none.
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: false })
  let id = 0
  const send = (method: string) =>
    root.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: ++id, method }) })
  await send('Debugger.enable')
  await send('Debugger.pause')
  return async () => {
    await send('Debugger.resume')
    await send('Debugger.disable')
    await root.detach()
  }
}

type DeveloperPrivate = {
  developerPrivate: {
    updateExtensionConfiguration: (change: { extensionId: string; hostAccess: string }) => Promise<void>
    reload: (id: string) => Promise<void>
  }
}

export const openStage = async (): Promise<Stage> => {
  const extension = await launchExtension()
  const { context } = extension
  await context.addInitScript(freezeClock, NOW)
  const inspected = await context.newPage()
  const devtools = await openDevTools(context, inspected)
  const devtoolsPage = await devtoolsReady(devtools)
  await dockDevTools(devtools, 'undocked')
  const panel = await showPanel(devtools)
  await devtools.setViewportSize({ width: 1200, height })
  await isAsWideAs(panel, 1200)
  const barHeight = height - (await panel.evaluate(() => innerHeight))
  const extensions = await context.newPage()
  await extensions.goto('chrome://extensions')
  const tab = await context.newPage()
  const places = [devtoolsPlace(devtools, panel, barHeight), tabPlace(tab)]
  for (const { page } of places) await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' })
  const tabId = await devtoolsPage.evaluate(() => chrome.devtools.inspectedWindow.tabId)
  const ask: Stage['ask'] = async (name, input) =>
    (await askFrom(devtoolsPage, [{ name, input }]))[0] as Calls[typeof name]['out']
  await ask('settings.write', { rememberGoodLogins: 'never' })
  await tab.goto(extension.url('src/panel/index.html'))
  return {
    extension,
    places,
    tabId,
    ask,
    record: async (entries, ofTab = tabId) => {
      const input = (entry: ObservedEntry, index: number) => ({ tabId: ofTab, entryId: String(index), entry })
      await askFrom(
        devtoolsPage,
        entries.map((entry, index) => ({ name: 'devtools.entry', input: input(entry, index) })),
      )
    },
    reset: async () => {
      await ask('recording.pause', { paused: false })
      await ask('recording.clear', {})
      for (const place of places)
        await place.panel.evaluate(() => {
          localStorage.clear()
          localStorage.setItem('loginscope.welcomed', 'yes')
        })
    },
    holdBackground: () => holdWorker(extension),
    setSiteAccess: (access) =>
      extensions.evaluate(
        ([extensionId, hostAccess]) =>
          (chrome as unknown as DeveloperPrivate).developerPrivate.updateExtensionConfiguration({
            extensionId,
            hostAccess,
          }),
        [extension.id, access] as const,
      ),
    update: () =>
      extensions.evaluate((id) => (chrome as unknown as DeveloperPrivate).developerPrivate.reload(id), extension.id),
    stopBackground: () => stopWorker(extension),
  }
}

export const test = base.extend<object, { readonly stage: Stage }>({
  stage: [
    async ({}, use) => {
      const stage = await openStage()
      await use(stage)
      await stage.extension.context.close()
    },
    { scope: 'worker' },
  ],
})

export { expect }
