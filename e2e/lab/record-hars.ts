import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Har } from 'har-format'
import { launchLabBrowser } from './browser'
import { driveScenario } from './drive'
import { watchHiddenAnswers } from './hidden-answers'
import { startLab } from './lab'
import type { Scenario } from './scenarios'

const [directory, ...only] = process.argv.slice(2)
if (!directory) {
  process.stderr.write('usage: record-hars.ts DIRECTORY [SCENARIO…]\n')
  process.exit(2)
}

const lab = await startLab()
const browser = await launchLabBrowser()
for (const scenario of lab.scenarios.filter(({ id }) => only.length === 0 || only.includes(id))) {
  const path = join(directory, `${scenario.id}.har`)
  await record(scenario, path).then(
    () => process.stdout.write(`${path}\n`),
    (error: unknown) => {
      process.stderr.write(`${scenario.id}: ${String(error)}\n`)
      process.exitCode = 1
    },
  )
}
await browser.close()
await lab.close()

async function record(scenario: Scenario, path: string): Promise<void> {
  const context = await browser.newContext({ recordHar: { path, mode: 'full', content: 'embed' } })
  try {
    const page = await context.newPage()
    const hidden = await watchHiddenAnswers(page)
    await driveScenario(page, scenario, lab)
    await context.close()
    const har = JSON.parse(await readFile(path, 'utf8')) as Har
    hidden.addTo(har)
    await writeFile(path, JSON.stringify(har, null, 2))
  } finally {
    await context.close()
  }
}
