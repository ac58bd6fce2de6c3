import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Browser, type Page, chromium, expect, test } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { findTestBrowser } from '../../src/tools/find-browser'
import { type Gallery, serveGallery } from './gallery'
import { stateNames } from './gallery/state-names'

let gallery: Gallery
let browser: Browser
let axe: string

test.beforeAll(async () => {
  const executablePath = findTestBrowser()
  gallery = await serveGallery()
  browser = await chromium.launch(executablePath ? { executablePath } : {})
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
})

test.afterAll(async () => {
  await browser.close()
  gallery.close()
})

const openState = async (state: string, theme: 'light' | 'dark', width = 1200): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width, height: 800 }, reducedMotion: 'reduce' })
  await page.goto(gallery.url(state, theme))
  await expect(page.getByRole('toolbar')).toBeVisible()
  return page
}

const violations = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe)
  const { violations: found } = await page.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  )
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

for (const theme of ['light', 'dark'] as const) {
  test(`no state has an accessibility violation in ${theme}`, async () => {
    test.setTimeout(300_000)
    for (const state of stateNames) {
      const page = await openState(state, theme)
      expect.soft(await violations(page), state).toEqual([])
      await page.setViewportSize({ width: 320, height: 600 })
      await page.waitForTimeout(100)
      expect.soft(await violations(page), `${state}, narrow`).toEqual([])
      // Nothing may need sideways scrolling at 320 px, which is also 640 px at 200 % zoom.
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), state).toBeLessThanOrEqual(320)
      await page.close()
    }
  })

  test(`every view of an attempt is accessible in ${theme}`, async () => {
    const page = await openState('failed', theme)
    await page.getByRole('listbox', { name: 'Login attempts' }).getByRole('option').nth(1).click()
    for (const view of ['Checklist', 'How it should go', 'Tokens', 'Compare', 'Sequence']) {
      await page.getByRole('tab', { name: view }).first().click()
      expect.soft(await violations(page), view).toEqual([])
    }
    await page.getByRole('listbox', { name: 'Steps' }).getByRole('option').nth(3).click()
    const details = page.getByRole('region', { name: 'Step details' })
    for (const tab of ['Parameters', 'Tokens', 'Cookies', 'Headers', 'Body', 'Timing']) {
      await details.getByRole('tab', { name: tab }).click()
      expect.soft(await violations(page), tab).toEqual([])
    }
    await page.getByRole('button', { name: 'As list' }).click()
    expect(await violations(page), 'list').toEqual([])
    await page.close()
  })

  test(`menus and dialogs are accessible in ${theme}`, async () => {
    const page = await openState('failed', theme)
    for (const name of ['Export', 'Attempt actions']) {
      await page.getByRole('button', { name, exact: true }).click()
      await expect(page.getByRole('menu')).toBeVisible()
      expect.soft(await violations(page), name).toEqual([])
      await page.keyboard.press('Escape')
    }
    for (const name of ['Import', 'Keyboard shortcuts']) {
      await page.getByRole('button', { name, exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      expect.soft(await violations(page), name).toEqual([])
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    }
    await page.close()
  })
}

test('forced colours leave no text without contrast', async () => {
  const page = await openState('failed', 'light')
  await page.emulateMedia({ forcedColors: 'active' })
  expect(await violations(page)).toEqual([])
  await page.close()
})
