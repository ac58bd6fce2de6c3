import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { findTestBrowser } from './find-browser'

const folder = resolve(import.meta.dirname, '../../public/icons')
const sizes = [16, 32, 48, 128]

/** A paused recorder keeps its shape and loses its colour, so that the toolbar tells it at a glance. */
const pausedStyle = 'filter: grayscale(1) opacity(0.75)'

const executablePath = findTestBrowser()
if (!executablePath) throw new Error('No Chromium found; set CHROMIUM to its path.')

const svg = await readFile(resolve(folder, 'icon.svg'), 'utf8')
const browser = await chromium.launch({ executablePath })
const page = await browser.newPage()
await mkdir(folder, { recursive: true })
for (const [suffix, style] of [
  ['', ''],
  ['-paused', pausedStyle],
] as const) {
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(
      `<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px; ${style} }</style>${svg}`,
    )
    await writeFile(resolve(folder, `${size}${suffix}.png`), await page.screenshot({ omitBackground: true }))
  }
}
await browser.close()
