import { badgeText, expect, recordedEvents, stopWorker, tabIdOf, test, wasRestarted } from './fixtures'

test('nothing is lost when the worker stops between authorization request and callback', async ({ extension, lab }) => {
  const scenario = lab.scenarios.find(({ id }) => id === 'spa-healthy')!
  const page = await extension.context.newPage()
  await page.goto(scenario.start(lab.origins), { waitUntil: 'commit' })
  const signIn = page.getByRole('button', { name: 'Sign in', exact: true })
  await expect(signIn).toBeVisible()
  await expect
    .poll(async () => (await recordedEvents(extension)).some(({ url }) => url?.includes('code_challenge=')))
    .toBe(true)
  const before = await recordedEvents(extension)

  await stopWorker(extension)
  await signIn.click()
  await page.locator('html[data-scenario-ended]').waitFor({ state: 'attached' })

  expect(await wasRestarted(extension)).toBe(true)
  await expect.poll(async () => (await recordedEvents(extension)).some(({ url }) => url?.includes('code='))).toBe(true)
  const after = await recordedEvents(extension)
  expect(after.slice(0, before.length)).toEqual(before)
  expect(after.map((event) => (event as unknown as { seq: number }).seq)).toEqual(after.map((_event, index) => index))
  const started = after.filter(({ type }) => type === 'request.started').map(({ url }) => url ?? '')
  expect(started.filter((url) => url.includes('code_challenge='))).toHaveLength(1)
  expect(started.filter((url) => /[?&]code=/.test(url))).toHaveLength(1)
})

test('a failure before the stop is still counted after it', async ({ extension, lab }) => {
  const scenario = lab.scenarios.find(({ id }) => id === 'redirect-uri-not-registered')!
  const page = await extension.context.newPage()
  await page.goto(scenario.start(lab.origins), { waitUntil: 'commit' })
  await page.locator('html[data-scenario-ended]').waitFor({ state: 'attached' })
  const tabId = await tabIdOf(extension, page)
  await expect.poll(() => badgeText(extension, tabId)).toBe('1')
  await stopWorker(extension)
  // Any navigation wakes the worker and takes the browser's per-tab text away.
  await page.reload()
  await expect.poll(() => wasRestarted(extension)).toBe(true)
  await expect.poll(() => badgeText(extension, tabId)).toMatch(/^[12]$/)
})
