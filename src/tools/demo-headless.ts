import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Frame } from '@playwright/test'
import {
  devtoolsReady,
  dockDevTools,
  expect,
  launchExtension,
  openDevTools,
  openPopup,
  recordedEvents,
  showPanel,
  tabIdOf,
} from '../../e2e/fixtures'
import { driveScenario } from '../../e2e/lab/drive'
import type { Lab } from '../../e2e/lab/lab'
import { prepareExport } from '../exports/prepare'
import { writeTrace } from '../exports/trace'
import type { CaptureEvent } from '../model/recording'

/** A login that works, so that the one that fails has something to be compared with. */
const scenarioIds = ['spa-healthy', 'redirect-uri-not-registered']

/** What the panel says, as one reads it: without the labels of its buttons. */
const readDiagnosis = (panel: Frame): Promise<string> =>
  panel.getByRole('region', { name: 'Diagnosis' }).evaluate((region) => {
    const seen = region.cloneNode(true) as HTMLElement
    seen
      .querySelectorAll('button:not(.evidence-link), [role="status"], details, .folds, .more-findings')
      .forEach((part) => part.remove())
    // Only what is laid out has line breaks.
    region.after(seen)
    const text = seen.innerText
    seen.remove()
    return text.replace(/\n\s*\n+/g, '\n').trim()
  })

/**
 * The main job where nobody can watch: a login fails in a real browser, the diagnosis is read out of its DevTools.
 *
 * @param folder gets the trace and the screenshots
 */
export const runHeadlessDemo = async (lab: Lab, folder: string): Promise<string> => {
  const extension = await launchExtension()
  try {
    const page = await extension.context.newPage()
    await page.setViewportSize({ width: 1200, height: 800 })
    const devtools = await openDevTools(extension.context, page)
    await devtools.setViewportSize({ width: 1280, height: 860 })
    await devtoolsReady(devtools)
    const panel = await showPanel(devtools)
    await dockDevTools(devtools, 'undocked')
    for (const id of scenarioIds) {
      const scenario = lab.scenarios.find((candidate) => candidate.id === id)
      if (!scenario) throw new Error(`the lab has no scenario ${id}`)
      await driveScenario(page, scenario, lab)
    }
    const diagnosis = panel.getByRole('region', { name: 'Diagnosis' })
    await expect(diagnosis.getByRole('region', { name: 'Fix' })).toBeVisible({ timeout: 20_000 })
    const text = await readDiagnosis(panel)

    await mkdir(folder, { recursive: true })
    await page.screenshot({ path: join(folder, 'page.png') })
    await devtools.screenshot({ path: join(folder, 'panel.png') })
    const popup = await openPopup(extension, await tabIdOf(extension, page))
    await popup.getByRole('heading', { level: 1 }).waitFor()
    await popup.screenshot({ path: join(folder, 'popup.png'), fullPage: true })

    const events = (await recordedEvents(extension)) as readonly CaptureEvent[]
    const now = Date.now()
    await writeFile(join(folder, 'trace.json'), writeTrace(prepareExport({ events }, { exportedAt: now, now })))
    return text
  } finally {
    await extension.context.close()
  }
}
