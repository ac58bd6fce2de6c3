import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAny } from './import-any'

const event = { type: 'recording.started', seq: 0, at: 1, by: 'file' }
const trace = (version: unknown, events: unknown[]) => ({ format: 'loginscope-trace', version, recording: { events } })
const read = (value: unknown) => readAny(typeof value === 'string' ? value : JSON.stringify(value))
const types = (value: unknown) => {
  const result = read(value)
  return 'error' in result ? result.error.message : result.recording.events.map(({ type }) => type)
}

describe('readAny', () => {
  test('opens a trace and skips events it cannot read, with a note', () => {
    expect(read(trace(1, [event, { type: 'from.the.future' }, 3]))).toEqual({
      recording: { events: [event] },
      notes: ['2 of 3 events skipped: they do not have the shape of the format.'],
    })
  })

  test('says that a newer trace needs a newer Loginscope', () => {
    expect(types(trace(99, []))).toBe(
      'This trace has version 99; this Loginscope reads versions up to 1. Update Loginscope to open it',
    )
    expect(types(trace('x', []))).toBe('This is not a Loginscope trace: it has no list at recording.events')
  })

  test('joins the list of traces that several files give', () => {
    expect(types([trace(1, [event]), trace(1, [event])])).toEqual(['recording.started', 'recording.started'])
  })

  test('opens a damaged trace as far as it goes', () => {
    const text = JSON.stringify(trace(1, [event, event]))
    expect(types(text.slice(0, -12))).toEqual(['recording.started', 'capture.gap'])
  })

  test('opens a HAR, given as such or cut off', () => {
    const har = {
      log: { entries: [{ startedDateTime: '2026-01-01', request: { method: 'GET', url: 'https://a.example/' } }] },
    }
    expect(types(har)).toEqual(['recording.started', 'entry.observed'])
    expect(types(JSON.stringify(har).slice(0, -2))).toEqual(['recording.started', 'entry.observed', 'capture.gap'])
  })

  test('opens SAML-tracer exports of both shapes (built from the documented shape)', () => {
    const request = (headers: unknown, post: unknown) => ({
      method: 'POST',
      url: 'https://sp.example/acs',
      requestHeaders: headers,
      responseHeaders: headers,
      responseStatus: 302,
      post,
    })
    const result = read({
      timestamp: '2026-01-31T12:00:00.000Z',
      requests: [
        request([['Location', '/home']], [['SAMLResponse', 'x']]),
        request([{ name: 'location', value: '/home' }], { SAMLResponse: ['x'] }),
        { url: 'nonsense' },
      ],
    })
    if ('error' in result) throw new Error(result.error.message)
    const entries = result.recording.events.flatMap((item) => (item.type === 'entry.observed' ? [item.entry] : []))
    expect(entries.map(({ redirectURL, requestBody }) => ({ redirectURL, requestBody }))).toEqual(
      Array(2).fill({
        redirectURL: 'https://sp.example/home',
        requestBody: { kind: 'form', fields: [{ name: 'SAMLResponse', value: 'x' }] },
      }),
    )
    expect(result.notes[1]).toBe('1 of 3 requests skipped: no readable URL.')
  })

  test('opens a pasted callback URL', () => {
    expect(types('https://app.example/cb?error=access_denied')).toEqual(['recording.started', 'entry.observed'])
  })

  test('answers anything else with one sentence that says what was expected', () => {
    expect(types('')).toMatch(/^This is empty\. Expected a HAR file/)
    expect(types('plain text')).toMatch(/^This is none of the known formats\. Expected a HAR file/)
    expect(types('{"a":1}')).toMatch(/^This JSON is none of the known formats\. Expected a HAR file/)
    expect(types('{"a":')).toBe('This is not valid JSON: the text ends there')
  })

  test('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readAny(text)))
    fc.assert(fc.property(fc.array(fc.anything()), (entries) => void read(JSON.stringify({ log: { entries } }) ?? '')))
    fc.assert(fc.property(fc.string(), (text) => void readAny(`curl ${text}`)))
  })
})
