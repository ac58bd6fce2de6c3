import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Frame, Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { badgeText, devtoolsReady, dockDevTools, expect, openDevTools, showPanel, tabIdOf, test } from '../fixtures'
import { driveScenario } from '../lab/drive'
import { scenarios } from '../lab/scenarios'

const scenario = (id: string) => {
  const found = scenarios.find((candidate) => candidate.id === id)
  if (!found) throw new Error(`the lab has no scenario ${id}`)
  return found
}

const openPanel = async (
  extension: { readonly context: Parameters<typeof openDevTools>[0] },
  page: Page,
): Promise<{ devtools: Page; panel: Frame }> => {
  const devtools = await openDevTools(extension.context, page)
  await devtoolsReady(devtools)
  await dockDevTools(devtools, 'undocked')
  return { devtools, panel: await showPanel(devtools) }
}

test('shows the cause of a failed login without a click, and the fix can be copied by keyboard', async ({
  extension,
  lab,
}) => {
  const page = await extension.context.newPage()
  const { panel, devtools } = await openPanel(extension, page)
  await expect(panel.getByRole('heading', { level: 2 })).toBeVisible()
  await driveScenario(page, scenario('redirect-uri-not-registered'), lab)

  const diagnosis = panel.getByRole('region', { name: 'Diagnosis' })
  await expect(diagnosis).toContainText('redirect-uri-not-registered', { useInnerText: false })
  await expect(panel.getByRole('listbox', { name: 'Login attempts' })).toContainText('Authorization code')
  const fix = diagnosis.getByRole('region', { name: 'Fix' }).first()
  await expect(fix).toBeVisible()

  const copy = fix.getByRole('button', { name: 'Copy the fix' })
  await panel.getByRole('searchbox', { name: 'Filter or search' }).focus()
  for (let presses = 0; presses < 40; presses++) {
    if (await copy.evaluate((button) => button === document.activeElement)) break
    await devtools.keyboard.press('Tab')
  }
  await devtools.keyboard.press('Enter')
  await expect(copy).toContainText('Copied')
})

test('evidence leads to the exact parameter, which is lit up and focused', async ({ extension, lab }) => {
  const page = await extension.context.newPage()
  const { panel } = await openPanel(extension, page)
  await driveScenario(page, scenario('redirect-uri-not-registered'), lab)

  const evidence = panel.getByRole('list', { name: 'Evidence' }).getByRole('button', { name: /redirect_uri/ })
  await evidence.first().click()
  const row = panel.getByRole('region', { name: 'Step details' }).locator('tr.row-lit')
  await expect(row).toContainText('redirect_uri')
  await expect(row).toBeFocused()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('the panel of a failed login is accessible in DevTools', async ({ extension, lab }) => {
      const page = await extension.context.newPage()
      const { panel } = await openPanel(extension, page)
      await expect(panel.locator('html')).toHaveAttribute('data-theme', colorScheme)
      await driveScenario(page, scenario('redirect-uri-not-registered'), lab)
      await expect(panel.getByRole('region', { name: 'Fix' }).first()).toBeVisible()
      await panel.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
      const { violations } = await panel.evaluate(() =>
        (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
      )
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    })
  })
}

test('a failure that is looked at is not counted, and a cleared login that worked is offered to compare with', async ({
  extension,
  lab,
}) => {
  const page = await extension.context.newPage()
  await page.goto(lab.startUrl)
  const tabId = await tabIdOf(extension, page)
  const { panel } = await openPanel(extension, page)
  await driveScenario(page, scenario('spa-healthy'), lab)
  await expect(panel.getByRole('heading', { name: 'The login succeeded' })).toBeVisible()
  const remembered = () =>
    extension.worker.evaluate(async () => {
      const { 'good-logins': logins } = await chrome.storage.session.get('good-logins')
      return Array.isArray(logins) ? logins.length : 0
    })
  await expect.poll(remembered).toBe(1)
  await panel.getByRole('button', { name: 'Clear' }).click()
  await expect(panel.getByRole('listbox', { name: 'Login attempts' })).toBeHidden()

  await driveScenario(page, scenario('redirect-uri-not-registered'), lab)
  await panel.getByRole('button', { name: 'Compare with it' }).click()
  await expect(panel.getByRole('combobox', { name: 'Compare with' })).toContainText('remembered')
  await expect(panel.getByRole('row', { name: /Query, redirect_uri/ })).toContainText('this is the cause')
  await expect.poll(() => badgeText(extension, tabId)).toBe('1')
})

test('works as an ordinary tab, over all tabs', async ({ extension, lab }) => {
  const page = await extension.context.newPage()
  await driveScenario(page, scenario('spa-healthy'), lab)
  const view = await extension.context.newPage()
  await view.goto(extension.url('src/panel/index.html'))
  await expect(view.getByRole('listbox', { name: 'Login attempts' }).getByRole('option').first()).toBeVisible()
  await expect(view.getByRole('img', { name: 'Succeeded' }).first()).toBeVisible()
})

test('opens the sample on a first run and returns to live recording', async ({ extension }) => {
  const view = await extension.context.newPage()
  await view.goto(extension.url('src/panel/index.html'))
  await view.getByRole('button', { name: 'Open a sample login' }).click()
  await expect(view.getByRole('listbox', { name: 'Login attempts' }).getByRole('option')).toHaveCount(2)
  await expect(
    view.getByRole('region', { name: 'Diagnosis' }).getByRole('region', { name: 'Fix' }).first(),
  ).toBeVisible()
  await view.getByRole('button', { name: 'Close the sample' }).click()
  await expect(view.getByRole('heading', { name: 'Find out why a login failed' })).toBeVisible()
})

test('pauses and resumes recording', async ({ extension }) => {
  const view = await extension.context.newPage()
  await view.goto(extension.url('src/panel/index.html'))
  const recording = view.getByRole('button', { name: 'Recording', exact: true })
  await expect(recording).toHaveAttribute('aria-pressed', 'true')
  await recording.click()
  await expect(view.getByRole('heading', { name: 'Recording is paused' })).toBeVisible()
  await view.getByRole('button', { name: 'Resume recording' }).click()
  await expect(recording).toHaveAttribute('aria-pressed', 'true')
})

test('follows the theme of DevTools', async ({}) => {
  const { launchExtension } = await import('../fixtures')
  const extension = await launchExtension({ colorScheme: 'dark' })
  const page = await extension.context.newPage()
  const { panel } = await openPanel(extension, page)
  await expect(panel.locator('html')).toHaveAttribute('data-theme', 'dark')
  await extension.context.close()
})
