import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Count, check, conclude } from './check'
import { local, run } from './run'

const browserReport = join(tmpdir(), `loginscope-playwright-${process.pid}.json`)

/** Reads Playwright's JSON report. A test that needed another try passed, and is named so that somebody looks at it. */
const browserCount = async (ok: boolean): Promise<Count> => {
  try {
    const { stats } = JSON.parse(await readFile(browserReport, 'utf8')) as {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    }
    const { expected, unexpected, flaky, skipped } = stats
    if (flaky > 0) console.log(`${flaky} browser tests passed only after another try`)
    return { passed: expected + flaky, failed: Math.max(unexpected, ok ? 0 : 1), skipped }
  } catch {
    return { passed: 0, failed: 1 }
  } finally {
    await rm(browserReport, { force: true })
  }
}

const build = await run('build', ['npm', 'run', '--silent', 'build'])
console.log(`${build.ok ? 'ok  ' : 'FAIL'} build (${build.seconds.toFixed(1)} s)`)
if (!build.ok) console.log(build.output.trimEnd())

const fast = await check()

const browser = await run('browser tests', local('playwright', 'test', '--reporter=list,json'), {
  PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport,
  FORCE_COLOR: '0',
})
console.log(`${browser.ok ? 'ok  ' : 'FAIL'} browser tests (${browser.seconds.toFixed(1)} s)`)
if (!browser.ok) console.log(browser.output.trimEnd())
const slow = await browserCount(browser.ok)

conclude({
  passed: fast.passed + slow.passed + (build.ok ? 1 : 0),
  failed: fast.failed + slow.failed + (build.ok ? 0 : 1),
  skipped: slow.skipped ?? 0,
})
