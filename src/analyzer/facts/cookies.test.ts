import { describe, expect, it } from 'vitest'
import type { Recording } from '../../model/recording'
import { type HopSpec, LATER, call, client, event, navigate, record, serverLogin, wait } from '../../testing/builders'
import { openCases } from '../analyze'
import { cookiesOfLogin } from './cookies'

const tracesOf = (recording: Recording) =>
  openCases(recording, LATER).cases.flatMap(({ attempt, world }) => cookiesOfLogin(attempt, world))

const start = (cookie: string | readonly string[], more: Partial<HopSpec> = {}) => ({
  headers: { 'Set-Cookie': cookie },
  ...more,
})

/** A login that starts with these cookies; the callback carries `Cookie` as given, or none. */
const login = (
  cookie: string | readonly string[],
  {
    sent,
    callback = {},
    ...more
  }: { sent?: string; callback?: Partial<HopSpec> } & Parameters<typeof serverLogin>[0] = {},
) =>
  serverLogin({
    start: start(cookie),
    callback: {
      requestHeaders: { ...(sent !== undefined && { Cookie: sent }), ...callback.requestHeaders },
      ...callback,
    },
    ...more,
  })

const single = (recording: Recording) => {
  const traces = tracesOf(recording)
  expect(traces).toHaveLength(1)
  return traces[0]!
}

const crossSitePost = (cookie: string, takes = 20) =>
  record(
    navigate([
      { url: `${client}/login`, ...start(cookie) },
      {
        url: `https://id.example/authorize?client_id=a&response_type=code&state=s&redirect_uri=${client}/callback`,
        body: '<html>',
        takes,
      },
    ]),
    navigate(
      {
        url: `${client}/callback`,
        form: { code: 'c', state: 's' },
        requestHeaders: { Origin: 'https://id.example' },
        status: 400,
      },
      { initiator: 'https://id.example' },
    ),
  )

describe('a cookie of the login', () => {
  it('came back', () => {
    expect(single(record(login('s=1; Path=/', { sent: 'a=2; s=1' })))).toMatchObject({
      name: 's',
      setBy: 'browser:1:0',
      fate: 'came_back',
      copies: 1,
      attributes: { path: '/', secure: false, httpOnly: false, partitioned: false, size: 2 },
    })
  })

  it('is unobserved where the request headers are', () => {
    const { events } = record(login('s=1'))
    const blind = { events: events.filter((e) => e.type !== 'request.headers') }
    expect(single(blind).fate).toBe('unobserved')
  })

  it('says how many copies came', () => {
    expect(single(record(login('s=1', { sent: 's=0; s=1' })))).toMatchObject({ fate: 'came_back', copies: 2 })
  })

  it('counts once when the client set it twice', () => {
    expect(tracesOf(record(login(['s=1; Path=/', 's=2; Path=/'], { sent: 's=2' }))).map(({ fate }) => fate)).toEqual([
      'came_back',
    ])
  })

  it('may be set by a script’s call shortly before', () => {
    const recording = record(
      call({ url: `${client}/api/signin`, form: { a: 'b' }, ...start('s=1; Path=/'), body: {} }, { initiator: client }),
      wait(500),
      login([]),
    )
    expect(single(recording)).toMatchObject({ name: 's', setBy: 'browser:1:0', fate: 'not_sent', loss: 'unexplained' })
  })
})

