import { type Browser, expect, type Page, type Request, test } from '@playwright/test'
import { launchLabBrowser } from './browser'
import { driveScenario } from './drive'
import { type Lab, startLab } from './lab'
import { scenarios, type WireFact } from './scenarios'

let lab: Lab
let browser: Browser

test.beforeAll(async () => {
  ;[lab, browser] = await Promise.all([startLab(), launchLabBrowser()])
})

test.afterAll(async () => {
  await browser?.close()
  await lab?.close()
})

for (const scenario of scenarios) {
  test(`${scenario.id} ends as it says`, async () => {
    const page = await browser.newPage()
    const requests = recordRequests(page)
    await driveScenario(page, scenario, lab)
    if (scenario.ends !== null) await expect(page.getByRole('status')).toContainText(scenario.ends)
    for (const fact of scenario.wire) {
      const found = await matching(requests, fact)
      if (fact.count === undefined) expect(found, describe(fact)).not.toEqual([])
      else expect(found, describe(fact)).toHaveLength(fact.count)
    }
    await page.close()
  })
}

test('the start page starts every scenario with one click', async () => {
  const page = await browser.newPage()
  await page.goto(lab.startUrl)
  await expect(page).toHaveTitle('Start page')
  for (const { title, start } of scenarios) {
    await expect(page.getByRole('link', { name: title, exact: true })).toHaveAttribute('href', start(lab.origins))
  }
  await page.close()
})

test('every scenario has an id and a title of its own', () => {
  expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length)
  expect(new Set(scenarios.map(({ title }) => title)).size).toBe(scenarios.length)
})

function recordRequests(page: Page): Request[] {
  const requests: Request[] = []
  page.on('request', (request) => requests.push(request))
  return requests
}

async function matching(requests: readonly Request[], fact: WireFact): Promise<string[]> {
  const found: string[] = []
  for (const request of requests) {
    if (fact.method && request.method() !== fact.method) continue
    if (!request.url().startsWith(fact.url(lab.origins))) continue
    const failure = request.failure()?.errorText
    const status = failure ? undefined : (await request.response())?.status()
    if (fact.failure ? failure === fact.failure : status === fact.status) found.push(request.url())
  }
  return found
}

function describe({ method = 'any', url, status, failure }: WireFact): string {
  return `${method} ${url(lab.origins)}… ${failure ?? status}`
}
