import { resolve } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'

const extensionFolder = resolve(import.meta.dirname, '../dist/firefox')

interface BidiConnection {
  send(method: string, parameters: object): Promise<{ result: Record<string, unknown> }>
}

export interface Firefox {
  readonly browser: Browser
  /** Opens one of the extension's pages in a tab. */
  open(path: string): Promise<Page>
  /** Opens a tab with the Network monitor of DevTools, which keeps its log. */
  openMonitored(): Promise<Page>
  /** "Save All As HAR" of the Network monitor. */
  exportHar(): Promise<string>
  close(): Promise<void>
}

/** Firefox with the built extension, loaded as a temporary add-on. */
export const launchFirefox = async (executablePath: string): Promise<Firefox> => {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: !process.env['HEADFUL'],
    // Pages of extensions are out of reach of automation without it.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: { 'devtools.netmonitor.persistlog': true },
  })
  const { connection } = browser as unknown as { connection: BidiConnection }
  const bidi = async <T>(method: string, parameters: object): Promise<T> =>
    (await connection.send(method, parameters)).result as T
  const { extension } = await bidi<{ extension: string }>('webExtension.install', {
    extensionData: { type: 'path', path: extensionFolder },
  })
  const { contexts } = await bidi<{ contexts: { url: string; context: string }[] }>('browsingContext.getTree', {
    'moz:scope': 'chrome',
  })
  const window = contexts.find(({ url }) => url.endsWith('browser.xhtml'))?.context
  /** Runs an expression with the rights of the browser itself. */
  const inBrowser = async (expression: string): Promise<string> => {
    const evaluated = await bidi<{ result: { value: string } }>('script.evaluate', {
      expression,
      target: { context: window },
      awaitPromise: true,
    })
    return evaluated.result.value
  }
  const host = await inBrowser(`WebExtensionPolicy.getByID(${JSON.stringify(extension)}).mozExtensionHostname`)
  return {
    browser,
    open: async (path) => {
      const page = await browser.newPage()
      // Firefox reports no load event for pages of extensions.
      await page.goto(`moz-extension://${host}/${path}`, { waitUntil: [] })
      await page.waitForFunction(() => document.readyState === 'complete')
      return page
    },
    openMonitored: async () => {
      const page = await browser.newPage()
      await inBrowser(`(async () => {
        const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs')
        const { gDevTools } = require('devtools/client/framework/devtools')
        window.monitored = await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: 'netmonitor' })
        return ''
      })()`)
      return page
    },
    exportHar: () =>
      inBrowser('monitored.getNetMonitorAPI().then((api) => api.getHar()).then((har) => JSON.stringify(har))'),
    close: () => browser.close(),
  }
}
