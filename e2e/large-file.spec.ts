import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from './fixtures'

const root = resolve(import.meta.dirname, '..')

/** Nobody notices a page that is busy for less; a file of this size, read on the page, would hold it up for seconds. */
const LONGEST_BLOCK_MS = 500

test('a file of 100 MB opens without freezing the page, and can be cancelled', async ({ extension }) => {
  const folder = await mkdtemp(join(tmpdir(), 'loginscope-large-'))
  try {
    const file = join(folder, 'large.har')
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/tools/large-har.ts', file], { cwd: root })
    const page = await extension.context.newPage()
    await page.goto(extension.url('src/panel/index.html'))
    await page.evaluate(() => {
      const kept = globalThis as unknown as { blocks: number[] }
      kept.blocks = []
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) kept.blocks.push(duration)
      }).observe({ entryTypes: ['longtask'] })
    })
    const choose = async () => {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await page.getByLabel('Recording file').setInputFiles(file)
    }
    await choose()
    await page.getByRole('status').getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('progressbar')).toBeHidden()

    await choose()
    await expect(page.getByRole('progressbar')).toBeVisible()
    await expect(page.getByText('The server does not grant a scope').first()).toBeVisible({ timeout: 30_000 })
    const blocks = await page.evaluate(() => (globalThis as unknown as { blocks: number[] }).blocks)
    const longest = Math.round(Math.max(0, ...blocks))
    test.info().annotations.push({ type: 'longest block', description: `${longest} ms` })
    expect(longest).toBeLessThan(LONGEST_BLOCK_MS)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
