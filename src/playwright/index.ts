import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type BrowserContext,
  type Expect,
  expect as baseExpect,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  test as baseTest,
  type TestInfo,
  type TestType,
} from '@playwright/test'
import { readHar } from '../capture/har-import'
import { exportAs, type FormatId } from '../exports/formats'
import { endOfRecording, type ExportInput, findingOf, prepareExport } from '../exports/prepare'
import { sentence } from '../exports/text'
import { flowName, kindName, ownerNames } from '../exports/words'
import type { Analysis, Flow } from '../model/analysis'
import type { Recording } from '../model/recording'

/** The logins of one test, recorded from its start. */
export interface LoginRecorder {
  /** Everything recorded so far, redacted and analysed. */
  readonly report: () => Promise<ExportInput>
}

/**
 * Playwright's `test` with the fixture `login`, which records what the test's browser context sends and receives. When the test
 * fails, the HTML report and the redacted trace are attached to Playwright's report.
 *
 * ```ts
 * import { expect, test } from 'loginscope/playwright'
 *
 * test('Ada can log in', async ({ page, login }) => {
 *   await page.goto('/')
 *   await page.getByRole('link', { name: 'Log in' }).click()
 *   await expect(login).toHaveNoLoginFailures()
 * })
 * ```
 */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & { login: LoginRecorder },
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
> = baseTest.extend<{ login: LoginRecorder }>({
  login: async ({ context }, use, testInfo) => {
    const recorder = await startRecorder(context)
    await use(recorder)
    if (testInfo.status !== testInfo.expectedStatus) await attachReports(testInfo, await recorder.report())
    await recorder.stop()
  },
})

interface LoginMatchers {
  /** Fails when a recorded login failed, and says why and what to change. */
  toHaveNoLoginFailures: (login: LoginRecorder) => Promise<{ pass: boolean; name: string; message: () => string }>
}

/** Playwright's `expect` with `toHaveNoLoginFailures()` for the fixture `login`. */
export const expect: Expect<LoginMatchers> = baseExpect.extend({
  async toHaveNoLoginFailures(login: LoginRecorder) {
    const { analysis } = await login.report()
    const failed = analysis.flows.filter(({ status }) => status === 'failed')
    const pass = failed.length === 0
    return {
      pass,
      name: 'toHaveNoLoginFailures',
      message: () =>
        pass
          ? 'Expected a login failure, and found none.'
          : failed.map((flow) => describe(flow, analysis)).join('\n\n'),
    }
  },
})

const describe = (flow: Flow, analysis: Analysis): string => {
  const cause = findingOf(analysis, flow.rootCause)
  const head = `${flowName(flow)} (${kindName(flow.kind)}) failed`
  if (!cause) return `${head}: ${flow.summary}`
  return [
    `${head}: ${sentence(cause.title)} [${ownerNames[cause.owner]}]`,
    cause.cause,
    `Fix: ${cause.fix.summary}`,
  ].join('\n')
}

const startRecorder = async (context: BrowserContext): Promise<LoginRecorder & { stop: () => Promise<void> }> => {
  if (!('startHar' in context.tracing))
    throw new Error('loginscope/playwright needs @playwright/test 1.60 or newer, which records HAR while a test runs.')
  // The raw recording holds secrets: it stays out of the test's output folder, and goes as soon as it has been read.
  const folder = await mkdtemp(join(tmpdir(), 'loginscope-'))
  const path = join(folder, 'recording.har')
  const entries: unknown[] = []
  const start = () => context.tracing.startHar(path, { mode: 'full', content: 'embed' })
  const take = async () => {
    await context.tracing.stopHar()
    const har = JSON.parse(await readFile(path, 'utf8')) as { log: { entries: unknown[] } }
    entries.push(...har.log.entries)
    await rm(path)
  }
  await start()
  return {
    report: async () => {
      await take()
      await start()
      return inputOf(entries)
    },
    stop: async () => {
      // The browser may be gone already when a test timed out.
      await context.tracing.stopHar().catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const inputOf = (entries: readonly unknown[]): ExportInput => {
  const read = readHar({ log: { entries } })
  const recording: Recording = 'error' in read ? { events: [] } : read.recording
  return prepareExport(recording, { now: endOfRecording(recording), exportedAt: Date.now() })
}

const attached: readonly FormatId[] = ['html', 'json']

const attachReports = async (testInfo: TestInfo, input: ExportInput): Promise<void> => {
  for (const format of attached) {
    const exported = exportAs(format, input)
    if ('leaks' in exported) continue
    await testInfo.attach(exported.fileName, { body: exported.text, contentType: exported.mimeType })
  }
}
