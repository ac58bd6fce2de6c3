import { mkdir, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Frame, Page } from '@playwright/test'
import {
  devtoolsReady,
  dockDevTools,
  expect,
  type Extension,
  launchExtension,
  openDevTools,
  openPopup,
  showPanel,
  tabIdOf,
} from '../../e2e/fixtures'
import { driveScenario } from '../../e2e/lab/drive'
import { type Lab, startLab } from '../../e2e/lab/lab'
import { scrollInside } from '../ui/scroll-inside'
import { shrinkPng } from './png'
import { root, run } from './run'

// Read when the browser is launched: DevTools front ends are pages only with it.
process.env['PW_CHROMIUM_ATTACH_TO_OTHER'] = '1'

const folder = resolve(root, 'docs')
const wide = { width: 1280, height: 860 }

const pictures = {
  panel: 'A login whose `redirect_uri` is not registered, after one that worked: the cause, the fix, the evidence',
  'panel-dark': 'The same in the dark theme of DevTools',
  checklist: 'The checklist: the attempt as the specifications check it, with what could not be seen',
  compare: 'Compared with the login that worked',
  lesson: 'How this kind of login should go, beside what happened',
  narrow: 'Docked at the side: a list in place of the diagram',
  'first-run': 'Before the first login',
  popup: 'The popup of the toolbar button',
} as const

type Picture = keyof typeof pictures

const take = async (page: Page, name: Picture, fullPage = false): Promise<void> => {
  const file = resolve(folder, `${name}.png`)
  const png = shrinkPng(await page.screenshot({ animations: 'disabled', fullPage }))
  await writeFile(file, png)
  console.log(`docs/${name}.png ${Math.round(png.length / 1024)} KB`)
}

interface Stage {
  readonly extension: Extension
  readonly page: Page
  readonly devtools: Page
  readonly panel: Frame
}

/** A browser with the panel open, before anything happened. */
const openStage = async (lab: Lab, colorScheme: 'light' | 'dark'): Promise<Stage> => {
  const extension = await launchExtension({ colorScheme })
  const page = await extension.context.newPage()
  await page.goto(lab.startUrl)
  const devtools = await openDevTools(extension.context, page)
  await devtools.setViewportSize(wide)
  await devtoolsReady(devtools)
  const panel = await showPanel(devtools)
  await dockDevTools(devtools, 'undocked')
  await expect(panel.getByRole('heading', { level: 2 }).first()).toBeVisible()
  return { extension, page, devtools, panel }
}

const logIn = async ({ page, panel }: Stage, lab: Lab): Promise<void> => {
  for (const id of ['spa-healthy', 'redirect-uri-not-registered']) {
    const scenario = lab.scenarios.find((candidate) => candidate.id === id)
    if (!scenario) throw new Error(`the lab has no scenario ${id}`)
    await driveScenario(page, scenario, lab)
  }
  await expect(panel.getByRole('region', { name: 'Fix' }).first()).toBeVisible({ timeout: 20_000 })
  // Until the analysis that waits for silence has been made too, nothing moves any more.
  await page.waitForTimeout(2000)
}

const light = async (lab: Lab): Promise<void> => {
  const stage = await openStage(lab, 'light')
  const { extension, page, devtools, panel } = stage
  try {
    await take(devtools, 'first-run')
    await logIn(stage, lab)
    await take(devtools, 'panel')
    const views = panel.getByRole('tablist', { name: 'Views of this attempt' })
    await panel.getByRole('button', { name: 'Close step details' }).click()
    for (const [name, tab] of [
      ['checklist', 'Checklist'],
      ['lesson', 'How it should go'],
      ['compare', 'Compare'],
    ] as const) {
      await views.getByRole('tab', { name: tab }).click()
      await views.evaluate(scrollInside, 'start' as const)
      await take(devtools, name)
    }
    await views.getByRole('tab', { name: 'Sequence' }).click()
    await devtools.setViewportSize({ width: 480, height: 860 })
    await views.evaluate((tabs) => tabs.closest('.flow')?.scrollTo(0, 0))
    await take(devtools, 'narrow')
    const popup = await openPopup(extension, await tabIdOf(extension, page))
    await expect(popup.getByRole('heading', { name: 'Fix' })).toBeVisible()
    await take(popup, 'popup', true)
  } finally {
    await extension.context.close()
  }
}

const dark = async (lab: Lab): Promise<void> => {
  const stage = await openStage(lab, 'dark')
  try {
    await logIn(stage, lab)
    await take(stage.devtools, 'panel-dark')
  } finally {
    await stage.extension.context.close()
  }
}

const readme = (): string =>
  [
    '# What Loginscope looks like',
    '',
    'Taken from the real DevTools panel by `npm run gallery`.',
    ...Object.entries(pictures).flatMap(([name, words]) => ['', `## ${words}`, '', `![${words}](${name}.png)`]),
    '',
  ].join('\n')

const build = await run('build', ['npm', 'run', '--silent', 'build', '--', 'chrome'])
if (!build.ok) throw new Error(build.output)
await mkdir(folder, { recursive: true })
const lab = await startLab()
try {
  await light(lab)
  await dark(lab)
  await writeFile(resolve(folder, 'README.md'), readme())
} finally {
  await lab.close()
}
process.exit(0)
