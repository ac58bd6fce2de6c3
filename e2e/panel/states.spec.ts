import { readFile, writeFile } from 'node:fs/promises'
import { platform } from 'node:os'
import { resolve } from 'node:path'
import type { Frame, Locator } from '@playwright/test'
import { shrinkPng } from '../../src/tools/png'
import { scrollInside } from '../../src/ui/scroll-inside'
import { violations } from '../axe'
import { wrongRedirectUri } from './recordings'
import { expect, openStage, type Place, type Stage, test } from './stage'
import { type State, states } from './states'

// Every state is by itself, and each worker has one browser for all of its states.
test.describe.configure({ mode: 'parallel' })

const widths = [1200, 480, 320]
const themes = ['dark', 'light'] as const

/** What pictures depend on besides the panel. */
interface Painter {
  readonly platform: string
  readonly chromium: string | undefined
  /** Width of a line in the fonts of the panel, in pixels. */
  readonly fonts: readonly number[]
}

/** Of the pictures that are kept; versions of Chromium that were seen to paint the same stand beside each other. */
type KnownPainters = Omit<Painter, 'chromium'> & { readonly chromium: readonly unknown[] }

const painterFile = resolve(import.meta.dirname, 'states.spec.ts-snapshots/painted-by.json')

const painterOf = async ({ extension, places }: Stage): Promise<Painter> => ({
  platform: platform(),
  chromium: extension.context.browser()?.version().split('.')[0],
  fonts: await places[0]!.panel.evaluate(() =>
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

/** Why pictures made here cannot equal those of the repository; undefined where they can. */
let otherPainter: string | undefined

test.beforeAll(async ({ stage }, { config }) => {
  const painter = await painterOf(stage)
  if (['all', 'changed'].includes(config.updateSnapshots))
    await writeFile(painterFile, `${JSON.stringify({ ...painter, chromium: [painter.chromium] })}\n`)
  const known = JSON.parse(await readFile(painterFile, 'utf8')) as KnownPainters
  const same = { ...known, chromium: known.chromium.find((version) => version === painter.chromium) }
  if (JSON.stringify(same) === JSON.stringify(painter)) return
  otherPainter = `the pictures are of ${JSON.stringify(known)}, and this is ${JSON.stringify(painter)}`
  console.log(`Pictures are not compared: ${otherPainter}.`)
})

type Pictures = Map<string, Buffer>

/** The panel looks the same in DevTools and in a tab, so one picture serves both; `seen` are those of the other place. */
const looksAsItDid = async (panel: Frame, description: string, seen: Pictures): Promise<void> => {
  const name = `${description}.png`
  const picture = await panel.locator('.panel').screenshot({ animations: 'disabled' })
  if (seen.get(name)?.equals(picture)) return
  seen.set(name, picture)
  expect.soft(picture, description).toMatchSnapshot(name, { maxDiffPixels: 60 })
  const file = test.info().snapshotPath(name)
  const kept = await readFile(file)
  const small = shrinkPng(kept)
  if (small !== kept) await writeFile(file, small)
}

/** Scrolling is the business of the panel's parts; the page around them stays where it is. */
const pageStays = (panel: Frame) =>
  panel.evaluate(() => {
    const { top, left, width } = document.querySelector('.panel')!.getBoundingClientRect()
    return { top, left, beside: width - innerWidth, wider: document.documentElement.scrollWidth - innerWidth }
  })

const prove = async (
  { name, panel, page, setTheme, setWidth, movedBy }: Place,
  state: State,
  seen: Pictures,
): Promise<void> => {
  // Nothing is under the pointer.
  await page.mouse.move(0, 0)
  for (const theme of themes) {
    await setTheme(theme)
    for (const width of widths) {
      const description = [state.looksLike ?? state.name, ...(state.differs ? [name] : []), width, theme].join('-')
      await setWidth(width)
      if (state.top) await state.top(panel).evaluate(scrollInside, 'start' as const)
      // Taking a picture would scroll it back.
      expect.soft(await movedBy(), `${description}: the frame`).toBe(0)
      if (otherPainter === undefined) await looksAsItDid(panel, description, seen)
      // 320 px is also 640 px at 200 % zoom: nothing may need sideways scrolling there.
      expect.soft(await pageStays(panel), description).toEqual({ top: 0, left: 0, beside: 0, wider: 0 })
    }
    // Each place is checked in both themes, wide and narrow, and each theme in both places.
    await setWidth((name === 'DevTools') === (theme === 'dark') ? 1200 : 320)
    expect.soft(await violations(panel), `${state.name}, ${theme}`).toEqual([])
  }
  expect.soft(await panel.evaluate(() => document.getAnimations().length), 'moving things').toBe(0)
  // In frames of another process, as in DevTools, the browser does not always end what it emulates of these.
  if (name === 'DevTools') return
  await page.emulateMedia({ forcedColors: 'active' })
  for (const width of [1200, 320]) {
    await setWidth(width)
    expect.soft(await violations(panel, ['color-contrast']), `${state.name} in forced colours`).toEqual([])
  }
  await page.emulateMedia({ forcedColors: null })
}

for (const state of states) {
  test(state.name, async ({ stage }) => {
    await stage.reset()
    await stage.record(state.recorded ?? [], state.tabId)
    const undo = await state.prepare?.(stage)
    const seen: Pictures = new Map()
    try {
      for (const place of stage.places) {
        if (state.places?.includes(place.name) === false) continue
        await test.step(place.name, async () => {
          await place.setWidth(1200)
          await place.panel.goto(place.panel.url())
          await state.show?.(place.panel, place, stage)
          await expect(state.seen(place.panel)).toBeVisible()
          await prove(place, state, seen)
        })
      }
    } finally {
      await undo?.()
    }
  })
}

test('outdated', async () => {
  const stage = await openStage()
  try {
    await stage.record(wrongRedirectUri)
    const [devtools] = stage.places
    await devtools!.panel.goto(devtools!.panel.url())
    await expect(devtools!.panel.getByRole('region', { name: 'Fix' }).first()).toBeVisible()
    await stage.update()
    const notice = devtools!.panel.getByText('Loginscope was updated or turned off')
    // Newer browsers (156, but not 150) close DevTools with the extension, so that no old panel is left.
    const isGone = () => devtools!.page.isClosed()
    await expect.poll(async () => isGone() || notice.isVisible().catch(isGone)).toBe(true)
    if (!isGone()) await prove(devtools!, { name: 'outdated', seen: () => notice }, new Map())
  } finally {
    await stage.extension.context.close()
  }
})

const attemptsIn = (panel: Frame) => panel.getByRole('listbox', { name: 'Login attempts' }).getByRole('option')

const openBoth = async (stage: Stage) => {
  for (const { panel, setWidth } of stage.places) {
    await setWidth(1200)
    await panel.goto(panel.url())
    await expect(attemptsIn(panel)).toHaveCount(2)
  }
  return stage.places as readonly [Place, Place]
}

test('what the user noted outlives panel and worker, and ends with the recording', async ({ stage }) => {
  await stage.reset()
  await stage.record(wrongRedirectUri)
  const [{ panel: devtools }, { panel: tab }] = await openBoth(stage)
  const act = async (action: string) => {
    await devtools.getByRole('button', { name: 'Attempt actions' }).click()
    await devtools.getByRole('menuitem', { name: action }).click()
  }
  await attemptsIn(devtools).nth(1).click()
  await act('Rename')
  await devtools.getByLabel('Name, only for you').fill('the good one')
  await devtools.getByRole('button', { name: 'Rename' }).click()
  await act('Pin to the top')
  await expect(attemptsIn(tab).first()).toContainText('the good one')

  await stage.stopBackground()
  await openBoth(stage)
  await expect(attemptsIn(devtools).first()).toContainText('the good one')
  await act('Delete from the list')
  await expect(attemptsIn(devtools)).toHaveText([/the good one/])
  await expect(attemptsIn(tab)).toHaveText([/the good one/])

  await tab.getByRole('button', { name: 'Clear' }).click()
  await expect(tab.getByRole('heading', { name: 'Recording. No login seen yet' })).toBeVisible()
  await stage.record(wrongRedirectUri)
  await expect(attemptsIn(tab)).toHaveText([/12:03:00/, /11:59:00/])
  await expect(attemptsIn(tab).filter({ hasText: 'the good one' })).toHaveCount(0)
})

test('from a failure to its fix on the clipboard by keyboard alone', async ({ stage }) => {
  await stage.reset()
  await stage.record(wrongRedirectUri)
  for (const { name, panel, page } of await openBoth(stage)) {
    await test.step(name, async () => {
      const { keyboard } = page
      const reach = async (target: Locator) => {
        for (let presses = 0; presses < 80; presses++) {
          if (await target.evaluate((element) => element === document.activeElement && document.hasFocus())) return
          await keyboard.press('Tab')
        }
        throw new Error('the Tab key does not lead there')
      }
      const evidence = panel.getByRole('list', { name: 'Evidence' }).first().getByRole('button').first()
      await reach(evidence)
      await keyboard.press('Enter')
      const row = panel.locator('tr.row-lit')
      await expect(row).toBeFocused()
      await expect(row).toContainText('redirect_uri')

      const copy = panel.getByRole('button', { name: 'Copy the fix' }).first()
      await reach(copy)
      await keyboard.press('Enter')
      await expect(copy).toContainText('Copied')
      await keyboard.press('/')
      const search = panel.getByRole('searchbox', { name: 'Filter or search' })
      await expect(search).toBeFocused()
      await keyboard.press('Control+V')
      await expect(search).toHaveValue(/Send http:\/\/localhost:5173\/callback as redirect_uri/)
    })
  }
})
