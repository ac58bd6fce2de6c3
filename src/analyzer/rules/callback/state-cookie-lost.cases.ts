import type { LoginSpec, HopSpec } from '../../../testing/builders'
import { client, codeLogin, navigate, record, request, server, serverLogin, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

/** A login whose start sets this cookie and whose callback answers 400, sent these cookies. */
const refused = (
  cookie: string | readonly string[],
  sent?: string,
  more: LoginSpec & { start?: Partial<HopSpec> } = {},
) =>
  record(
    serverLogin({
      start: { headers: { 'Set-Cookie': cookie }, ...more.start },
      callback: { status: 400, headers: {}, requestHeaders: sent === undefined ? {} : { Cookie: sent } },
      ...more,
    }),
  )

const formPost = (cookie: string, status = 400) =>
  record(
    navigate([
      { url: `${client}/login`, headers: { 'Set-Cookie': cookie } },
      { url: url(`${server}/authorize`, { ...request, response_mode: 'form_post' }), body: '<form></form>' },
    ]),
    navigate(
      {
        url: request.redirect_uri,
        form: { code: 'c', state: request.state },
        requestHeaders: { Origin: server, 'Sec-Fetch-Site': 'cross-site' },
        status,
      },
      { initiator: server },
    ),
  )

/** A login of a server that ends on this page of the client. */
const endsAt = (body: string, set: string | readonly string[], sent?: string) =>
  record(
    navigate([
      { url: `${client}/login`, headers: { 'Set-Cookie': set } },
      { url: url(`${server}/authorize`, request) },
      {
        url: url(request.redirect_uri, { code: 'c', state: request.state }),
        requestHeaders: sent === undefined ? {} : { Cookie: sent },
      },
      { url: `${client}/`, body: `<!doctype html><body>${body}</body>` },
    ]),
  )
const strict = 'st=1; Path=/; Secure; SameSite=Strict'

/** A callback that came without the cookie of the login, and leads on without a word. */
const ledOn = (landing: HopSpec, callback: Partial<HopSpec> = {}) =>
  record(
    navigate([
      { url: `${client}/login`, headers: { 'Set-Cookie': strict } },
      { url: url(`${server}/authorize`, request), body: '<form></form>' },
    ]),
    navigate(
      [
        { url: url(`${server}/authorize`, request), form: { consent: 'yes' }, status: 302 },
        { url: url(request.redirect_uri, { code: 'c', state: request.state }), ...callback },
        landing,
      ],
      { initiator: server },
    ),
  )
const offer = '<html><body><form action="/login"><button>Log in</button></form></body></html>'

/** The same, and the callback leads nowhere. */
const stayed = (callback: Partial<HopSpec>) =>
  record(
    navigate([
      { url: `${client}/login`, headers: { 'Set-Cookie': strict } },
      { url: url(`${server}/authorize`, request), body: '<form></form>' },
    ]),
    navigate(
      [
        { url: url(`${server}/authorize`, request), form: { consent: 'yes' }, status: 302 },
        { url: url(request.redirect_uri, { code: 'c', state: request.state }), ...callback },
      ],
      { initiator: server },
    ),
  )
/** A login that begins without a cookie and fails with this text. */
const bare = (body: string, headers: HopSpec['headers'] = {}) =>
  record(serverLogin({ start: { headers }, callback: { status: 500, headers: {}, requestHeaders: {}, body } }))
const link = '<html><body><h1>Sesja</h1><a href="/login">Zaloguj</a></body></html>'
const end = '<html><body><h1>Sesja</h1></body></html>'

export default {
  fail: {
    'Strict, and the page of the callback links to the login': stayed({ body: link }),
    'Strict, set anew by the callback, and the login is offered again': ledOn(
      { url: `${client}/`, body: link, headers: { 'Set-Cookie': 'st=3; Path=/; Secure; SameSite=Strict' } },
      { headers: { 'Set-Cookie': 'st=2; Path=/; Secure; SameSite=Strict' } },
    ),
    'a session of the page before, Strict, and the page of the callback links to the login': record(
      navigate({ url: `${client}/`, headers: { 'Set-Cookie': strict }, body: link }),
      navigate([
        { url: `${client}/login`, requestHeaders: { Cookie: 'st=1' } },
        { url: url(`${server}/authorize`, request), body: '<form></form>' },
      ]),
      navigate(
        [
          { url: url(`${server}/authorize`, request), form: { consent: 'yes' }, status: 302 },
          {
            url: url(request.redirect_uri, { code: 'c', state: request.state }),
            headers: { 'Set-Cookie': 'st=2; Path=/; Secure; SameSite=Strict' },
            body: link,
          },
        ],
        { initiator: server },
      ),
    ),
    'Strict, and the callback answers in a bare text': {
      recording: stayed({ body: 'Logged in as ada' }),
      rootCause: null,
    },
    'Strict, set anew, and the page of the callback leaves nothing to do': {
      recording: stayed({ body: end, headers: { 'Set-Cookie': 'st=2; Path=/; Secure; SameSite=Strict' } }),
      rootCause: null,
    },
    'none was ever set, and the callback fails over the state that it misses': bare(
      '<pre>TypeError: checks.state argument is missing</pre>',
    ),
    'Strict, and no word of the client': ledOn({ url: `${client}/`, body: '<html><body>Hello</body></html>' }),
    'Strict, and the login is offered again': ledOn(
      { url: `${client}/`, requestHeaders: { Cookie: 'visitor=7' }, body: offer },
      { requestHeaders: { Cookie: 'visitor=7' } },
    ),
    'Lax and form_post': { recording: formPost('st=1; Path=/; Secure; SameSite=Lax'), owner: 'client' },
    'no SameSite and form_post, answered 500': formPost('st=1; Path=/', 500),
    'another path': refused('st=1; Path=/login'),
    'another host': refused('st=1; Path=/', undefined, {
      request: { redirect_uri: 'https://www.app.example/callback' },
    }),
    'expired on the way': refused('st=1; Path=/; Max-Age=1', undefined, { authorization: { takes: 2500 } }),
    'too large': refused(`st=${'x'.repeat(5000)}; Path=/`),
    'no reason to be seen': { recording: refused('st=1; Path=/; Secure'), owner: 'browser' },
    'two copies': refused('st=1; Path=/', 'st=0; st=1'),
    'overwritten by another login': refused('st=1; Path=/', 'st=2'),
    'a session of before, and form_post': record(
      navigate([
        { url: `${client}/login`, requestHeaders: { Cookie: 'sid=1' } },
        { url: url(`${server}/authorize`, { ...request, response_mode: 'form_post' }), body: '<form></form>' },
      ]),
      navigate(
        {
          url: request.redirect_uri,
          form: { code: 'c', state: request.state },
          requestHeaders: { Origin: server },
          status: 403,
        },
        { initiator: server },
      ),
    ),
    'the client reports it by a redirect': record(
      navigate([
        { url: `${client}/login`, headers: { 'Set-Cookie': 'st=1; Path=/login' } },
        { url: url(`${server}/authorize`, request) },
        { url: url(request.redirect_uri, { code: 'c', state: request.state }) },
        { url: `${client}/error?error=Callback`, body: '<html></html>' },
      ]),
    ),
    'the client asks for a password again': endsAt('<form><input type="password"></form>', 'st=1; Path=/login'),
    'the client offers this login again': endsAt(
      '<form action="/login?from=%2F"><button>Sign in</button></form>',
      'st=1; Path=/login',
    ),
  },
  pass: {
    'a password is asked for, and the cookie had come back': endsAt('<input type="password">', 'st=1; Path=/', 'st=1'),
    'one of two cookies was lost, and a password is asked for': endsAt(
      '<input type="password">',
      ['st=1; Path=/login', 'nonce=2; Path=/'],
      'nonce=2',
    ),
    'Strict, and the callback sets a session all the same': ledOn(
      { url: `${client}/`, requestHeaders: { Cookie: 'sid=1' }, body: '<a href="/login">Switch account</a>' },
      { headers: { 'Set-Cookie': 'sid=1; Path=/' } },
    ),
    'Strict, and the callback sets a session at its own address': stayed({
      body: link,
      headers: { 'Set-Cookie': 'sid=1; Path=/' },
    }),
    'Strict, and the page of the callback has another link': stayed({
      body: '<html><body><a href="/orders">Orders</a></body></html>',
    }),
    'Strict, and the callback sets a session before a page that leaves nothing to do': stayed({
      body: end,
      headers: { 'Set-Cookie': 'sid=1; Path=/' },
    }),
    'Strict, and the page of the callback shows nothing': stayed({ body: '<html></html>' }),
    'Strict, and a cookie of before comes to a page that leaves nothing to do': stayed({
      body: end,
      requestHeaders: { Cookie: 'sid=1' },
    }),
    'Strict, and a cookie of before comes to a page with a link to the login': stayed({
      body: link,
      requestHeaders: { Cookie: 'sid=1' },
    }),
    'Strict, set anew by the callback, for a page whose script asks who is signed in': ledOn(
      { url: `${client}/`, body: `<a href="/login">Log in</a><script src="/app.js"></script>` },
      { headers: { 'Set-Cookie': 'st=2; Path=/; Secure; SameSite=Strict' } },
    ),
    'Strict, and the page behind is given something in its fragment': ledOn(
      { url: `${client}/`, body: '<script src="/app.js"></script>' },
      { location: `${client}/#token=8` },
    ),
    'Strict, and a session of the page before came': record(
      navigate({ url: `${client}/`, headers: { 'Set-Cookie': ['sid=1; Path=/', 'csrf=2; Path=/; SameSite=Strict'] } }),
      navigate([
        { url: `${client}/login`, requestHeaders: { Cookie: 'sid=1; csrf=2' } },
        { url: url(`${server}/authorize`, request), body: '<form></form>' },
      ]),
      navigate(
        [
          { url: url(`${server}/authorize`, request), form: { consent: 'yes' }, status: 302 },
          {
            url: url(request.redirect_uri, { code: 'c', state: request.state }),
            requestHeaders: { Cookie: 'sid=1' },
            status: 400,
          },
        ],
        { initiator: server },
      ),
    ),
    'none was ever set, and the callback fails over something else': bare('<pre>TypeError: fetch failed</pre>'),
    'none was set by a cache, and the callback fails over the state that it misses': bare(
      '<pre>TypeError: checks.state argument is missing</pre>',
      { Age: '60' },
    ),
    'Strict, set anew by the callback, and there from then on': ledOn(
      { url: `${client}/`, requestHeaders: { Cookie: 'st=2' }, body: '<a href="/login">Switch account</a>' },
      { headers: { 'Set-Cookie': 'st=2; Path=/; Secure; SameSite=Strict' } },
    ),
    'Strict, and a cookie of before may hold the session': ledOn(
      { url: `${client}/`, requestHeaders: { Cookie: 'sid=1' }, body: '<html><body>Hello</body></html>' },
      { requestHeaders: { Cookie: 'sid=1' } },
    ),
    'Strict, and the page is given something in its URL': ledOn({
      url: `${client}/welcome?ticket=8`,
      body: '<html><body>Hello</body></html>',
    }),
    'the cookie came back and something else failed': refused('st=1; Path=/', 'st=1'),
    'a healthy login': record(serverLogin()),
    'a healthy login that does not need it': record(
      serverLogin({ start: { headers: { 'Set-Cookie': 'hint=1; Path=/login' } } }),
    ),
    'a page’s login': record(codeLogin()),
  },
  notApplicable: {
    'no route for the callback': record(
      serverLogin({
        start: { headers: { 'Set-Cookie': 'st=1; Path=/login' } },
        callback: { status: 404, headers: {}, requestHeaders: {} },
      }),
    ),
  },
  indeterminate: {
    'the headers of the callback were not captured': {
      events: refused('st=1; Path=/login').events.filter(({ type }) => type !== 'request.headers'),
    },
    'the start was not recorded': record(
      navigate(
        [
          { url: url(`${server}/authorize`, request) },
          { url: url(request.redirect_uri, { code: 'c', state: request.state }), status: 400 },
        ],
        { initiator: client },
      ),
    ),
  },
} satisfies RuleCases
