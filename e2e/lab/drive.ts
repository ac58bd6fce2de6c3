import type { Page } from '@playwright/test'
import type { Lab } from './lab'
import type { Drive, Scenario } from './scenarios'

/** How long a slow user looks at the sign-in page, in milliseconds. */
const SLOW = 2000
const TIMEOUT = 20_000

/**
 * Opens the scenario, does the user's part, and resolves when the scenario is over: the last page says so, or the
 * browser shows an error page of its own. A session that is left from an earlier scenario may skip the sign-in page.
 */
export async function driveScenario(page: Page, scenario: Scenario, lab: Lab): Promise<void> {
  const failed = scenario.ends === null ? navigationFailure(page) : undefined
  await page.goto(scenario.start(lab.origins), { waitUntil: 'commit' })
  await actions[scenario.drive](page)
  await (failed ?? page.locator('html[data-scenario-ended]').waitFor({ state: 'attached', timeout: TIMEOUT }))
}

async function navigationFailure(page: Page): Promise<void> {
  await page.waitForEvent('requestfailed', {
    predicate: (request) => request.isNavigationRequest() && request.frame() === page.mainFrame(),
    timeout: TIMEOUT,
  })
  await page.waitForURL(/^chrome-error:/, { timeout: TIMEOUT }).catch(() => undefined)
}

const actions: Record<Drive, (page: Page) => Promise<void>> = {
  none: async () => undefined,
  'sign-in': (page) => press(page, 'Sign in'),
  cancel: (page) => press(page, 'Cancel'),
  'slow-sign-in': (page) => press(page, 'Sign in', SLOW),
  submit: (page) => press(page, 'Subscribe'),
}

async function press(page: Page, name: string, delay = 0): Promise<void> {
  const button = page.getByRole('button', { name, exact: true })
  await button.or(page.locator('html[data-scenario-ended]')).first().waitFor({ state: 'attached', timeout: TIMEOUT })
  if (!(await button.isVisible())) return
  await page.waitForTimeout(delay)
  await button.click({ noWaitAfter: true })
}
