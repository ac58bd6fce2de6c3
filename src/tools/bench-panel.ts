import type { Frame, Page } from '@playwright/test'
import { devtoolsReady, dockDevTools, expect, launchExtension, openDevTools, showPanel } from '../../e2e/fixtures'
import { driveScenario } from '../../e2e/lab/drive'
import { startLab } from '../../e2e/lab/lab'
import { run } from './run'

/**
 * Prints one JSON object on the panel in the real DevTools, after a login: `eventToPaintMs`, from the moment in which a page
 * calls the token endpoint until the call is painted in the panel, as the median and for nine of ten calls. Milliseconds of
 * this machine, with all that the browser itself does on the way.
 */
const CALLS = 25

// Read when the browser is launched: DevTools front ends are pages only with it.
process.env['PW_CHROMIUM_ATTACH_TO_OTHER'] = '1'

type Watched = { paints: number[] }

/** From now on the panel notes when a change of it has been painted (milliseconds since the epoch). */
const watchPaints = (panel: Frame): Promise<void> =>
  panel.evaluate(() => {
    const watched = globalThis as unknown as Watched
    watched.paints = []
    let isPending = false
    new MutationObserver(() => {
      if (isPending) return
      isPending = true
      // A task that is posted while a frame is made runs once the frame has been handed over.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          isPending = false
          watched.paints.push(performance.timeOrigin + performance.now())
        }
        port2.postMessage(null)
      })
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  })

const paintsOf = (panel: Frame): Promise<number[]> => panel.evaluate(() => (globalThis as unknown as Watched).paints)

const callTokenEndpoint = (page: Page, url: string): Promise<number> =>
  page.evaluate((endpoint) => {
    const at = performance.timeOrigin + performance.now()
    const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'spa', refresh_token: `${at}` })
    void fetch(endpoint, { method: 'POST', body })
    return at
  }, url)

const lab = await startLab()
const build = await run('build', ['npm', 'run', '--silent', 'build', '--', 'chrome'])
if (!build.ok) throw new Error(build.output)
const { context } = await launchExtension()
const page = await context.newPage()
await page.goto(lab.startUrl)
const devtools = await openDevTools(context, page)
await devtoolsReady(devtools)
const panel = await showPanel(devtools)
await dockDevTools(devtools, 'undocked')
await expect(panel.getByRole('heading', { level: 2 }).first()).toBeVisible()
const token = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/token'))
await driveScenario(
  page,
  lab.scenarios.find(({ id }) => id === 'spa-healthy')!,
  lab,
)
const endpoint = (await token).url()
await watchPaints(panel)

const starts: number[] = []
for (let index = 0; index < CALLS; index += 1) {
  // Longer than the panel is busy after an event, and not in step with frames.
  await page.waitForTimeout(900 + Math.random() * 100)
  starts.push(await callTokenEndpoint(page, endpoint))
}
await page.waitForTimeout(1000)
const paints = await paintsOf(panel)
const times = starts
  .map((start) => Math.round((paints.find((paint) => paint >= start) ?? Infinity) - start))
  .toSorted((a, b) => a - b)
console.log(
  JSON.stringify({
    eventToPaintMs: { median: times[Math.floor(CALLS / 2)], nineOfTen: times[Math.floor(CALLS * 0.9)] },
  }),
)
await context.close()
await lab.close()
process.exit(0)
