import { expect, test } from 'vitest'
import {
  client,
  code,
  codeLogin,
  type Happening,
  LATER,
  navigate,
  record,
  request,
  server,
  serverLogin,
  tokenError,
  url,
} from '../../testing/builders'
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

test('an answer that reached a client is no success where no session shows it, or the cookie of its start was lost', () => {
  expect(ends({}, 'st=1')).toEqual(['delivered'])
  expect(ends({ 'Set-Cookie': 'sid=1; Path=/' }, 'st=1')).toEqual(['succeeded'])
  expect(ends({ 'Set-Cookie': 'sid=1; Path=/' }, 'sid=0')).toEqual(['delivered'])
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
