import { expect, test } from 'vitest'
import {
  api,
  authorize,
  call,
  client,
  code,
  codeLogin,
  type Happening,
  type HopSpec,
  LATER,
  metadata,
  navigate,
  record,
  redeem,
  request,
  server,
  serverLogin,
  tokenError,
  url,
  wait,
} from '../../testing/builders'
import { refresh, renewed } from '../../testing/refresh'
import { analyze } from '../analyze'

const ends = (cookies: Readonly<Record<string, string>>, sent?: string) =>
  analyze(
    record(
      navigate([
        { url: `${client}/login`, headers: { 'Set-Cookie': 'st=1; Path=/login' } },
        { url: url(`${server}/authorize`, request) },
        {
          url: url(request.redirect_uri, { code, state: request.state }),
          headers: cookies,
          ...(sent !== undefined && { requestHeaders: { Cookie: sent } }),
        },
        {
          url: `${client}/home`,
          requestHeaders: { Cookie: 'sid=1' },
          body: '<html><a href="/orders">Orders</a></html>',
        },
      ]),
    ),
    LATER,
  ).flows.map(({ status }) => status)

test('a login has succeeded where a session or tokens show it', () => {
  const statusOf = (login: Happening) => analyze(record(login), LATER).flows.map(({ status }) => status)
  expect(statusOf(serverLogin())).toEqual(['succeeded'])
  expect(statusOf(codeLogin())).toEqual(['succeeded'])
})

test('another explanation of the same refusal is no symptom of the cause', () => {
  const refusedAsOver = tokenError('invalid_grant', { error_description: 'Session not active' })
  const login = codeLogin({ tokenAnswer: { refresh_token: 'r1' } })
  const { findings } = analyze(
    record(login, wait(5000), refresh('r1', renewed('r2')), wait(5000), refresh('r1', refusedAsOver)),
    LATER,
  )
  const failures = findings.filter(({ category }) => category === 'failure')
  expect(failures.map(({ rule }) => rule)).toEqual(['refresh-token-rotated-reused', 'refresh-token-refused'])
  expect(failures[0]!.ruledOut).toContainEqual({
    rule: 'refresh-token-expired',
    because: 'the failure is explained without it',
  })
})

test('an answer that reached a client is no success where no session shows it, or the cookie of its start was lost', () => {
  expect(ends({}, 'st=1')).toEqual(['delivered'])
  expect(ends({ 'Set-Cookie': 'sid=1; Path=/' }, 'st=1')).toEqual(['succeeded'])
  expect(ends({ 'Set-Cookie': 'sid=1; Path=/' }, 'sid=0')).toEqual(['delivered'])
})

test('a callback that was left before it answered is no answer to the client, and one that another program takes is', () => {
  const callback = (redirect_uri: string, hop: Partial<HopSpec>) =>
    analyze(
      record(
        navigate([
          { url: `${client}/login`, headers: { 'Set-Cookie': 'st=1; Path=/' } },
          { url: url(`${server}/authorize`, { ...request, redirect_uri }) },
          { url: url(redirect_uri, { code, state: request.state }), error: 'net::ERR_ABORTED', ...hop },
        ]),
      ),
      LATER,
    ).flows.map(({ status, summary }) => [status, summary])
  expect(callback(request.redirect_uri, { takes: 4000 })).toEqual([
    ['abandoned', 'The page was left before the client’s server had answered at its callback.'],
  ])
  expect(callback(request.redirect_uri, { status: 200 })).toEqual([
    ['delivered', 'The answer reached the client; what the client did with it was not seen.'],
  ])
  expect(callback('myapp://callback', {})).toEqual([
    ['delivered', 'The browser handed the answer to another program; what that did with it was not seen.'],
  ])
})

