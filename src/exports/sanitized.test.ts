import { describe, expect, test } from 'vitest'
import { analyze } from '../analyzer/analyze'
import { readHar } from '../capture/har-import'
import type { Recording } from '../model/recording'
import { corpus } from '../testing/corpus'
import { harOf } from './har'
import { endOfRecording, prepareExport } from './prepare'

interface Message {
  headers: { name: string; value: string }[]
  cookies: unknown[]
  url?: string
  redirectURL?: string
  postData?: { text?: string; params?: { name: string; value: string }[] }
  content?: { text?: string }
}

interface HarFile {
  log: { creator: object; entries: { request: Message; response: Message }[]; _loginscope?: unknown }
}

const sensitive = /^(?:authorization|cookie|set-cookie)$/i
const secret =
  /^(?:code_verifier|code_challenge|client_secret|client_assertion|access_token|id_token|id_token_hint|refresh_token|nonce|password|device_code)$/

const edited = (har: HarFile, edit: (message: Message) => void): HarFile => {
  delete har.log._loginscope
  for (const message of har.log.entries.flatMap(({ request, response }) => [request, response])) {
    message.cookies = []
    edit(message)
  }
  return har
}

/** What "Export HAR (sanitized)" of Chromium's DevTools leaves out. */
const asChromium = (har: HarFile): HarFile => {
  har.log.creator = { name: 'WebInspector', version: '537.36' }
  return edited(har, (message) => {
    message.headers = message.headers.filter(({ name }) => !sensitive.test(name))
  })
}

const inForm = (text: string): string =>
  text.replace(/(^|[?&#])(\w+)=([^&#]*)/g, (whole, before: string, name: string) =>
    secret.test(name) ? `${before}${name}=[${name} redacted]` : whole,
  )

/** What the sanitizers of Cloudflare and Google write in the place of the values they know by name. */
const withPlaceholders = (har: HarFile): HarFile =>
  edited(har, (message) => {
    message.headers = message.headers.map(({ name, value }) => {
      if (sensitive.test(name)) return { name, value: `[${name} redacted]` }
      return { name, value: /^(?:location|referer)$/i.test(name) ? inForm(value) : value }
    })
    if (message.url) message.url = inForm(message.url)
    if (message.redirectURL) message.redirectURL = inForm(message.redirectURL)
    const { postData, content } = message
    if (postData?.text) postData.text = inForm(postData.text)
    for (const field of postData?.params ?? []) if (secret.test(field.name)) field.value = `[${field.name} redacted]`
    if (content?.text)
      content.text = content.text.replace(/"(\w+)"\s*:\s*"[^"]*"/g, (whole, name: string) =>
        secret.test(name) ? `"${name}":"[${name} redacted]"` : whole,
      )
  })

const diagnosisOf = (recording: Recording) => {
  const { flows, findings, crashed } = analyze(recording, endOfRecording(recording))
  expect(crashed).toEqual([])
  const causes = flows.flatMap(({ rootCause }) => findings.find(({ id }) => id === rootCause)?.rule ?? [])
  return { failed: flows.filter(({ status }) => status === 'failed').length, causes }
}

const sanitizedBy = (sanitize: (har: HarFile) => HarFile, recording: Recording) => {
  const input = prepareExport(recording, { now: endOfRecording(recording), exportedAt: 0, secrets: 'keep' })
  const read = readHar(sanitize(JSON.parse(JSON.stringify(harOf(input))) as HarFile))
  if ('error' in read) throw new Error(read.error.message)
  return diagnosisOf(read.recording)
}

/** What these say of a login is that something was not there. */
const fromAbsence = new Set([
  'bearer-missing',
  'state-cookie-lost',
  'challenge-missing',
  'spa-redirect-registered-as-web',
  'pkce-verifier-missing',
  'id-token-malformed',
  'id-token-missing',
])

describe.each([
  ['the sanitized export of Chromium', asChromium],
  ['a sanitizer that writes placeholders', withPlaceholders],
])('%s', (_, sanitize) => {
  const healthy = corpus.filter(({ expected }) => expected.rootCause === null)
  test.each(healthy.map((entry) => [entry.id, entry] as const))('%s stays without a failure', (_id, { recording }) => {
    expect(sanitizedBy(sanitize, recording).failed).toBeLessThanOrEqual(diagnosisOf(recording).failed)
  })

  const failing = corpus.filter(({ expected }) => expected.rootCause !== null)
  test.each(failing.map((entry) => [entry.id, entry] as const))(
    '%s is not explained by what was removed',
    (_id, { recording }) => {
      const before = diagnosisOf(recording).causes
      const added = sanitizedBy(sanitize, recording).causes.filter((rule) => !before.includes(rule))
      expect(added.filter((rule) => fromAbsence.has(rule))).toEqual([])
    },
  )
})

/** As Cloudflare's har-sanitizer leaves a login: every value it knows by name is replaced by the same words. */
test('placeholders of a sanitizer are not compared: nobody is accused of what was removed', () => {
  const entry = (request: object, response: object, index: number) => ({
    _resourceType: index === 2 ? 'fetch' : 'document',
    startedDateTime: new Date(Date.UTC(2026, 0, 31) + index * 100).toISOString(),
    request: { headers: [], ...request },
    response: { headers: [], ...response },
  })
  const read = readHar({
    log: {
      entries: [
        entry(
          {
            method: 'GET',
            url: 'https://as.example/authorize?response_type=code&client_id=[client_id redacted]&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&state=[state redacted]&code_challenge=[code_challenge redacted]&code_challenge_method=S256',
          },
          { status: 302, redirectURL: 'https://app.example/cb?code=[code redacted]&state=[state redacted]' },
          0,
        ),
        entry(
          { method: 'GET', url: 'https://app.example/cb?code=[code redacted]&state=[state redacted]' },
          { status: 200 },
          1,
        ),
        entry(
          {
            method: 'POST',
            url: 'https://as.example/token',
            postData: {
              mimeType: 'application/x-www-form-urlencoded',
              text: 'grant_type=authorization_code&code=[code redacted]&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&code_verifier=[code_verifier redacted]&client_id=[client_id redacted]',
            },
          },
          { status: 400, content: { size: 1, text: '{"error":"invalid_grant"}' } },
          2,
        ),
      ],
    },
  })
  if ('error' in read) throw new Error(read.error.message)
  const { flows, findings } = analyze(read.recording, endOfRecording(read.recording))
  const cause = findings.find(({ id }) => id === flows[0]?.rootCause)
  expect([flows[0]?.status, cause?.rule]).toEqual(['failed', 'invalid-grant-undistinguished'])
})
