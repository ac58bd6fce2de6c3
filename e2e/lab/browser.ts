import { existsSync } from 'node:fs'
import { type Browser, chromium } from '@playwright/test'
import { BROWSER_ARGUMENTS } from './origins'

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** A headless browser in which every scenario works: one of the system, or else Playwright's own. */
export function launchLabBrowser(): Promise<Browser> {
  const executablePath = INSTALLED.find((path) => existsSync(path))
  return chromium.launch({ args: BROWSER_ARGUMENTS, ...(executablePath ? { executablePath } : {}) })
}
