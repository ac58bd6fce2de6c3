import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { local } from '../src/tools/run'

interface Report {
  suites: { specs: { tests: { results: Result[] }[] }[] }[]
}
interface Result {
  status: string
  errors: { message: string }[]
  attachments: { name: string; contentType: string; body?: string }[]
}

test('a failed login fails the test with its cause, and the report has the analysis and the redacted trace', async ({}, info) => {
  const [program = '', ...args] = local('playwright', 'test', '--reporter=json', '--output', info.outputPath('child'))
  const config = resolve(import.meta.dirname, 'failing-project/playwright.config.ts')
  const { PLAYWRIGHT_JSON_OUTPUT_NAME: _, ...env } = process.env
  const ran = await promisify(execFile)(program, [...args, '--config', config], {
    env,
    shell: process.platform === 'win32',
  }).catch((failed: { stdout: string; code: number }) => failed)
  expect(ran).toMatchObject({ code: 1 })
  const [result] = (JSON.parse(ran.stdout) as Report).suites[0]?.specs[0]?.tests[0]?.results ?? []
  expect(result?.status).toBe('failed')
  expect(result?.errors[0]?.message).toMatch(/failed: The server does not grant a scope[^]*Fix: /)

  const attached = result?.attachments.filter(
    ({ name }) => name.startsWith('loginscope') || /\.(html|json)$/.test(name),
  )
  expect(attached?.map(({ contentType }) => contentType)).toEqual(['text/html', 'application/json'])
  const texts = attached?.map(({ body = '' }) => Buffer.from(body, 'base64').toString()) ?? []
  expect(texts[0]).toContain('The server does not grant a scope')
  expect(JSON.parse(texts[1] ?? '')).toMatchObject({ format: 'loginscope-trace', redaction: { mode: 'redacted' } })
  for (const text of texts) expect(text).not.toContain('a-secret-state-4711')
})