describe('a cookie that did not come back', () => {
  it.each([
    ['a Lax cookie at a POST of another site', crossSitePost('s=1; SameSite=Lax; Secure'), 'samesite-lax-post'],
    ['a Strict cookie at a POST of another site', crossSitePost('s=1; SameSite=Strict'), 'samesite-strict'],
    ['no SameSite at a POST of another site', crossSitePost('s=1', 130_000), 'samesite-default-post'],
    [
      'a Strict cookie at a GET of another site',
      record(login('s=1; SameSite=Strict', { callback: { requestHeaders: { 'Sec-Fetch-Site': 'cross-site' } } })),
      'samesite-strict',
    ],
    ['4097 bytes', record(login(`s=${'x'.repeat(4096)}`)), 'too-large'],
    ['a foreign domain', record(login('s=1; Domain=shop.example')), 'domain-invalid'],
    ['a public suffix', record(login('s=1; Domain=example')), 'domain-invalid'],
    ['None without Secure', record(login('s=1; SameSite=None')), 'none-without-secure'],
    ['__Host- with a path', record(login('__Host-s=1; Secure; Path=/login')), 'prefix-rules'],
    ['Max-Age 1', record(login('s=1; Max-Age=1', { authorization: { takes: 1500 } })), 'expired'],
    [
      'Expires by a server whose clock is an hour ahead',
      record(
        login([], {
          start: {
            headers: {
              'Set-Cookie': 's=1; Path=/; Expires=Sat, 31 Jan 2026 13:00:01 GMT',
              Date: 'Sat, 31 Jan 2026 13:00:00 GMT',
            },
          },
          authorization: { takes: 1500 },
        }),
      ),
      'expired',
    ],
    ['another path', record(login('s=1; Path=/login')), 'other-path'],
    [
      'another host',
      record(login('s=1; Path=/', { request: { redirect_uri: 'https://www.app.example/cb' } })),
      'other-host',
    ],
    [
      'a Secure cookie set over http',
      record(
        login('s=1; Path=/; Secure', {
          start: { url: 'http://app.example/login', ...start('s=1; Path=/; Secure') },
          request: { redirect_uri: 'http://app.example/cb' },
        }),
      ),
      'secure-on-http',
    ],
    [
      'a Secure cookie for a callback over http',
      record(login('s=1; Path=/; Secure', { request: { redirect_uri: 'http://app.example/cb' } })),
      'secure-to-http',
    ],
    ['nothing of its attributes', record(login('s=1; Path=/')), 'unexplained'],
  ])('%s', (_name, recording, loss) => {
    expect(single(recording)).toMatchObject({ fate: 'not_sent', loss })
  })

  it('was set by a call of another origin without credentials', () => {
    const recording = record(
      call({ url: 'https://app.example/api', ...start('s=1; Path=/') }, { initiator: 'https://other.example' }),
      login([]),
    )
    expect(single(recording)).toMatchObject({ fate: 'not_sent', loss: 'credentials-omitted' })
  })
})

describe('a cookie that changed on the way', () => {
  const between = (url: string, cookie: string, sent: string) =>
    record(
      navigate([
        { url: `${client}:8000/login`, ...start('s=1; Path=/') },
        {
          url: `https://id.example/authorize?client_id=a&response_type=code&state=s&redirect_uri=${client}:8000/callback`,
          body: '<html>',
        },
      ]),
      navigate({ url, ...start(cookie) }),
      navigate({
        url: `${client}:8000/callback?code=c&state=s`,
        requestHeaders: { ...(sent && { Cookie: sent }) },
        status: 400,
      }),
    )

  it('was replaced by another service on the same host', () => {
    expect(single(between(`${client}:9000/login`, 's=2; Path=/', 's=2'))).toMatchObject({
      fate: 'replaced',
      changedBy: 'browser:2:0',
      changedByOtherOrigin: true,
    })
  })

  it('was deleted by the client', () => {
    expect(single(between(`${client}:8000/logout`, 's=; Path=/; Max-Age=0', ''))).toMatchObject({
      fate: 'not_sent',
      loss: 'deleted',
      changedBy: 'browser:2:0',
      changedByOtherOrigin: false,
    })
  })
})

it('follows no cookie of the authorization server', () => {
  expect(tracesOf(record(login([], { authorization: { headers: { 'Set-Cookie': 'sso=1' } } })))).toEqual([])
})

it('answers nothing without a callback', () => {
  expect(
    tracesOf(
      record(
        navigate({ url: `${client}/login` }),
        event((at) => ({ type: 'tab.closed', tabId: 1, at })),
      ),
    ),
  ).toEqual([])
})
