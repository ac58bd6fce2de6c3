import { readFile, writeFile } from 'node:fs/promises'
import { platform } from 'node:os'
import { resolve } from 'node:path'
import { type Browser, type Page, chromium, expect, test } from '@playwright/test'
import { findTestBrowser } from '../../src/tools/find-browser'
import { type Gallery, serveGallery } from './gallery'
import { stateNames } from './gallery/state-names'

/** What pictures depend on besides the panel. */
interface Painter {
  readonly platform: string
  readonly chromium: string
  /** Width of a line in the fonts of the panel, in pixels. */
  readonly fonts: readonly number[]
}

const painterFile = resolve(import.meta.dirname, 'visual.spec.ts-snapshots/painted-by.json')

const painterOf = async (page: Page): Promise<Painter> => ({
  platform: platform(),
  chromium: browser.version().split('.')[0] ?? '',
  fonts: await page.evaluate(() =>
    ['--font', '--mono'].map((family) => {
      const line = document.createElement('span')
      line.style.cssText = `position: absolute; font: 40px var(${family})`
      line.textContent = 'The redirect_uri is not the registered one'
      document.body.append(line)
      const { width } = line.getBoundingClientRect()
      line.remove()
      return Math.round(width)
    }),
  ),
})

let gallery: Gallery
let browser: Browser
/** Why pictures made here cannot equal those of the repository; undefined where they can. */
let otherPainter: string | undefined

const openPage = () =>
  browser.newPage({
    viewport: { width: 1200, height: 600 },
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    locale: 'en-GB',
  })

test.beforeAll(async ({}, { config }) => {
  const executablePath = findTestBrowser()
  gallery = await serveGallery()
  browser = await chromium.launch(executablePath ? { executablePath } : {})
  const page = await openPage()
  await page.goto(gallery.url('failed'))
  const painter = await painterOf(page)
  await page.close()
  if (config.updateSnapshots === 'all') await writeFile(painterFile, `${JSON.stringify(painter)}\n`)
  const before = JSON.parse(await readFile(painterFile, 'utf8')) as Painter
  if (JSON.stringify(before) !== JSON.stringify(painter))
    otherPainter = `the pictures are of ${JSON.stringify(before)}, and this is ${JSON.stringify(painter)}`
})

test.afterAll(async () => {
  await browser.close()
  gallery.close()
})

// Twenty pictures of attempts side by side say what hundreds do.
const states = stateNames.filter((state) => state !== 'hundreds')

states.forEach((state, index) => {
  test(`${state} looks as it did`, async ({}, testInfo) => {
    const page = await openPage()
    await page.goto(gallery.url(state))
    await expect(page.getByRole('toolbar')).toBeVisible()
    for (const [position, width] of [1200, 480, 320].entries()) {
      // Each width is seen in both themes, each state once in each width.
      const theme = (index + position) % 2 === 0 ? 'light' : 'dark'
      await page.evaluate((wanted) => (document.documentElement.dataset['theme'] = wanted), theme)
      await page.setViewportSize({ width, height: 600 })
      const description = `${state}-${width}-${theme}`
      if (otherPainter === undefined)
        await expect.soft(page).toHaveScreenshot(`${description}.png`, { maxDiffPixelRatio: 0.005 })
    }
    if (otherPainter !== undefined)
      testInfo.annotations.push({ type: 'not compared', description: `Pictures were not compared: ${otherPainter}.` })
    if (otherPainter !== undefined && index === 0) console.log(`Pictures are not compared: ${otherPainter}.`)
    await page.close()
  })
})
