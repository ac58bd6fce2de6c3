import { badgeText, devtoolsReady, expect, openDevTools, recordedEvents, tabIdOf, test } from './fixtures'
import { driveScenario } from './lab/drive'
import { type Lab } from './lab/lab'
import type { Page } from '@playwright/test'

const drive = (page: Page, lab: Lab, id: string) => {
  const scenario = lab.scenarios.find((candidate) => candidate.id === id)
  if (!scenario) throw new Error(`the lab has no scenario ${id}`)
  return driveScenario(page, scenario, lab)
}

test('a login is recorded with DevTools closed: requests, every hop, headers, form, cookies', async ({
  extension,
  lab,
}) => {
  const page = await extension.context.newPage()
  await drive(page, lab, 'web-healthy')
  await expect
    .poll(async () => (await recordedEvents(extension)).filter(({ type }) => type === 'request.completed').length)
    .toBeGreaterThan(0)
  const events = (await recordedEvents(extension)) as { type: string; url?: string; headers?: { name: string }[] }[]
  const hosts = new Set(events.flatMap(({ url }) => (url ? [new URL(url).origin] : [])))
  expect(hosts).toContain(lab.origins.web)
  expect(hosts).toContain(lab.origins.servers.main)
  const names = (type: string) =>
    new Set(
      events
        .filter((event) => event.type === type)
        .flatMap(({ headers }) => headers?.map(({ name }) => name.toLowerCase())),
    )
  expect([...names('request.headers')]).toEqual(expect.arrayContaining(['cookie', 'referer']))
  expect([...names('response.headers')]).toEqual(expect.arrayContaining(['set-cookie', 'location']))
})

test('bodies of token calls are recorded while DevTools is open', async ({ extension, lab }) => {
  const page = await extension.context.newPage()
  const devtools = await openDevTools(extension.context, page)
  await devtoolsReady(devtools)
  await drive(page, lab, 'spa-healthy')
  interface Observed {
    readonly type: string
    readonly entry?: { readonly url: string; readonly responseBody?: { readonly text?: string } }
  }
  const withTokens = async () =>
    ((await recordedEvents(extension)) as readonly Observed[]).flatMap(({ type, entry }) =>
      type === 'entry.observed' && entry?.responseBody?.text?.includes('"access_token"') ? [entry.url] : [],
    )
  await expect.poll(async () => [...new Set(await withTokens())]).toEqual([`${lab.origins.servers.main}/token`])
})

test('a page with lookalike parameters yields no attempt', async ({ extension, lab }) => {
  const page = await extension.context.newPage()
  for (const { id, group } of lab.scenarios) {
    if (group === 'Look-alikes') await drive(page, lab, id)
  }
  const tabId = await tabIdOf(extension, page)
  const popup = await extension.context.newPage()
  await popup.goto(extension.url(`src/popup/index.html?tab=${tabId}`))
  await expect(popup.getByText('No login seen in this tab yet')).toBeVisible()
  expect(await badgeText(extension, tabId)).toBe('')
})

test('a password typed at the authorization server is nowhere in the log', async ({ extension }) => {
  const page = await extension.context.newPage()
  await page.route('https://login.example/**', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<form method="post" action="/password?client_id=spa"><input name="password"><button>Go</button></form>',
    }),
  )
  await page.goto(
    'https://login.example/authorize?client_id=spa&response_type=code&redirect_uri=https://app.example/cb',
  )
  await page.getByRole('textbox').fill('correct horse battery staple')
  await page.getByRole('button').click()
  await expect
    .poll(async () => (await recordedEvents(extension)).filter(({ url }) => url?.includes('/password')).length)
    .toBeGreaterThan(0)
  const stored = JSON.stringify(await extension.worker.evaluate(() => chrome.storage.session.get(null)))
  expect(stored).toContain('"password"')
  expect(stored).not.toContain('battery')
})
