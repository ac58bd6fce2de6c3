import { describe, expect, test } from 'vitest'
import type { ObservedEntry } from '../model/recording'
import { readHar } from './har-import'

const started = '2026-01-31T12:00:00.000Z'
const request = { method: 'GET', url: 'https://as.example/authorize?client_id=a', headers: [] }
const har = (...entries: unknown[]) => ({ log: { version: '1.2', entries } })
const read = (...entries: unknown[]) => {
  const result = readHar(har(...entries))
  if ('error' in result) throw new Error(result.error.message)
  return result
}
const first = (entry: unknown): ObservedEntry => {
  const event = read(entry).recording.events.find((candidate) => candidate.type === 'entry.observed')
  if (event?.type !== 'entry.observed') throw new Error('no entry')
  return event.entry
}

describe('readHar', () => {
  test('gives each entry a stable id and the time it ended', () => {
    const { recording } = read(
      { startedDateTime: started, time: 12.5, request, response: { status: 200, headers: [] } },
      { startedDateTime: started, time: -1, request, response: { status: 200, headers: [] } },
    )
    expect(recording.events.map(({ type, seq, at }) => [type, seq, at])).toEqual([
      ['recording.started', 0, Date.parse(started)],
      ['entry.observed', 1, Date.parse(started) + 12.5],
      ['entry.observed', 2, Date.parse(started)],
    ])
    expect(recording.events.flatMap((event) => (event.type === 'entry.observed' ? [event.entryId] : []))).toEqual([
      '0',
      '1',
    ])
  })

  test('leaves out what the file does not hold', () => {
    const entry = first({ startedDateTime: started, request: { method: 'POST', url: 'https://as.example/token' } })
    expect(entry).toEqual({ startedDateTime: Date.parse(started), method: 'POST', url: 'https://as.example/token' })
  })

  test('leaves an exchange open that was not answered when the recording stopped', () => {
    const response = { status: -1, headers: [], content: { size: -1 } }
    const entry = first({ startedDateTime: started, time: -1, request, response })
    expect([entry.status, entry.time, entry.error]).toEqual([undefined, undefined, undefined])
  })

  test('tells an empty body from a body that was not saved', () => {
    const response = (content: object, bodySize?: number) =>
      first({ startedDateTime: started, request, response: { status: 400, headers: [], bodySize, content } })
        .responseBody
    expect(response({ size: 0 }, 0)).toEqual({ kind: 'text', text: '' })
    expect(response({ size: 512, mimeType: 'application/json' }, 512)).toBeUndefined()
    expect(response({ size: 512, text: '{}' })).toEqual({ kind: 'text', text: '{}' })
  })

  test('decodes base64 bodies as UTF-8', () => {
    const content = { mimeType: 'application/json', encoding: 'base64', text: btoa('{"a":"\xc3\xa4"}') }
    expect(first({ startedDateTime: started, request, response: { status: 200, content } }).responseBody).toEqual({
      kind: 'text',
      text: '{"a":"ä"}',
      mimeType: 'application/json',
    })
  })

  test('takes form fields from params when there is no text', () => {
    const postData = { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'code', value: 'c' }], text: '' }
    expect(first({ startedDateTime: started, request: { ...request, method: 'POST', postData } }).requestBody).toEqual({
      kind: 'form',
      fields: [{ name: 'code', value: 'c' }],
      mimeType: 'application/x-www-form-urlencoded',
    })
  })

  test('removes the upload headers Firefox puts before a form body', () => {
    const postData = {
      mimeType: 'application/x-www-form-urlencoded',
      text: 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\ncode=c',
    }
    expect(
      first({ startedDateTime: started, request: { ...request, method: 'POST', postData } }).requestBody,
    ).toMatchObject({
      text: 'code=c',
    })
  })

  test('splits the Set-Cookie headers that Firefox joins', () => {
    const headers = [{ name: 'Set-Cookie', value: 'a=1; Path=/\nb=2' }]
    expect(first({ startedDateTime: started, request, response: { status: 200, headers } }).responseHeaders).toEqual([
      { name: 'Set-Cookie', value: 'a=1; Path=/' },
      { name: 'Set-Cookie', value: 'b=2' },
    ])
  })

  test('splits Set-Cookie headers that were folded into one, by the names in the cookie array', () => {
    const value = 'a.sig=1,2; Expires=Sat, 21 Nov 2026 15:09:36 GMT; Path=/, b=c, d=e; Path=/'
    const response = {
      status: 200,
      headers: [{ name: 'set-cookie', value }],
      cookies: [
        { name: 'a.sig', value: '1,2' },
        { name: 'b', value: 'c, d=e' },
      ],
    }
    expect(first({ startedDateTime: started, request, response }).responseHeaders).toEqual([
      { name: 'set-cookie', value: 'a.sig=1,2; Expires=Sat, 21 Nov 2026 15:09:36 GMT; Path=/' },
      { name: 'set-cookie', value: 'b=c, d=e; Path=/' },
    ])
  })

  test('uses the cookie arrays only where the headers lack them', () => {
    const cookies = [{ name: 'sid', value: '1', path: '/', httpOnly: true, secure: true, sameSite: 'None' }]
    const entry = first({
      startedDateTime: started,
      request: { ...request, headers: [{ name: 'cookie', value: 'real=1' }], cookies },
      response: { status: 200, headers: [], cookies },
    })
    expect(entry.requestHeaders).toEqual([{ name: 'cookie', value: 'real=1' }])
    expect(entry.responseHeaders).toEqual([
      { name: 'Set-Cookie', value: 'sid=1; Path=/; HttpOnly; Secure; SameSite=None' },
    ])
  })

  test('reads transport errors of Chromium and Playwright, both without a status', () => {
    const failed = (response: object) => {
      const { status, error } = first({ startedDateTime: started, request, response })
      return { status, error }
    }
    expect(failed({ status: 0, _error: 'net::ERR_FAILED', headers: [] })).toEqual({
      status: 0,
      error: 'net::ERR_FAILED',
    })
    expect(failed({ status: -1, _failureText: 'net::ERR_CONNECTION_REFUSED' })).toEqual({
      status: 0,
      error: 'net::ERR_CONNECTION_REFUSED',
    })
  })

  test('does not take the status that Firefox lost for a failure: the answer is there', () => {
    const headers = [{ name: 'Content-Type', value: 'application/json' }]
    const content = { mimeType: 'application/json', size: 2, text: '{}' }
    const answered = first({ startedDateTime: started, time: 6, request, response: { status: 0, headers, content } })
    expect(answered).toMatchObject({ responseHeaders: headers, responseBody: { text: '{}' } })
    expect(answered).not.toHaveProperty('status')
    const nothing = { status: 0, headers: [], content: { mimeType: '', size: 0, encoding: 'base64', text: '' } }
    const failed = first({ startedDateTime: started, time: 0, request, response: nothing })
    expect(failed).toMatchObject({ status: 0 })
    expect(failed).not.toHaveProperty('responseHeaders')
  })

  test('does not take the body that Firefox drops from a failed request for an empty one', () => {
    const body = (length: string) =>
      first({
        startedDateTime: started,
        request: { ...request, method: 'POST', bodySize: 0, headers: [{ name: 'Content-Length', value: length }] },
      }).requestBody
    expect([body('262'), body('0')]).toEqual([undefined, { kind: 'text', text: '' }])
  })

  test('makes redirects absolute and gives the next request its fragment back', () => {
    const { recording } = read(
      {
        startedDateTime: started,
        request,
        response: { status: 302, headers: [], redirectURL: 'https://app.example/cb#access_token=t' },
      },
      { startedDateTime: started, request: { ...request, url: 'https://app.example/cb' }, response: { status: 200 } },
      {
        startedDateTime: started,
        request,
        response: { status: 303, headers: [{ name: 'location', value: '/login' }] },
      },
    )
    const entries = recording.events.flatMap((event) => (event.type === 'entry.observed' ? [event.entry] : []))
    expect(entries.map(({ url, redirectURL }) => [url, redirectURL])).toEqual([
      [request.url, 'https://app.example/cb#access_token=t'],
      ['https://app.example/cb#access_token=t', undefined],
      [request.url, 'https://as.example/login'],
    ])
  })

  test('tells iframes, pages, calls and preflights apart', () => {
    const typed = (headers: object[], extra: object = {}, method = 'GET') => {
      const { resourceType, preflight } = first({
        startedDateTime: started,
        request: { ...request, method, headers },
        ...extra,
      })
      return [resourceType, preflight]
    }
    expect(typed([{ name: 'Sec-Fetch-Dest', value: 'iframe' }], { _resourceType: 'document' })).toEqual([
      'sub_frame',
      undefined,
    ])
    expect(typed([], { _resourceType: 'document' })).toEqual(['main_frame', undefined])
    expect(typed([], { _resourceType: 'fetch' })).toEqual(['xmlhttprequest', undefined])
    expect(typed([{ name: 'accept', value: 'text/html,*/*' }])).toEqual(['main_frame', undefined])
    expect(typed([{ name: 'Access-Control-Request-Method', value: 'POST' }], {}, 'OPTIONS')).toEqual([
      'xmlhttprequest',
      true,
    ])
  })

  test('reads once what WebKit writes twice, and says what Safari leaves out', () => {
    const entry = { startedDateTime: started, time: 1.25, request, response: { status: 200, headers: [] } }
    const creator = { name: 'WebKit Web Inspector', version: '1.0' }
    expect(readHar({ log: { creator, entries: [entry, { ...entry }, { ...entry, time: 1.5 }] } })).toMatchObject({
      recording: {
        events: [{}, { entryId: '0' }, { entryId: '2' }, { type: 'capture.gap', because: 'failures-left-out' }],
      },
      notes: [expect.stringMatching(/^Safari leaves redirects, and requests that failed, out of its files/)],
    })
  })

  test('skips bad entries one by one and says which and why', () => {
    const { recording, notes } = read(
      { startedDateTime: started, request },
      { startedDateTime: started },
      null,
      { startedDateTime: started, request: { method: 'CONNECT', url: 'as.example:443' } },
      { startedDateTime: started, request: { method: 'GET', url: 'not a url' } },
    )
    expect(recording.events).toHaveLength(2)
    expect(notes).toEqual([
      'Entries 1, 2 skipped: no request was recorded.',
      'Entry 3 skipped: a tunnel of the proxy, not an exchange.',
      'Entry 4 skipped: no method or no readable URL.',
    ])
  })

  test('says that a sanitized export holds no cookies, so that nobody takes them for missing', () => {
    const entry = {
      startedDateTime: started,
      request: { ...request, headers: [{ name: 'accept', value: '*/*' }] },
      response: { status: 200, headers: [{ name: 'date', value: 'x' }] },
    }
    const from = (creator: string) => readHar({ log: { creator: { name: creator }, entries: [entry] } })
    expect(from('WebInspector')).toMatchObject({
      notes: [expect.stringMatching(/^No exchange has the headers Authorization, Cookie, Set-Cookie/)],
      recording: {
        events: [
          {},
          {},
          {
            type: 'capture.gap',
            because: 'import-incomplete',
            detail: 'removed headers: Authorization, Cookie, Set-Cookie',
          },
        ],
      },
    })
    expect(from('Playwright')).toMatchObject({ notes: [] })
  })

  test.each([
    ['Playwright', { pageref: 'page@1' }, { _serviceWorkerRef: 'worker@1' }, {}],
    ['Chromium', { pageref: 'page_1' }, {}, { _fetchedViaServiceWorker: true }],
  ])(
    'makes one exchange of what a page asked for and its service worker fetched (%s)',
    (_, page, worker, viaWorker) => {
      const bearer = (value: string) => [{ name: 'Authorization', value: `Bearer ${value}` }]
      const asked = (ms: number, time: number, token: string, place: object, response: object, text?: string) => ({
        startedDateTime: new Date(Date.parse(started) + ms).toISOString(),
        time,
        ...place,
        request: { ...request, headers: bearer(token) },
        response: { status: 200, headers: [], content: { text }, ...response },
      })
      const entries = read(
        asked(0, 40, 'PLACEHOLDER', page, viaWorker, '{"sub":"1"}'),
        asked(5, 30, 'real', worker, {}),
        asked(60, 20, 'again', page, {}),
        asked(90, 20, 'later', worker, {}),
      ).recording.events.flatMap((event) => (event.type === 'entry.observed' ? [event.entry] : []))
      expect(
        entries.map(({ requestHeaders, responseBody, pageref, fromServiceWorker }) => ({
          token: requestHeaders?.[0]?.value,
          body: responseBody?.kind === 'text' ? responseBody.text : undefined,
          pageref,
          fromServiceWorker,
        })),
      ).toEqual([
        { token: 'Bearer real', body: '{"sub":"1"}', pageref: page.pageref, fromServiceWorker: undefined },
        { token: 'Bearer again', body: undefined, pageref: page.pageref, fromServiceWorker: undefined },
        { token: 'Bearer later', body: undefined, pageref: undefined, fromServiceWorker: undefined },
      ])
    },
  )

  test.each([
    [
      'the worker’s own error in place of a redirect',
      { status: 302 },
      { status: 503 },
      { status: 302, servedStatus: 503 },
    ],
    ['an answer that was handed through', { status: 302 }, { status: 302 }, { status: 302, servedStatus: 302 }],
    [
      'a network error of the page alone',
      { status: 302 },
      { status: -1, _failureText: 'net::ERR_FAILED' },
      { status: 302, servedStatus: 0, error: 'net::ERR_FAILED' },
    ],
    [
      'the error of a server that could not be reached',
      { status: -1, _failureText: 'net::ERR_CONNECTION_REFUSED' },
      { status: 503 },
      { status: 0, servedStatus: 503, error: 'net::ERR_CONNECTION_REFUSED' },
    ],
    [
      'a redirect, of which the worker’s own request is told as cut short',
      { status: -1, _failureText: 'net::ERR_ABORTED' },
      { status: 302 },
      { status: 302 },
    ],
  ])('keeps what the page got beside what the server answered: %s', (_, sent, got, expected) => {
    const asked = (place: object, response: object) => ({
      startedDateTime: started,
      time: 40,
      ...place,
      request,
      response: { headers: [], content: {}, ...response },
    })
    const [entry, ...rest] = read(
      asked({ pageref: 'page@1' }, got),
      asked({ _serviceWorkerRef: 'worker@1' }, sent),
    ).recording.events.flatMap((event) => (event.type === 'entry.observed' ? [event.entry] : []))
    const { status, servedStatus, error } = entry!
    expect(rest).toEqual([])
    expect({ status, servedStatus, error }).toEqual({ servedStatus: undefined, error: undefined, ...expected })
  })

  test('does not take the placeholder of a page for what its service worker sent', () => {
    const asked = (value: string, viaWorker: boolean) => ({
      startedDateTime: started,
      time: 40,
      pageref: 'page_1',
      request: { ...request, headers: [{ name: 'Authorization', value }] },
      response: {
        status: 401,
        headers: [],
        _fetchedViaServiceWorker: viaWorker,
        _serviceWorkerResponseSource: 'network',
      },
    })
    const placeholder = 'Bearer KEPT_BY_WORKER#tab=1'
    const withheld = read(asked(placeholder, true), asked(placeholder, false), asked('Bearer eyJ.e30.c2', true))
      .recording.events.flatMap((event) => (event.type === 'entry.observed' ? [event.entry] : []))
      .map(({ requestHeaders }) => requestHeaders?.[0]?.withheld)
    expect(withheld).toEqual([true, undefined, undefined])
  })

  test('takes no answer from the page where its service worker exchanges values', () => {
    const asked = (place: object, verifier: string, content: object) => ({
      startedDateTime: started,
      time: 40,
      ...place,
      request: { ...request, method: 'POST', postData: { text: `code_verifier=${verifier}` } },
      response: { status: 200, headers: [], content },
    })
    const page = asked({ pageref: 'page@1' }, 'PLACEHOLDER', { text: '{"access_token":"PLACEHOLDER"}' })
    const bodiesOf = (content: object) =>
      read(page, asked({ _serviceWorkerRef: 'worker@1' }, 'real', content)).recording.events.flatMap((event) =>
        event.type === 'entry.observed' ? [event.entry.requestBody, event.entry.responseBody] : [],
      )
    const sent = { kind: 'text', text: 'code_verifier=real' }
    expect(bodiesOf({ size: 27 })).toEqual([sent, undefined])
    expect(bodiesOf({ text: '{"access_token":"real"}' })).toEqual([
      sent,
      { kind: 'text', text: '{"access_token":"real"}' },
    ])
  })

  test('reads a file that breaks off as far as it goes', () => {
    const text = JSON.stringify(har({ startedDateTime: started, request }, { startedDateTime: started, request }))
    const result = readHar('\uFEFF' + text.slice(0, -20))
    if ('error' in result) throw new Error(result.error.message)
    expect(result.recording.events.filter((event) => event.type === 'entry.observed')).toHaveLength(1)
    expect(result.notes[0]).toMatch(
      /^The file breaks off or is damaged at line 1, column \d+; the 1 entries before that were read\.$/,
    )
  })

  test('names the place of a syntax error', () => {
    expect(readHar('{\n  "log": tru }')).toEqual({
      error: { message: 'This is not valid JSON: found "t"', place: { line: 2, column: 10 } },
    })
    expect(readHar('{"log": {}}')).toEqual({
      error: { message: 'This is not a HAR file: it has no list at log.entries' },
    })
  })
})
