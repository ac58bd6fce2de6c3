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

const reported = (target: string) =>
  record(
    navigate([
      { url: `${client}/login`, headers: { 'Set-Cookie': 'st=1; Path=/' } },
      { url: url(`${server}/authorize`, request) },
      { url: url(request.redirect_uri, { code: 'c', state: request.state }), requestHeaders: { Cookie: 'st=1' } },
      { url: target, body: '<html></html>' },
    ]),
  )

export default {
  fail: {
    'a library’s error page': reported(`${client}/auth/error?error=OAuthCallbackError`),
    'the token endpoint’s own code': reported(`${client}/login?error=invalid_client&error_description=Bad+secret`),
    'a broker tells the site that it serves': reported('https://shop.example/?error=server_error'),
  },
  pass: {},
  notApplicable: {
    'a healthy login': record(serverLogin()),
    'a page’s login': record(codeLogin()),
    'a page that is visited after the login': record(
      serverLogin(),
      navigate({ url: 'https://other.example/?error=none', body: '<html></html>' }),
    ),
    'the server’s own error': record(authorize({ response: { code: undefined, error: 'access_denied' } })),
  },
} satisfies RuleCases
