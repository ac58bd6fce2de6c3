import { expect, test } from 'vitest'
import { analyze } from '../analyzer/analyze'
import { readHar } from '../capture/har-import'
import { endOfRecording } from './prepare'

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
