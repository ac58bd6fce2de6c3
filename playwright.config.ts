import { defineConfig } from '@playwright/test'

// Playwright shows DevTools front ends as pages only when this is set before the browser starts.
process.env['PW_CHROMIUM_ATTACH_TO_OTHER'] = '1'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  forbidOnly: true,
  // Browsers drop the body of a call when its page moves on at once; the summary names what needed another try.
  retries: process.env['CI'] ? 3 : 0,
  reporter: [['list']],
  outputDir: 'test-results',
})
