import { readFile } from 'node:fs/promises'
import { expect, test } from '../src/playwright'
import { launchLabBrowser } from './lab/browser'
import { driveScenario } from './lab/drive'
import { type Lab, startLab } from './lab/lab'
import type { Scenario } from './lab/scenarios'

// An example of `loginscope/playwright` in a project's own end-to-end tests; elsewhere the import is `loginscope/playwright`.

const example = test.extend<object, { lab: Lab }>({
  browser: [
    async ({}, use) => {
      const browser = await launchLabBrowser()
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  lab: [
    async ({}, use) => {
      const lab = await startLab()
      await use(lab)
      await lab.close()
    },
    { scope: 'worker' },
  ],
})

const scenarioOf = (lab: Lab, id: string): Scenario => {
  const scenario = lab.scenarios.find((candidate) => candidate.id === id)
  if (!scenario) throw new Error(`no scenario is called ${id}`)
  return scenario
}

example('a healthy login has no login failures', async ({ page, login, lab }) => {
  await driveScenario(page, scenarioOf(lab, 'spa-healthy'), lab)
  await expect(login).toHaveNoLoginFailures()
  const { analysis } = await login.report()
  expect(analysis.flows.map(({ status }) => status)).toContain('succeeded')
})

example('a failed login fails the assertion with its cause', async ({ page, login, lab }) => {
  await driveScenario(page, scenarioOf(lab, 'client-id-unknown'), lab)
  const error: unknown = await expect(login)
    .toHaveNoLoginFailures()
    .catch((reason: unknown) => reason)
  expect(String(error)).toMatch(/failed: .+\n.+\nFix: .+/)
})

example.describe('when a test fails', () => {
  example.fail('the assertion makes it fail', async ({ page, login, lab }) => {
    await driveScenario(page, scenarioOf(lab, 'client-id-unknown'), lab)
    await expect(login).toHaveNoLoginFailures()
  })
})

example('the raw recording does not stay on disk', async ({ page, login, lab }, testInfo) => {
  await driveScenario(page, scenarioOf(lab, 'spa-healthy'), lab)
  await login.report()
  await expect(readFile(testInfo.outputPath('recording.har'))).rejects.toThrow('ENOENT')
})
