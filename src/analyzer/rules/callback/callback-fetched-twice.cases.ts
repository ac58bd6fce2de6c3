import { codeLogin, navigate, record, request, server, serverLogin, url, wait, client } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const callback = url(`${client}/auth/callback`, { code: 'SplxlOBeZQQYbYS6WxSbIA', state: request.state })
const again = (requestHeaders = {}, status = 400) =>
  navigate({ url: callback, requestHeaders, status, body: '<html></html>' })

export default {
  fail: {
    'at once': record(serverLogin(), wait(200), again()),
    'a prefetch': record(serverLogin(), wait(200), again({ 'Sec-Purpose': 'prefetch' })),
    'minutes later': record(serverLogin(), wait(120_000), again()),
    'the first was cut short': record(
      serverLogin({
        callback: { status: undefined, error: 'net::ERR_ABORTED', location: undefined, headers: {} } as never,
      }),
      wait(100),
      again(),
    ),
  },
  pass: {
    'a page of the client loads its URL again, so that its cookie comes': record(
      serverLogin({
        start: { headers: { 'Set-Cookie': 'login=1; SameSite=Strict' } },
        callback: { status: 200, location: undefined, headers: {}, body: '<html></html>' } as never,
      }),
      again({ Cookie: 'login=1' }, 500),
    ),
    once: record(serverLogin()),
    'twice and both went well': record(serverLogin(), wait(200), again({}, 200)),
    'the first failed already': record(
      serverLogin({ callback: { status: 500, headers: {} } }),
      wait(3000),
      again({}, 500),
    ),
    'the first failed already, on a page with status 200': record(
      serverLogin({
        callback: { status: 200, location: undefined, headers: {}, body: 'Token request failed' } as never,
      }),
      wait(3000),
      again({}, 400),
    ),
    'a redirect carries the code on': record(
      navigate([
        { url: `${client}/login` },
        { url: url(`${server}/authorize`, request) },
        { url: url(request.redirect_uri, { code: 'c', state: request.state }) },
        { url: url(`${request.redirect_uri}/`, { code: 'c', state: request.state }), status: 500 },
      ]),
    ),
    'a page’s login': record(codeLogin()),
  },
  notApplicable: { 'no code came': record(navigate({ url: url(`${server}/authorize`, request), status: 400 })) },
} satisfies RuleCases
