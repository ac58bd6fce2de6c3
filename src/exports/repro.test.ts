import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Recording } from '../model/recording'
import { exportAs } from './formats'
import { endOfRecording, prepareExport } from './prepare'

const root = resolve(import.meta.dirname, '../..')
let folder = ''

beforeAll(async () => {
  // Inside the project, so that the test finds Playwright as a maintainer's would.
  await mkdir(join(root, 'dist'), { recursive: true })
  folder = await mkdtemp(join(root, 'dist', 'repro-'))
  await writeFile(
    join(folder, 'playwright.config.ts'),
    "export default { testDir: '.', outputDir: 'results', reporter: 'json' }\n",
  )
})

afterAll(() => rm(folder, { recursive: true }))

const encode = (value: object) =>
  btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
const idToken = `${encode({ alg: 'RS256', kid: 'k' })}.${encode({ iss: 'https://as.example', aud: 'spa', nonce: 'n0nce-0123456789', exp: 1_767_229_200 })}.c2lnbmF0dXJlMDEyMzQ1`

const entries = [
  {
    method: 'GET',
    url: 'https://as.example/authorize?response_type=code&client_id=spa&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&state=st4te-0123456789&nonce=n0nce-0123456789',
    status: 302,
    responseHeaders: [
      { name: 'Location', value: 'https://app.example/cb?code=c0de-0123456789&state=st4te-0123456789' },
    ],
    redirectURL: 'https://app.example/cb?code=c0de-0123456789&state=st4te-0123456789',
    resourceType: 'main_frame',
  },
  {
    method: 'GET',
    url: 'https://app.example/cb?code=c0de-0123456789&state=st4te-0123456789',
    status: 200,
    responseHeaders: [],
    resourceType: 'main_frame',
  },
  ...[
    { status: 200, text: JSON.stringify({ access_token: 'at-0123456789', token_type: 'Bearer', id_token: idToken }) },
    { status: 400, text: '{"error":"invalid_grant"}' },
  ].map(({ status, text }) => ({
    method: 'POST',
    url: 'https://as.example/token',
    requestHeaders: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }],
    requestBody: { kind: 'text', text: 'grant_type=authorization_code&code=c0de-0123456789&client_id=spa' },
    status,
    responseHeaders: [{ name: 'Content-Type', value: 'application/json' }],
    responseBody: { kind: 'text', text },
    resourceType: 'xmlhttprequest',
  })),
] as const

const recording = {
  events: entries.map((entry, seq) => ({
    type: 'entry.observed',
    seq,
    at: 1_767_225_600_000 + seq,
    origin: 'file',
    entryId: String(seq),
    tabId: 0,
    entry: { ...entry, startedDateTime: 1_767_225_600_000 + seq },
  })),
} as unknown as Recording

test('the reproduction runs and gives the recorded answers in the recorded order', async () => {
  const now = endOfRecording(recording)
  const exported = exportAs('repro', prepareExport(recording, { now, exportedAt: now }))
  if ('leaks' in exported) throw new Error('leak')
  await writeFile(join(folder, exported.fileName), exported.text)
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '-c', folder],
    {
      env: { ...process.env, CLIENT_URL: '' },
    },
  ).catch((error: { stdout: string }) => error)
  const report = JSON.parse(stdout) as { stats: { expected: number; unexpected: number }; errors: unknown[] }
  expect([report.stats.expected, report.stats.unexpected, report.errors]).toEqual([1, 0, []])
  expect(exported.text.match(/"step": ".*"/g)).toEqual([
    '"step": "authorization request"',
    '"step": "authorization response"',
    '"step": "token request"',
    '"step": "token request"',
  ])
}, 60_000)
