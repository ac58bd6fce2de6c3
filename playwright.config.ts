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
  // Real browsers on a busy machine: one more try, which the summary names.
  retries: process.env['CI'] ? 1 : 0,
  reporter: [['list']],
  outputDir: 'test-results',
})
