import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Frame, Page } from '@playwright/test'
import type { Har } from 'har-format'
import type { Flow, Finding } from '../src/model/analysis'
import {
  badgeText,
  devtoolsReady,
  dockDevTools,
  expect,
  openDevTools,
  openPopup,
  showPanel,
  tabIdOf,
  test,
} from './fixtures'
import { driveScenario } from './lab/drive'
import { watchHiddenAnswers } from './lab/hidden-answers'
import { scenarios } from './lab/scenarios'

const run = promisify(execFile)
const cli = resolve(import.meta.dirname, '../dist/cli/loginscope.js')

interface Trace {
  readonly analysis: { readonly flows: readonly Flow[]; readonly findings: readonly Finding[] }
}

const analyzeFile = async (path: string): Promise<Trace> => {
  const { stdout } = await run('node', [cli, 'analyze', path, '--format', 'json', '--fail-on', 'never'], {
    maxBuffer: 64 * 2 ** 20,
  })
  return JSON.parse(stdout) as Trace
}

const rootCauses = ({ analysis: { flows, findings } }: Trace): readonly string[] =>
  flows.flatMap(({ rootCause }) => findings.filter(({ id }) => id === rootCause).map(({ rule }) => rule))

const risksOf = ({ analysis: { findings } }: Trace): readonly string[] =>
  [...new Set(findings.filter(({ category }) => category === 'risk').map(({ rule }) => rule))].sort()

interface Shown {
  readonly rule: string | undefined
  readonly title: string
}

/** What the panel says of each failed attempt that it lists, read as its user would: attempt by attempt. */
const shownFailures = async (panel: Frame): Promise<Shown[]> => {
  const attempts = panel.getByRole('listbox', { name: 'Login attempts' }).getByRole('option')
  const shown: Shown[] = []
  for (const attempt of await attempts.all()) {
    // While a login streams in, what looked like two attempts may turn out to be one.
    const isStillThere = await attempt.click({ timeout: 2000 }).then(
      () => true,
      () => false,
    )
    if (!isStillThere) continue
    if (!(await attempt.getByRole('img', { name: 'Failed' }).isVisible())) continue
    const diagnosis = panel.getByRole('region', { name: 'Diagnosis' })
    const why = await diagnosis.locator('> .card-body').first().textContent()
    const title = await diagnosis.getByRole('heading', { level: 2 }).first().innerText()
    shown.push({ rule: /Found by the rule “([\w-]+)”/.exec(why ?? '')?.[1], title })
  }
  return shown
}

const openPanel = async (context: Parameters<typeof openDevTools>[0], page: Page): Promise<Frame> => {
  const devtools = await openDevTools(context, page)
  await devtools.setViewportSize({ width: 1280, height: 860 })
  await devtoolsReady(devtools)
  const panel = await showPanel(devtools)
  await dockDevTools(devtools, 'undocked')
  return panel
}

for (const scenario of scenarios) {
  const { rootCause } = scenario.expected
  test(`${scenario.id}: ${rootCause ?? 'nobody is accused'}`, async ({ extension, lab }, { outputDir }) => {
    const har = resolve(outputDir, `${scenario.id}.har`)
    const page = await extension.context.newPage()
    // While the tab has an address of its own: some scenarios end on an error page of the browser.
    await page.goto(lab.startUrl)
    const tabId = await tabIdOf(extension, page)
    const panel = await openPanel(extension.context, page)
    await page.routeFromHAR(har, { update: true, updateContent: 'embed', updateMode: 'full' })
    const hidden = await watchHiddenAnswers(page)
    await driveScenario(page, scenario, lab)

    const wanted = rootCause === null ? [] : [rootCause]
    const rules = async () => (await shownFailures(panel)).map(({ rule }) => rule)
    // Some causes are only sure after a silence of fifteen seconds.
    await expect.poll(rules, { timeout: 30_000 }).toEqual(wanted)
    await expect.poll(() => badgeText(extension, tabId), { timeout: 30_000 }).toBe(rootCause === null ? '' : '1')
    const popup = await openPopup(extension, tabId)
    const [failure] = await shownFailures(panel)
    const sentence = popup.getByRole('heading', { level: 1 })
    if (failure) await expect(sentence).toHaveText(failure.title)
    await popup.close()

    await page.close()
    await extension.context.close()
    const archive = JSON.parse(await readFile(har, 'utf8')) as Har
    hidden.addTo(archive)
    await writeFile(har, JSON.stringify(archive))
    const trace = await analyzeFile(har)
    expect(rootCauses(trace)).toEqual(wanted)
    expect(risksOf(trace)).toEqual(expect.arrayContaining([...(scenario.expected.risks ?? [])]))
    if (rootCause === null) {
      expect(trace.analysis.findings.filter(({ category }) => category === 'failure')).toEqual([])
    }
  })
}
