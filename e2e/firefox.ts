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
  const { result } = await bidi<{ result: { value: string } }>('script.evaluate', {
    expression: `WebExtensionPolicy.getByID(${JSON.stringify(extension)}).mozExtensionHostname`,
    target: { context: window },
    awaitPromise: true,
  })
  return {
    browser,
    open: async (path) => {
      const page = await browser.newPage()
      // Firefox reports no load event for pages of extensions.
      await page.goto(`moz-extension://${result.value}/${path}`, { waitUntil: [] })
      await page.waitForFunction(() => document.readyState === 'complete')
      return page
    },
    close: () => browser.close(),
  }
}
