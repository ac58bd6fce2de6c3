import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import { analyze } from '../src/analyzer/analyze'
import { readAny } from '../src/capture/import-any'
import { exportAs, type FormatId } from '../src/exports/formats'
import { endOfRecording, prepareExport } from '../src/exports/prepare'
import { expect, openDevTools, test } from './fixtures'
import { driveScenario } from './lab/drive'
import { scenarios } from './lab/scenarios'

// Files that Chromium's own DevTools write are read, and what is exported opens in Chromium.

interface NetworkPanel {
  readonly networkLogView: {
    exportAll(options: { sanitize: boolean }): Promise<void>
    onLoadFromFile(file: File): Promise<void>
    harLoadFailed(message: unknown): void
  }
}

interface FileHost {
  save: (url: string, content: string) => void
  append: (url: string, content: string) => void
  close: (url: string) => void
}

interface FrontEnd {
  readonly UI?: { readonly panels?: object }
  readonly InspectorFrontendHost: FileHost
  readonly InspectorFrontendAPI: { savedURL(url: string, path: string): void; appendedToURL(url: string): void }
  networkPanel: NetworkPanel
}

/** The Network panel of the browser's DevTools on a page, with its log preserved. */
const openNetworkPanel = async (context: Parameters<typeof openDevTools>[0], page: Page): Promise<Page> => {
  const devtools = await openDevTools(context, page)
  await devtools.waitForFunction(() => Object.keys((globalThis as unknown as FrontEnd).UI?.panels ?? {}).length > 0)
  await devtools.evaluate(async () => {
    // Modules of the front end, which no types are published for.
    const load = <T>(path: string) => import(path) as Promise<T>
    const { ViewManager } = await load<{
      ViewManager: { ViewManager: { instance(): { showView(id: string): Promise<void> } } }
    }>('./ui/legacy/legacy.js')
    await ViewManager.ViewManager.instance().showView('network')
    const { Settings } = await load<{
      Settings: { Settings: { instance(): { moduleSetting(name: string): { set(value: boolean): void } } } }
    }>('./core/common/common.js')
    Settings.Settings.instance().moduleSetting('network-log.preserve-log').set(true)
    const { NetworkPanel } = await load<{ NetworkPanel: { NetworkPanel: { instance(): NetworkPanel } } }>(
      './panels/network/network.js',
    )
    ;(globalThis as unknown as FrontEnd).networkPanel = NetworkPanel.NetworkPanel.instance()
  })
  return devtools
}

/** "Export HAR" of the Network panel, with the dialog for the file left out. */
const exportHar = (devtools: Page, options: { sanitize: boolean }): Promise<string> =>
  devtools.evaluate(
    (wanted) =>
      new Promise<string>((done, failed) => {
        const {
          InspectorFrontendHost: host,
          InspectorFrontendAPI: api,
          networkPanel,
        } = globalThis as unknown as FrontEnd
        const pieces: string[] = []
        host.save = (url, content) => {
          pieces.push(content)
          api.savedURL(url, url)
        }
        host.append = (url, content) => {
          pieces.push(content)
          api.appendedToURL(url)
        }
        host.close = () => done(pieces.join(''))
        networkPanel.networkLogView.exportAll(wanted).catch(failed)
      }),
    options,
  )

const recordingIn = (text: string) => {
  const read = readAny(text)
  if ('error' in read) throw new Error(read.error.message)
  return read.recording
}

const diagnosisOf = (har: string) => {
  const recording = recordingIn(har)
  const { flows, findings } = analyze(recording, endOfRecording(recording))
  return flows.map(({ status, rootCause }) => [status, findings.find(({ id }) => id === rootCause)?.rule])
}

for (const [id, withSensitiveData, sanitized] of [
  ['spa-healthy', ['succeeded', undefined], ['succeeded', undefined]],
  ['code-redeemed-twice', ['failed', 'code-redeemed-twice'], ['failed', 'code-redeemed-twice']],
  // The cookie that was lost is nowhere in a sanitized file; what is left is the page that told of it.
  ['state-cookie-lost-form-post', ['failed', 'state-cookie-lost'], ['failed', 'callback-error']],
] as const) {
  test(`reads both HAR exports of Chromium's DevTools: ${id}`, async ({ extension, lab }) => {
    const page = await extension.context.newPage()
    const devtools = await openNetworkPanel(extension.context, page)
    await driveScenario(
      page,
      scenarios.find((scenario) => scenario.id === id)!,
      lab,
    )
    await page.waitForLoadState('networkidle')

    const full = await exportHar(devtools, { sanitize: false })
    const clean = await exportHar(devtools, { sanitize: true })
    expect([/"(?:set-)?cookie"/i.test(full), /"(?:set-)?cookie"/i.test(clean)]).toEqual([true, false])
    expect([diagnosisOf(full), diagnosisOf(clean)]).toEqual([[withSensitiveData], [sanitized]])
  })
}

const failed = resolve(import.meta.dirname, '../src/testing/recordings/code-redeemed-twice.json')

const exported = async (format: FormatId): Promise<string> => {
  const recording = recordingIn(await readFile(failed, 'utf8'))
  const now = endOfRecording(recording)
  const result = exportAs(format, prepareExport(recording, { now, exportedAt: now }))
  if ('leaks' in result) throw new Error('the export was stopped')
  return result.text
}

test('the HAR export opens in the Network panel', async ({ extension }) => {
  const page = await extension.context.newPage()
  const devtools = await openNetworkPanel(extension.context, page)
  const har = await exported('har')
  const shown = await devtools.evaluate(async (text) => {
    const { networkLogView } = (globalThis as unknown as FrontEnd).networkPanel
    let problem: unknown
    networkLogView.harLoadFailed = (message) => (problem = String(message))
    await networkLogView.onLoadFromFile(new File([text], 'login.har'))
    const path = './models/logs/logs.js'
    const { NetworkLog } = (await import(path)) as {
      NetworkLog: { NetworkLog: { instance(): { requests(): { url(): string; statusCode: number }[] } } }
    }
    const requests = NetworkLog.NetworkLog.instance().requests()
    return { problem, requests: requests.map((request) => [request.url(), request.statusCode]) }
  }, har)
  const { log } = JSON.parse(har) as {
    log: { entries: { request: { url: string }; response: { status: number } }[] }
  }
  expect(shown).toEqual({
    requests: log.entries.map(({ request, response }) => [request.url, response.status]),
  })
})

test('the HTML export opens without a network, asks for nothing and is complete', async ({ extension }, info) => {
  const path = info.outputPath('report.html')
  await writeFile(path, await exported('html'))
  await extension.context.setOffline(true)
  const page = await extension.context.newPage()
  const said: string[] = []
  page.on('request', (request) => said.push(request.url()))
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  await page.goto(pathToFileURL(path).href)
  await expect(page.getByRole('heading', { name: 'The code was redeemed twice' })).toBeVisible()
  await expect(page.getByText('Fix', { exact: true }).first()).toBeVisible()
  expect(said).toEqual([pathToFileURL(path).href])
})
