import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Frame, Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type WithAxe = { axe?: { run: (options: RunOptions) => Promise<AxeResults> } }

/**
 * What axe finds wrong, and where. The policy of extension pages forbids injected scripts, but not this.
 *
 * @param rules all when absent
 */
export const violations = async (page: Page | Frame, rules?: readonly string[]): Promise<readonly string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source)
  return page.evaluate(
    async (options) => {
      const { violations: found } = await (globalThis as WithAxe).axe!.run(options)
      return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
    },
    { resultTypes: ['violations' as const], ...(rules ? { runOnly: [...rules] } : {}) },
  )
}
