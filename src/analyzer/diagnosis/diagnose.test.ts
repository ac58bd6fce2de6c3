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
