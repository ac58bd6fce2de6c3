import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Frame, Page } from '@playwright/test'
import type { Flow, Finding } from '../src/model/analysis'
import { badgeText, devtoolsReady, expect, openDevTools, openPopup, showPanel, tabIdOf, test } from './fixtures'
import { driveScenario } from './lab/drive'
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

/** The root causes of all attempts that the panel lists, read as its user would: attempt by attempt. */
const shownCauses = async (panel: Frame): Promise<string[]> => {
  const attempts = panel.getByRole('listbox', { name: 'Login attempts' }).getByRole('option')
  const causes: string[] = []
  for (const attempt of await attempts.all()) {
    await attempt.click()
    const diagnosis = panel.getByRole('region', { name: 'Diagnosis' })
    if (!(await attempt.getByRole('img', { name: 'Failed' }).isVisible())) continue
    const why = await diagnosis.locator('> .card-body').first().textContent()
    const [, rule] = /Found by the rule “([\w-]+)”/.exec(why ?? '') ?? []
    if (rule !== undefined) causes.push(rule)
  }
  return causes
}

const openPanel = async (context: Parameters<typeof openDevTools>[0], page: Page): Promise<Frame> => {
  const devtools = await openDevTools(context, page)
  await devtoolsReady(devtools)
  return showPanel(devtools)
}

for (const scenario of scenarios) {
  const { rootCause } = scenario.expected
  test(`${scenario.id}: ${rootCause ?? 'nobody is accused'}`, async ({ extension, lab }, { outputDir }) => {
    const har = resolve(outputDir, `${scenario.id}.har`)
    const page = await extension.context.newPage()
    const panel = await openPanel(extension.context, page)
    await page.routeFromHAR(har, { update: true, updateContent: 'embed', updateMode: 'full' })
    await driveScenario(page, scenario, lab)

    const wanted = rootCause === null ? [] : [rootCause]
    await expect.poll(() => shownCauses(panel), { timeout: 10_000 }).toEqual(wanted)

    const tabId = await tabIdOf(extension, page)
    await expect.poll(() => badgeText(extension, tabId)).toBe(rootCause === null ? '' : '1')
    const popup = await openPopup(extension, tabId)
    const sentence = popup.getByRole('heading', { level: 2 })
    if (rootCause !== null) await expect(sentence.first()).toBeVisible()
    await popup.close()

    await page.close()
    await extension.context.close()
    const trace = await analyzeFile(har)
    expect(rootCauses(trace)).toEqual(wanted)
    expect(risksOf(trace)).toEqual(expect.arrayContaining([...(scenario.expected.risks ?? [])]))
    if (rootCause === null) {
      expect(trace.analysis.findings.filter(({ category }) => category === 'failure')).toEqual([])
    }
  })
}
