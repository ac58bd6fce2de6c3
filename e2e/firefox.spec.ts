import { expect, test } from '@playwright/test'
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

for (const [id, cause] of [
  ['code-redeemed-twice', 'The code was redeemed twice'],
  ['redirect-uri-not-registered', 'redirect_uri'],
] as const) {
  test(`Firefox tells the cause of ${id} with DevTools closed`, async () => {
    test.skip(!executablePath, 'There is no Firefox on this machine.')
    const firefox = await launchFirefox(executablePath!)
    try {
      const scenario = scenarios.find((candidate) => candidate.id === id)!
      const page = await firefox.browser.newPage()
      await page.goto(scenario.start(lab.origins), { waitUntil: [] })
      if (scenario.drive === 'sign-in') {
        const ended = 'html[data-scenario-ended]'
        const first = await Promise.race([
          page.waitForSelector('button ::-p-text(Sign in)', { timeout: 20_000 }),
          page.waitForSelector(ended, { timeout: 20_000 }).then(() => null),
        ])
        await first?.click()
        await page.waitForSelector(ended, { timeout: 20_000 })
      }
      const panel = await firefox.open('src/panel/index.html')
      const diagnosis = await panel.waitForSelector('section[aria-label="Diagnosis"] h2', { timeout: 10_000 })
      expect(await diagnosis?.evaluate((heading) => heading.textContent)).toContain(cause)
    } finally {
      await firefox.close()
    }
  })
}