test('a callback that starts the next login at once is behind the guard, and one that takes its time signs nobody in', () => {
  const turn = (index: number, takes: number): readonly HopSpec[] => [
    { url: `${client}/login`, requestHeaders: { Cookie: 'sid=1' } },
    { url: url(`${server}/authorize`, { ...request, state: `state-${index}` }) },
    {
      url: url(request.redirect_uri, { code: `${code}${index}`, state: `state-${index}` }),
      requestHeaders: { Cookie: 'sid=1' },
      takes,
    },
  ]
  const loop = (takes: number) =>
    analyze(
      record(
        navigate([
          ...[0, 1, 2, 3].flatMap((index) => turn(index, takes)),
          { url: `${client}/login`, error: 'net::ERR_TOO_MANY_REDIRECTS' },
        ]),
      ),
      LATER,
    ).flows.at(-1)?.summary
  expect(loop(30)).toBe('The login repeats because the callback starts the next one')
  expect(loop(400)).toBe('The login repeats because the callback signs nobody in')
})

test('a page that goes elsewhere while it reads the metadata is told from one that stops', () => {
  const ended = (later: number) =>
    analyze(
      record(
        metadata(),
        authorize(),
        call({ url: `${server}/.well-known/openid-configuration`, error: 'net::ERR_ABORTED' }, { initiator: client }),
        wait(later),
        navigate({ url: `${client}/`, body: '<html></html>' }, { initiator: client }),
      ),
      LATER,
    ).flows.find(({ status }) => status === 'failed')?.summary
  expect(ended(20)).toBe('The page was left before it had redeemed its code')
  expect(ended(5000)).toBe('The page never redeemed its code')
})

test('a link to where the login began, after its cookie was lost and nothing was set, says that nobody is signed in', () => {
  const visitor = { requestHeaders: { Cookie: 'visitor=7' } }
  const { flows } = analyze(
    record(
      navigate([
        { url: `${client}/login`, headers: { 'Set-Cookie': 'st=1; Path=/login' } },
        { url: url(`${server}/authorize`, request) },
        { url: url(request.redirect_uri, { code, state: request.state }), ...visitor },
        { url: `${client}/`, ...visitor, body: '<html><body><a href="/login">Log in</a></body></html>' },
      ]),
    ),
    LATER,
  )
  expect(flows.map(({ status, summary }) => [status, summary])).toEqual([
    ['failed', 'The state cookie did not come back'],
  ])
})

test('the words of a status are no OAuth code', () => {
  const refused = (error: string) =>
    analyze(record(serverLogin({ callback: { status: 401, headers: {}, body: { error } } })), LATER).findings.find(
      ({ rule }) => rule === 'callback-error',
    )?.cause
  expect(refused('invalid_client')).toContain('It names `invalid_client`')
  expect(refused('unauthorized')).not.toContain('It names')
})

test('a finding quotes a URL without the secrets in it', () => {
  const redirect_uri = url(request.redirect_uri, { code, state: request.state })
  const { findings } = analyze(
    record(codeLogin({ token: { redirect_uri }, tokenCall: tokenError('invalid_grant') })),
    LATER,
  )
  expect(findings.map(({ rule }) => rule)).toContain('redirect-uri-differs-at-token')
  const told = JSON.stringify(findings)
  expect(told).toContain(`${request.redirect_uri}?code=…&state=…`)
  expect(told).not.toContain(code)
  expect(told).not.toContain(request.state)
})

test('a loop that the API keeps going names it, also where the metadata was read again before its answer', () => {
  const turn = (state: string) => [
    authorize({ request: { state }, response: { code: state } }),
    redeem({ response: { code: state } }),
    metadata(),
    call(
      {
        url: `${api}/orders`,
        requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' },
        status: 401,
        headers: { 'Access-Control-Allow-Origin': client },
      },
      { initiator: client },
    ),
  ]
  const { flows, findings } = analyze(record(...['a', 'b', 'c', 'd'].flatMap(turn)), LATER)
  const roots = flows.flatMap(({ rootCause }) => findings.filter(({ id }) => id === rootCause))
  expect(roots.map(({ title }) => title)).toEqual([
    'The API did not accept the access token',
    'The login repeats because the API refuses the new token',
  ])
})
