import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Outcome, local, run } from './run'

/** What one suite counted. */
export interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped?: number
}

const unitReport = join(tmpdir(), `loginscope-vitest-${process.pid}.json`)

/** Reads the counts of vitest's JSON report; a run that could not report counts as one failure. */
const unitCount = async (): Promise<Count> => {
  try {
    const report = JSON.parse(await readFile(unitReport, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
      numFailedTestSuites: number
      success: boolean
    }
    const failed = Math.max(report.numFailedTests, report.success ? 0 : 1)
    return { passed: report.numPassedTests, failed }
  } catch {
    return { passed: 0, failed: 1 }
  } finally {
    await rm(unitReport, { force: true })
  }
}

const asCount = (outcome: Outcome): Count => ({ passed: outcome.ok ? 1 : 0, failed: outcome.ok ? 0 : 1 })

const report = (outcome: Outcome): void => {
  console.log(`${outcome.ok ? 'ok  ' : 'FAIL'} ${outcome.name} (${outcome.seconds.toFixed(1)} s)`)
  if (!outcome.ok) console.log(outcome.output.trimEnd())
}

/** Types, lint with import boundaries, format, and every test that needs no browser, side by side. */
export const check = async (): Promise<Count> => {
  const unit = run(
    'unit tests, cases, goldens',
    local('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`),
  )
  const outcomes = await Promise.all([
    run('types', local('tsc', '--noEmit', '-p', '.')),
    run('lint and import boundaries', local('oxlint', '--type-aware', '--quiet', 'src', 'e2e')),
    run('format', local('prettier', '--check', '--log-level=warn', 'src', 'e2e', '*.{ts,json,md}')),
  ])
  outcomes.forEach(report)
  report(await unit)
  return [...outcomes.map(asCount), await unitCount()].reduce((sum, count) => ({
    passed: sum.passed + count.passed,
    failed: sum.failed + count.failed,
  }))
}

/** One line that sums all suites; running nothing is a failure too. */
export const conclude = ({ passed, failed, skipped = 0 }: Count): void => {
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}

if (process.argv[1] === import.meta.filename) conclude(await check())
