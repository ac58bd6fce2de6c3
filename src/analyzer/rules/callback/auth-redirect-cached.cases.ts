import { client, codeLogin, navigate, record, request, server, serverLogin, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const cached = (recording: ReturnType<typeof record>) => ({
  events: recording.events.map((event) =>
    event.type === 'request.redirected' && event.url.endsWith('/login') ? { ...event, fromCache: true } : event,
  ),
})

/** A login that an answer of that age began; a page that offers the login is at the callback, or behind it where a cookie was set. */
const aged = (age: string, body = '<a href="/login">Log in</a>', set?: string) =>
  record(
    navigate([
      { url: `${client}/login`, headers: { Age: age, ...(set !== undefined && { 'Set-Cookie': set }) } },
      { url: url(`${server}/authorize`, request) },
      {
        url: url(request.redirect_uri, { code: 'c', state: request.state }),
        ...(set === undefined ? { body } : { requestHeaders: { Cookie: set } }),
      },
      ...(set === undefined ? [] : [{ url: `${client}/`, requestHeaders: { Cookie: set }, body }]),
    ]),
  )

export default {
  fail: {
    'a redirect that all users share': { recording: aged('312'), owner: 'client' },
    'an old redirect': {
      recording: cached(record(serverLogin({ start: { headers: {} }, callback: { status: 400, headers: {} } }))),
      owner: 'client',
    },
  },
  pass: {
    'from the network': record(serverLogin({ callback: { status: 400, headers: {} } })),
    'a cache that asked the server': aged('0'),
    'a page that all users share, and it went well': aged('312', '<p>Hello</p>'),
    'a cookie that all users share, and it came': aged('312', '<a href="/login">Switch account</a>', 'st=1'),
    'from the cache, and it went well': cached(record(serverLogin())),
  },
  notApplicable: { 'a page starts the login': record(codeLogin()) },
} satisfies RuleCases
