import type { BrowserContext, Frame, Page } from '@playwright/test'
import { badgeText, devtoolsReady, dockDevTools, expect, openDevTools, showPanel, tabIdOf, test } from '../fixtures'
import { driveScenario } from '../lab/drive'
import { scenarios } from '../lab/scenarios'

const scenario = (id: string) => {
  const found = scenarios.find((candidate) => candidate.id === id)
  if (!found) throw new Error(`the lab has no scenario ${id}`)
  return found
}

const openPanel = async (context: BrowserContext, page: Page): Promise<Frame> => {
  const devtools = await openDevTools(context, page)
  await devtoolsReady(devtools)
  await dockDevTools(devtools, 'undocked')
  return showPanel(devtools)
}

test('shows the cause of a failed login and its fix without a click', async ({ extension, lab }) => {
  const page = await extension.context.newPage()
  const panel = await openPanel(extension.context, page)
  await expect(panel.getByRole('heading', { level: 2 })).toBeVisible()
  await driveScenario(page, scenario('redirect-uri-not-registered'), lab)

  const diagnosis = panel.getByRole('region', { name: 'Diagnosis' })
  await expect(diagnosis).toContainText('redirect-uri-not-registered', { useInnerText: false })
  await expect(panel.getByRole('listbox', { name: 'Login attempts' })).toContainText('Authorization code')
  const fix = diagnosis.getByRole('region', { name: 'Fix' }).first()
  await expect(fix).toBeVisible()
})

test('a failure that is looked at is not counted, and a cleared login that worked is offered to compare with', async ({
  extension,
  lab,
}) => {
  const page = await extension.context.newPage()
  await page.goto(lab.startUrl)
  const tabId = await tabIdOf(extension, page)
  const panel = await openPanel(extension.context, page)
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
