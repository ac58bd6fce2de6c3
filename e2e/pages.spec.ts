import { violations } from './axe'
import { badgeText, expect, openPopup, recordedEvents, tabIdOf, test } from './fixtures'
import { driveScenario } from './lab/drive'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('the badge counts the failure, the popup tells it, and Clear settles both', async ({ extension, lab }) => {
      const page = await extension.context.newPage()
      await driveScenario(
        page,
        lab.scenarios.find(({ id }) => id === 'code-redeemed-twice')!,
        lab,
      )
      const tabId = await tabIdOf(extension, page)
      await expect.poll(() => badgeText(extension, tabId)).toBe('1')
      const popup = await openPopup(extension, tabId)
      await expect(popup.getByRole('heading', { level: 1 })).toHaveText('The code was redeemed twice')
      await expect(popup.getByRole('heading', { name: 'Fix' })).toBeVisible()
      await expect(popup.getByText('This tab: 1 failed')).toBeVisible()
      expect(await violations(popup)).toEqual([])
      expect(await badgeText(extension, tabId)).toBe('1')

      await popup.getByRole('button', { name: 'Clear' }).click()
      await expect(popup.getByRole('heading', { level: 1 })).toHaveText('No login seen in this tab yet')
      await expect.poll(() => badgeText(extension, tabId)).toBe('')
      expect(await violations(popup)).toEqual([])
    })

    test('the options are kept, and wrong ones are refused', async ({ extension }) => {
      const page = await extension.context.newPage()
      await page.goto(extension.url('src/options/index.html'))
      const ignore = page.getByRole('textbox', { name: 'Never record these hosts' })
      await ignore.fill('not a host!')
      await ignore.blur()
      await expect(page.getByText('“host!” is not a host.')).toBeVisible()
      await ignore.fill('*.ads.example')
      await ignore.blur()
      await expect(page.getByText('Saved')).toBeVisible()
      await page.getByRole('textbox', { name: 'Endpoints that do not look like any' }).fill('https://sso.example/go')
      await page.getByRole('button', { name: 'Add' }).click()
      await expect(page.getByText('https://sso.example/go')).toBeVisible()
      expect(await violations(page)).toEqual([])
      await page.reload()
      await expect(ignore).toHaveValue('*.ads.example')
      await expect(page.getByRole('button', { name: 'Remove https://sso.example/go' })).toBeVisible()
    })
  })
}

test('the popup pauses on a site, undoes it, and exports, all by keyboard', async ({ extension, lab }) => {
  const page = await extension.context.newPage()
  await driveScenario(
    page,
    lab.scenarios.find(({ id }) => id === 'spa-healthy')!,
    lab,
  )
  const tabId = await tabIdOf(extension, page)
  const popup = await openPopup(extension, tabId)
  const { host } = new URL(page.url())
  const ignored = async () =>
    (await extension.worker.evaluate(() => chrome.storage.local.get('settings'))) as { settings: { ignore: string[] } }

  await popup.getByRole('button', { name: `Pause on ${host}` }).press('Enter')
  await expect(popup.getByText(`Requests to ${host} are not recorded.`)).toBeVisible()
  expect((await ignored()).settings.ignore).toEqual([host])
  expect(await violations(popup)).toEqual([])
  await popup.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(popup.getByRole('button', { name: `Pause on ${host}` })).toBeVisible()
  expect((await ignored()).settings.ignore).toEqual([])

  const opened = extension.context.waitForEvent('page')
  // The popup closes under the key.
  await popup
    .getByRole('button', { name: 'Export' })
    .press('Enter')
    .catch(() => undefined)
  const view = await opened
  const items = view.getByRole('menu', { name: 'Export' }).getByRole('menuitem')
  await expect(items.first()).toBeFocused()
  await view.keyboard.press('ArrowDown')
  const download = view.waitForEvent('download')
  await view.keyboard.press('Enter')
  expect((await download).suggestedFilename()).toMatch(/\.loginscope\.json$/)
})

test('nothing is recorded while paused, and the toolbar says so', async ({ extension, lab }) => {
  const page = await extension.context.newPage()
  await page.goto(lab.startUrl)
  const tabId = await tabIdOf(extension, page)
  const popup = await openPopup(extension, tabId)
  await popup.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(popup.getByRole('heading', { level: 1 })).toHaveText('Recording is paused')
  await expect
    .poll(() => extension.worker.evaluate((id) => chrome.action.getTitle({ tabId: id }), tabId))
    .toBe('Loginscope: recording is paused')
  await driveScenario(
    page,
    lab.scenarios.find(({ id }) => id === 'spa-healthy')!,
    lab,
  )
  expect((await recordedEvents(extension)).map(({ type }) => type)).toEqual(['recording.started', 'capture.gap'])
  await popup.getByRole('button', { name: 'Resume' }).click()
  await expect(popup.getByRole('heading', { level: 1 })).toHaveText('No login seen in this tab yet')
})
