import { firefox } from '@playwright/test'
import { expect, test } from '../src/playwright'
import { findFirefox } from '../src/tools/find-browser'
import { driveScenario } from './lab/drive'
import { type Lab, startLab } from './lab/lab'

// `loginscope/playwright` in a Firefox project: a stock Firefox, driven over WebDriver BiDi.

const executablePath = findFirefox()

const firefoxTest = test.extend<object, { lab: Lab }>({
  browser: [
    async ({}, use) => {
      const browser = await firefox.launch({ channel: 'moz-firefox', executablePath: executablePath! })
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  context: async ({ browser }, use, info) => {
    const context = await browser.newContext().catch((error: Error) => {
      if (!error.message.includes('unknown command')) throw error
      info.skip(true, `Firefox ${browser.version()} does not know a command that Playwright needs: ${error.message}`)
    })
    if (!context) return
    await use(context)
    await context.close()
  },
  lab: [
    async ({}, use) => {
      const lab = await startLab()
      await use(lab)
      await lab.close()
    },
    { scope: 'worker' },
  ],
})

firefoxTest.skip(!executablePath, 'There is no Firefox on this machine.')

for (const [id, status, cause] of [
  ['spa-healthy', 'succeeded', undefined],
  ['client-id-unknown', 'failed', 'client-id-unknown'],
] as const) {
  firefoxTest(`records and diagnoses a login in Firefox: ${id}`, async ({ page, login, lab }) => {
    await driveScenario(
      page,
      lab.scenarios.find((scenario) => scenario.id === id)!,
      lab,
    )
    const { analysis } = await login.report()
    const causeOf = (finding: string | null) => analysis.findings.find((one) => one.id === finding)?.rule
    expect(analysis.flows.map((flow) => [flow.status, causeOf(flow.rootCause)])).toEqual([[status, cause]])
    const judged = expect(login)
    await (cause ? judged.not : judged).toHaveNoLoginFailures()
  })
}
