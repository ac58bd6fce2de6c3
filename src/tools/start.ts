import { relative, resolve } from 'node:path'
import pc from 'picocolors'
import { startLab } from '../../e2e/lab/lab'
import { runHeadlessDemo } from './demo-headless'
import { openVisibleDemo } from './demo-visible'
import { findAnyBrowser } from './find-browser'
import { root, run } from './run'

// Read when the browser is launched: DevTools front ends are pages only with it.
process.env['PW_CHROMIUM_ATTACH_TO_OTHER'] = '1'

const failingScenario = 'redirect-uri-not-registered'

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])

const stop = (message: string): never => {
  console.error(message)
  process.exit(1)
}

const headless = process.argv.includes('--headless') || Boolean(process.env['CI']) || !hasDisplay()

console.log('Building …')
const build = await run('build', ['npm', 'run', '--silent', 'build'])
if (!build.ok) stop(build.output)

const lab = await startLab()

const showVisible = async (): Promise<void> => {
  const executablePath = findAnyBrowser()
  if (!executablePath)
    return stop('No browser of the Chromium family was found. Set BROWSER_BIN to the path of its program.')
  const start = lab.scenarios.find(({ id }) => id === failingScenario)?.start(lab.origins) ?? lab.startUrl
  const demo = await openVisibleDemo(executablePath, resolve(root, 'dist/chrome'), start)
  console.log(`A login has just failed in ${executablePath}.`)
  console.log(
    demo.panelSelected
      ? 'The Loginscope panel below the page says why.'
      : 'Open the Loginscope tab in DevTools (it may be behind ») to read why.',
  )
  console.log(`More logins that work and that fail: ${pc.underline(lab.startUrl)}`)
  console.log('Close the window or press Ctrl+C to stop.')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void demo.close())
  await demo.closed
}

const showHeadless = async (): Promise<void> => {
  const folder = resolve(root, 'loginscope-demo')
  console.log('A login fails in a headless browser …\n')
  console.log(await runHeadlessDemo(lab, folder))
  console.log(`\nRead out of the DevTools panel. Trace and screenshots: ${relative(process.cwd(), folder) || '.'}/`)
  console.log('With a display, this opens a browser window instead.')
}

try {
  await (headless ? showHeadless() : showVisible())
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  console.error('To load the extension by hand: chrome://extensions, Developer mode, Load unpacked, dist/chrome.')
  process.exitCode = 1
} finally {
  await lab.close()
}
