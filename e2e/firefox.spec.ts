import { expect, test } from '@playwright/test'
import type { Page } from 'puppeteer-core'
import { analyze } from '../src/analyzer/analyze'
import { readHar } from '../src/capture/har-import'
import { endOfRecording } from '../src/exports/prepare'
import { findFirefox } from '../src/tools/find-browser'
import { launchFirefox } from './firefox'
import { type Lab, startLab } from './lab/lab'
import { scenarios } from './lab/scenarios'

const executablePath = findFirefox()

let lab: Lab
test.beforeAll(async () => {
  lab = await startLab()
})
test.afterAll(() => lab.close())

/** Opens the scenario and does the user's part, to its end. */
const drive = async (page: Page, id: string): Promise<void> => {
  const scenario = scenarios.find((candidate) => candidate.id === id)!
  await page.goto(scenario.start(lab.origins), { waitUntil: [] })
  if (scenario.drive !== 'sign-in') return
  const ended = 'html[data-scenario-ended]'
  const first = await Promise.race([
    page.waitForSelector('button ::-p-text(Sign in)', { timeout: 20_000 }),
    page.waitForSelector(ended, { timeout: 20_000 }).then(() => null),
  ])
  await first?.click()
  await page.waitForSelector(ended, { timeout: 20_000 })
}

for (const [id, cause] of [
  ['code-redeemed-twice', 'The code was redeemed twice'],
  ['redirect-uri-not-registered', 'redirect_uri'],
] as const) {
  test(`Firefox tells the cause of ${id} with DevTools closed`, async () => {
    test.skip(!executablePath, 'There is no Firefox on this machine.')
    const firefox = await launchFirefox(executablePath!)
    try {
      await drive(await firefox.browser.newPage(), id)
      const panel = await firefox.open('src/panel/index.html')
      const diagnosis = await panel.waitForSelector('section[aria-label="Diagnosis"] h2', { timeout: 10_000 })
      expect(await diagnosis?.evaluate((heading) => heading.textContent)).toContain(cause)
    } finally {
      await firefox.close()
    }
  })
}

const diagnosisOf = (har: string) => {
  const read = readHar(har)
  if ('error' in read) throw new Error(read.error.message)
  const { flows, findings } = analyze(read.recording, endOfRecording(read.recording))
  const ruleOf = (finding: string | null) => findings.find(({ id }) => id === finding)?.rule
  return { notes: read.notes, flows: flows.map(({ status, rootCause }) => [status, ruleOf(rootCause)]) }
}

for (const [id, ...expected] of [
  ['spa-healthy', 'succeeded', undefined],
  ['code-redeemed-twice', 'failed', 'code-redeemed-twice'],
  ['state-cookie-lost-form-post', 'failed', 'state-cookie-lost'],
] as const) {
  test(`reads the HAR that Firefox saves of ${id}`, async () => {
    test.skip(!executablePath, 'There is no Firefox on this machine.')
    const firefox = await launchFirefox(executablePath!)
    try {
      const page = await firefox.openMonitored()
      await drive(page, id)
      // DevTools hears of the last requests a little after the page did.
      await page.waitForNetworkIdle({ idleTime: 1000 })
      expect(diagnosisOf(await firefox.exportHar())).toEqual({ notes: [], flows: [expected] })
    } finally {
      await firefox.close()
    }
  })
}
