import { describe, expect, it } from 'vitest'
import type { CaptureEvent, NewCaptureEvent } from '../../model/recording'
import { type Happening, call, event, navigate, record } from '../../testing/builders'
import { normalizeExchanges } from './exchanges'

const exchangesOf = (...happenings: readonly Happening[]) => normalizeExchanges(record(...happenings).events)

const log = (...events: readonly NewCaptureEvent[]): CaptureEvent[] =>
  events.map((entry, seq) => ({ ...entry, seq }) as CaptureEvent)

describe('normalizeExchanges', () => {
  it('makes an exchange of every redirect hop and links them', () => {
    const exchanges = exchangesOf(
      navigate([{ url: 'https://a.example/1' }, { url: 'https://b.example/2' }, { url: 'https://a.example/3' }]),
    )
    expect(exchanges.map(({ id, url, hop, previousHop, nextHop }) => ({ id, url, hop, previousHop, nextHop }))).toEqual(
      [
        { id: 'browser:1:0', url: 'https://a.example/1', hop: 0, previousHop: undefined, nextHop: 'browser:1:1' },
        { id: 'browser:1:1', url: 'https://b.example/2', hop: 1, previousHop: 'browser:1:0', nextHop: 'browser:1:2' },
        { id: 'browser:1:2', url: 'https://a.example/3', hop: 2, previousHop: 'browser:1:1', nextHop: undefined },
      ],
    )
  })

  it('keeps hops apart that redirect to their own URL', () => {
    const exchanges = exchangesOf(
      navigate([{ url: 'https://a.example/', location: 'https://a.example/' }, { url: 'https://a.example/' }]),
    )
    expect(exchanges.map(({ hop, status }) => [hop, status])).toEqual([
      [0, { state: 'present', value: 302 }],
      [1, { state: 'present', value: 200 }],
    ])
  })

  it('still sees the redirect when its own event was missed', () => {
    const events = record(navigate([{ url: 'https://a.example/1' }, { url: 'https://b.example/2' }])).events.filter(
      ({ type }) => type !== 'request.redirected',
    )
    expect(normalizeExchanges(events).map(({ url, redirectUrl }) => [url, redirectUrl])).toEqual([
      ['https://a.example/1', 'https://b.example/2'],
      ['https://b.example/2', undefined],
    ])
  })

  it('gives a redirect that the browser did not follow its error', () => {
    const started = record(navigate([{ url: 'https://a.example/1', location: 'https://b.example/2' }])).events
    const at = started.at(-1)!.at
    const failed = { type: 'request.failed', requestId: '1', url: 'https://a.example/1', at, error: 'net::ERR_ABORTED' }
    const exchanges = normalizeExchanges([...started, { ...failed, seq: started.length } as CaptureEvent])
    expect(exchanges.map(({ url, redirectUrl, error }) => [url, redirectUrl, error])).toEqual([
      ['https://a.example/1', 'https://b.example/2', 'net::ERR_ABORTED'],
    ])
  })

  it('tells no answer yet from no answer at all', () => {
    const [waiting, refused] = exchangesOf(
      call({ url: 'https://a.example/slow', status: null }),
      call({ url: 'https://a.example/gone', error: 'net::ERR_CONNECTION_REFUSED' }),
    )
    expect(waiting?.status).toEqual({ state: 'unobserved', because: 'not-answered-yet' })
    expect(refused?.status).toEqual({ state: 'absent' })
    expect(refused?.error).toBe('net::ERR_CONNECTION_REFUSED')
  })

  it('does not take an unseen body for an empty one', () => {
    const [exchange] = exchangesOf(call({ url: 'https://a.example/token', form: { grant_type: 'x' } }))
    expect(exchange?.responseBody).toEqual({ state: 'unobserved', because: 'body-not-captured' })
    expect(exchange?.requestBody.state).toBe('present')
  })

  it('adds the body that DevTools saw to the request that the browser reported', () => {
    const entry = (delay: number, text: string) =>
      event((at) => ({
        type: 'entry.observed',
        at: at + 200,
        origin: 'devtools',
        entryId: `d${delay}`,
        tabId: 1,
        entry: {
          startedDateTime: at + delay,
          method: 'GET',
          url: 'https://a.example/x',
          status: 200,
          responseBody: { kind: 'text', text },
        },
      }))
    const exchanges = exchangesOf(
      entry(3, 'first'),
      call({ url: 'https://a.example/x', takes: 500 }),
      entry(3, 'second'),
      call({ url: 'https://a.example/x' }),
    )
    expect(exchanges.map(({ id, responseBody }) => [id, responseBody])).toEqual([
      ['browser:1:0', { state: 'present', value: { kind: 'text', text: 'first' } }],
      ['browser:2:0', { state: 'present', value: { kind: 'text', text: 'second' } }],
    ])
  })

  it('takes a request that DevTools tells twice for one', () => {
    const told = event((at) => ({
      type: 'entry.observed',
      at: at + 200,
      origin: 'devtools',
      entryId: 'd',
      tabId: 1,
      entry: { startedDateTime: at + 3, method: 'GET', url: 'https://a.example/x', status: 200 },
    }))
    expect(exchangesOf(told, told, call({ url: 'https://a.example/x' })).map(({ id }) => id)).toEqual(['browser:1:0'])
  })

  it('joins the hops of a file and gives them back the fragments that files lose', () => {
    const entry = (index: number, url: string, redirectURL?: string): NewCaptureEvent => ({
      type: 'entry.observed',
      at: 1000 + index,
      origin: 'file',
      entryId: String(index),
      tabId: 0,
      entry: {
        startedDateTime: 1000 + index,
        method: 'GET',
        url,
        status: redirectURL === undefined ? 200 : 302,
        ...(redirectURL !== undefined && { redirectURL }),
      },
    })
    const exchanges = normalizeExchanges(
      log(entry(0, 'https://id.example/a', 'https://app.example/cb#code=1'), entry(1, 'https://app.example/cb')),
    )
    expect(exchanges.map(({ url, hop, previousHop }) => [url, hop, previousHop])).toEqual([
      ['https://id.example/a', 0, undefined],
      ['https://app.example/cb#code=1', 1, 'file:0:0'],
    ])
  })

  it('attaches the preflight to the request it announced', () => {
    const exchanges = exchangesOf(
      call({
        url: 'https://api.example/x',
        method: 'OPTIONS',
        requestHeaders: { 'Access-Control-Request-Method': 'PUT' },
        status: 403,
      }),
      call({ url: 'https://api.example/x', method: 'GET' }),
      call({ url: 'https://api.example/x', method: 'PUT', error: 'net::ERR_FAILED' }),
    )
    expect(exchanges.map(({ method, isPreflight, preflight }) => [method, isPreflight, preflight])).toEqual([
      ['OPTIONS', true, undefined],
      ['GET', false, undefined],
      ['PUT', false, 'browser:1:0'],
    ])
  })
})
