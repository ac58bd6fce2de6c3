import {
  authorize,
  client,
  codeLogin,
  navigate,
  record,
  request,
  server,
  serverLogin,
  url,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const login = (target: string, start = `${client}/login`) =>
  navigate([
    { url: start, headers: { 'Set-Cookie': 'st=1; Path=/' } },
    { url: url(`${server}/authorize`, request) },
    { url: url(request.redirect_uri, { code: 'c', state: request.state }), requestHeaders: { Cookie: 'st=1' } },
    { url: target, body: '<html></html>' },
  ])
const reported = (target: string, start?: string) => record(login(target, start))

const form = '<form method="post" action="/login"><button>Sign in</button></form>'

/** A client that sets cookies with every answer, and whose callback leads on to this page. */
const ledTo = (body: string, before = '<h1>Reports</h1>') =>
  record(
    navigate({ url: `${client}/`, body: `<html><body>${before}${form}</body></html>` }),
    navigate([
      { url: `${client}/login`, form: { csrf: '1' }, headers: { 'Set-Cookie': 's=1; Path=/' } },
      { url: url(`${server}/authorize`, request) },
      {
        url: url(request.redirect_uri, { code: 'c', state: request.state }),
        requestHeaders: { Cookie: 's=1' },
        headers: { 'Set-Cookie': 's=2; Path=/' },
      },
      {
        url: `${client}/`,
        requestHeaders: { Cookie: 's=2' },
        headers: { 'Set-Cookie': 's=3; Path=/' },
        body: `<html><body>${body}</body></html>`,
      },
    ]),
  )

export default {
  fail: {
    'a library’s error page': reported(`${client}/auth/error?error=OAuthCallbackError`),
    'the token endpoint’s own code': reported(`${client}/login?error=invalid_client&error_description=Bad+secret`),
    'its word under another name': reported(`${client}/auth/failure?message=invalid_client&strategy=oidc`),
    'its sentence under another name': reported(`${client}/login?message=Invalid+ID+token%3A+Expired+token`),
    'an error parameter of its own': reported(`${client}/login?auth_error=1`),
    'a page of its own for failures': reported(`${client}/fehler/`),
    'the page that it led on to alerts, and offers the login again': ledTo(
      `<h1>Reports</h1><div role="alert">We could not sign you in.</div>${form}`,
    ),
    'a broker tells the site that it serves': reported('https://shop.example/?error=server_error'),
  },
  pass: {},
  notApplicable: {
    'a healthy login': record(serverLogin()),
    'a site that speaks of errors, and offers the login on every page': ledTo(
      `<h1>Error reports</h1>${form}`,
      '<h1>Error reports</h1>',
    ),
    'a site that speaks of errors to whoever is signed in': ledTo('<h1>Failed jobs</h1><a href="/jobs">All</a>'),
    'a greeting': reported(`${client}/?message=welcome`),
    'a page about errors': reported(`${client}/reports/errors?q=failed`),
    'a filter on errors': reported(`${client}/search?query=error&failed=true`),
    'no error, and said so': reported(`${client}/?auth_error=0`),
    'back to where the user was': record(
      navigate({ url: `${client}/?error=5xx`, body: '<html></html>' }),
      login(`${client}/?error=5xx`),
    ),
    'back to where the user wanted to go': reported(
      `${client}/logs?error=5xx&level=failed`,
      `${client}/login?next=%2Flogs%3Ferror%3D5xx%26level%3Dfailed`,
    ),
    'a page’s login': record(codeLogin()),
    'a page that is visited after the login': record(
      serverLogin(),
      navigate({ url: 'https://other.example/?error=none', body: '<html></html>' }),
    ),
    'the server’s own error': record(authorize({ response: { code: undefined, error: 'access_denied' } })),
  },
} satisfies RuleCases
