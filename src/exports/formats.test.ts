import { describe, expect, test } from 'vitest'
import { readAny } from '../capture/import-any'
import { analyze } from '../analyzer/analyze'
import type { Analysis } from '../model/analysis'
import type { ObservedEntry, Recording } from '../model/recording'
import { record, serverLogin } from '../testing/builders'
import { corpus } from '../testing/corpus'
import { traceSchema } from '../trace/schema'
import { writeCurl } from './curl'
import { exportAs, exportFormats, type FormatId, leakMessage } from './formats'
import { endOfRecording, prepareExport } from './prepare'
import { fileNameOf } from './words'

const start = Date.UTC(2026, 0, 31, 12)

const recordingOf = (...entries: readonly (Partial<ObservedEntry> & { url: string })[]): Recording => ({
  events: [
    { type: 'recording.started', seq: 0, at: start, by: 'file', userAgent: 'Mozilla/5.0 (X11) Test/1' },
    ...entries.map((entry, index) => ({
      type: 'entry.observed' as const,
      seq: index + 1,
      at: start + index * 100,
      origin: 'file' as const,
      entryId: String(index),
      tabId: 0,
      entry: { startedDateTime: start + index * 100, method: 'GET', ...entry },
    })),
  ],
})

const json = { responseHeaders: [{ name: 'Content-Type', value: 'application/json' }] }
const form = 'application/x-www-form-urlencoded'
const redeem = {
  method: 'POST',
  url: 'https://as.example/token',
  resourceType: 'xmlhttprequest' as const,
  requestHeaders: [{ name: 'Origin', value: 'https://app.example' }],
  requestBody: {
    kind: 'text' as const,
    mimeType: form,
    text: 'grant_type=authorization_code&code=c0de-0123456789&client_id=my-spa&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  },
  ...json,
}

/** A code that is redeemed twice. */
const login = recordingOf(
  {
    url: 'https://as.example/authorize?response_type=code&client_id=my-spa&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&scope=openid&state=st4te-0123456789&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256',
    status: 302,
    redirectURL: 'https://app.example/cb?code=c0de-0123456789&state=st4te-0123456789',
    responseHeaders: [
      { name: 'Location', value: 'https://app.example/cb?code=c0de-0123456789&state=st4te-0123456789' },
    ],
    resourceType: 'main_frame',
  },
  {
    url: 'https://app.example/cb?code=c0de-0123456789&state=st4te-0123456789',
    status: 200,
    resourceType: 'main_frame',
    responseHeaders: [],
  },
  {
    ...redeem,
    status: 200,
    responseBody: {
      kind: 'text',
      text: '{"access_token":"at-0123456789abcdef","token_type":"Bearer","expires_in":60}',
    },
  },
  { ...redeem, status: 400, responseBody: { kind: 'text', text: '{"error":"invalid_grant"}' } },
)

const prepare = (recording = login) =>
  prepareExport(recording, { now: endOfRecording(recording), exportedAt: start + 60_000, source: 'login.har' })

const written = (format: FormatId, recording = login): string => {
  const exported = exportAs(format, prepare(recording))
  if ('leaks' in exported) throw new Error(leakMessage(exported.leaks))
  return exported.text
}

/** What must survive an export: attempts, outcomes, and for each finding its rule, owner and evidence. */
const essence = ({ flows, findings }: Analysis) =>
  flows.map(({ kind, status, client_id, steps, rootCause, id }) => ({
    kind,
    status,
    client_id,
    steps: steps.map((step) => [step.kind, step.outcome]),
    cause: findings.find((finding) => finding.id === rootCause)?.rule,
    findings: findings
      .filter((finding) => finding.flow === id)
      .map(({ rule, owner, evidence }) => [rule, owner, evidence.map(({ label }) => label)]),
  }))

const original = analyze(login, endOfRecording(login))

test('the example is a failed login with a cause', () => {
  expect(essence(original).map(({ status, cause }) => [status, cause])).toEqual([['failed', 'code-redeemed-twice']])
})

describe('a trace', () => {
  test('has the documented shape', () => {
    expect(traceSchema.safeParse(JSON.parse(written('json'))).error?.issues).toBeUndefined()
  })

  test('says beside the outcome that the end of a login was not seen', () => {
    const bare = serverLogin({
      callback: { headers: {}, status: 200, body: '<html><a href="/orders">Orders</a></html>' },
    })
    const { analysis } = traceSchema.parse(JSON.parse(written('json', record(bare))))
    expect(analysis.flows.map(({ status, endSeen }) => [status, endSeen])).toEqual([['succeeded', false]])
  })

  test('and a HAR are read and analysed to the same diagnosis as the original', () => {
    for (const format of ['json', 'har'] as const) {
      const again = readAny(written(format))
      if ('error' in again) throw new Error(again.error.message)
      expect(again.notes).toEqual([])
      expect(essence(analyze(again.recording, endOfRecording(again.recording)))).toEqual(essence(original))
    }
  })
})

test('a HAR keeps what a service worker gave its page in place of the server’s answer', () => {
  const { recording } = corpus.find(({ id }) => id === 'case-127')!
  const again = readAny(written('har', recording))
  if ('error' in again) throw new Error(again.error.message)
  expect(again.recording.events).toContainEqual(
    expect.objectContaining({ entry: expect.objectContaining({ status: 302, servedStatus: 503 }) }),
  )
})

test('SARIF names the cause as an error', () => {
  const sarif = JSON.parse(written('sarif')) as { runs: { results: { ruleId: string; level: string }[] }[] }
  expect(sarif.runs[0]?.results).toContainEqual(
    expect.objectContaining({ ruleId: 'code-redeemed-twice', level: 'error' }),
  )
})

test('Markdown says cause, fix, evidence, steps and environment', () => {
  const markdown = written('markdown')
  expect(markdown).toMatch(/^## The code was redeemed twice/)
  for (const part of [
    '**Fix**',
    '| Evidence | Seen | Expected |',
    '| token request |',
    'Mozilla/5.0 (X11) Test/1',
    'secrets replaced by labels',
  ])
    expect(markdown).toContain(part)
})

test('HTML has no script and asks for nothing', () => {
  const html = written('html')
  expect(html).not.toMatch(/<script|<link|<img|<iframe|\bon\w+=|url\(|@import|src=/i)
  expect(html).toContain("default-src 'none'")
})

test('curl puts secrets into shell variables', () => {
  const exchange = prepare().analysis.exchanges.find(({ method }) => method === 'POST')
  expect(exchange && writeCurl(exchange)).toBe(`CODE_1='' # code#1
CODE_VERIFIER_1='' # code_verifier#1
curl "https://as.example/token" \\
  -H "Origin: https://app.example" \\
  --data-raw "grant_type=authorization_code&code=\${CODE_1}&client_id=my-spa&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&code_verifier=\${CODE_VERIFIER_1}"
`)
})

test('file names carry client, outcome and time, and suit every file system', () => {
  expect(exportAs('har', prepare())).toMatchObject({ fileName: 'my-spa-failed-20260131T120000Z.har' })
  expect(fileNameOf([], '2026-01-31T12:00:00.000Z', 'json')).toBe('login-recording-20260131T120000Z.json')
  const [flow] = original.flows
  expect(flow && fileNameOf([{ ...flow, client_id: 'https://a/b:c' }], '', 'md')).toBe(
    'https-a-b-c-failed-20260131T120000Z.md',
  )
})

test('every format copes with a recording without a login', () => {
  const empty = recordingOf({ url: 'https://www.example/', status: 200 })
  for (const format of Object.keys(exportFormats) as FormatId[])
    expect(written(format, empty).length).toBeGreaterThan(10)
})

test('what is read on the spot shows a label where another format would be refused', () => {
  const input = prepare()
  const flows = input.analysis.flows.map((flow) => ({ ...flow, client_id: 'c0de-0123456789' }))
  const careless = { ...input, analysis: { ...input.analysis, flows } }
  expect(exportAs('markdown', careless)).toHaveProperty('leaks')
  expect(exportAs('text', careless)).toHaveProperty('text', expect.stringContaining('code#1'))
})

test('a leak stops the export and says where', () => {
  const leaks = [{ label: 'code#1', encoding: 'raw', line: 3, column: 4 }] as const
  const exported = exportAs('text', { ...prepare(), prove: () => leaks })
  expect(exported).toEqual({ leaks })
  expect(leakMessage(leaks)).toBe(
    'Nothing was exported: code#1 was still in the result (line 3, column 4, raw). Please report this.',
  )
})

test('secrets are kept for a user who asks for exactly that', () => {
  const input = prepareExport(login, { now: endOfRecording(login), exportedAt: start, secrets: 'keep' })
  const exported = exportAs('json', input)
  expect('text' in exported && JSON.parse(exported.text)).toMatchObject({ redaction: { mode: 'none' } })
  expect('text' in exported && exported.text).toContain('c0de-0123456789')
})
