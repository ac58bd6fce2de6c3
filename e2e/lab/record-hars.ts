import { join } from 'node:path'
import { launchLabBrowser } from './browser'
import { driveScenario } from './drive'
import { startLab } from './lab'

const [directory, ...only] = process.argv.slice(2)
if (!directory) {
  process.stderr.write('usage: record-hars.ts DIRECTORY [SCENARIO…]\n')
  process.exit(2)
}

const lab = await startLab()
const browser = await launchLabBrowser()
for (const scenario of lab.scenarios.filter(({ id }) => only.length === 0 || only.includes(id))) {
  const path = join(directory, `${scenario.id}.har`)
  const context = await browser.newContext({ recordHar: { path, mode: 'full', content: 'embed' } })
  try {
    await driveScenario(await context.newPage(), scenario, lab)
    process.stdout.write(`${path}\n`)
  } catch (error) {
    process.stderr.write(`${scenario.id}: ${String(error)}\n`)
    process.exitCode = 1
  } finally {
    await context.close()
  }
}
await browser.close()
await lab.close()
