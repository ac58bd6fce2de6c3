import { existsSync } from 'node:fs'
import { homedir, platform } from 'node:os'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const onPath = (names: readonly string[]): string[] =>
  (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))

const inApplications = (names: readonly string[]): string[] =>
  ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
    names.map((name) => join(folder, `${name}.app/Contents/MacOS/${name}`)),
  )

const inProgramFiles = (names: readonly string[]): string[] =>
  ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable]
    return folder ? names.map((name) => join(folder, name)) : []
  })

const ofPlaywright = (): string[] => {
  try {
    return [chromium.executablePath()]
  } catch {
    return []
  }
}

const openBuilds = (): string[] => {
  switch (platform()) {
    case 'win32':
      return inProgramFiles(['Chromium/Application/chrome.exe'])
    case 'darwin':
      return inApplications(['Chromium'])
    default:
      return onPath(['chromium', 'chromium-browser'])
  }
}

const brandedBuilds = (): string[] => {
  switch (platform()) {
    case 'win32':
      return inProgramFiles(['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'])
    case 'darwin':
      return inApplications(['Google Chrome', 'Microsoft Edge', 'Brave Browser'])
    default:
      return onPath(['google-chrome-stable', 'google-chrome', 'microsoft-edge', 'brave-browser'])
  }
}

const firstExisting = (candidates: readonly (string | undefined)[]): string | undefined =>
  candidates.find((path): path is string => path !== undefined && existsSync(path))

/**
 * A Chromium that still takes `--load-extension`, as the tests need: branded Chrome (137 and later) ignores that switch.
 * `CHROMIUM` names another one.
 */
export const findTestBrowser = (): string | undefined =>
  firstExisting([process.env['CHROMIUM'], ...openBuilds(), ...ofPlaywright()])

/** Any browser of the Chromium family, a branded one included. `BROWSER_BIN` names another one. */
export const findAnyBrowser = (): string | undefined =>
  firstExisting([
    process.env['BROWSER_BIN'],
    process.env['CHROMIUM'],
    ...brandedBuilds(),
    ...openBuilds(),
    ...ofPlaywright(),
  ])

/** A stock Firefox. `FIREFOX` names another one. */
export const findFirefox = (): string | undefined =>
  firstExisting([
    process.env['FIREFOX'],
    ...(platform() === 'win32' ? inProgramFiles(['Mozilla Firefox/firefox.exe']) : []),
    ...(platform() === 'darwin' ? inApplications(['Firefox']) : []),
    ...onPath(['firefox-esr', 'firefox']),
  ])
