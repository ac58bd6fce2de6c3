import { type HopSpec, authorize, call, client, metadata, navigate, request, server, url, wait } from '../builders'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'
import { signInPage } from './situation'

const openidConnect = 'https://github.com/nov/openid_connect'
const flask = 'https://github.com/pallets/flask'
const oauthServer = 'https://github.com/node-oauth/express-oauth-server'

const home = '<!doctype html><html><body><h1>Loja</h1><a href="/login">Entrar</a></body></html>'
const again = '<!doctype html><html><body><h1>Sessão</h1><p>Tente de novo.</p><a href="/login">Entrar</a></body></html>'
const welcome = '<!doctype html><html><body><h1>Olá</h1><a href="/login">Trocar de conta</a></body></html>'
const shell = '<!doctype html><html><body><div id="app"></div><script src="/app.js"></script></body></html>'

const phpNotice = (level: string, words: string) =>
  `<br />\n<b>${level}</b>:  ${words} in <b>/srv/www/callback.php</b> on line <b>22</b><br />\n`

const state = 'st=1; Path=/; HttpOnly; Secure; SameSite=Lax'

const serverSession = 'sid=1; Path=/; Secure; HttpOnly; SameSite=None'
const framed = { type: 'sub_frame', frame: 4, parentFrame: 0, initiator: client } as const

interface Hops {
  readonly home?: Partial<HopSpec>
  readonly start?: Partial<HopSpec>
  readonly callback: Partial<HopSpec>
  /** Where the callback leads; none: it answers itself. */
  readonly landing?: Partial<HopSpec>
}

/** A login of a client with a server, from its home page through the form of the authorization server. */
const login = (hops: Hops) => [
  navigate({ url: `${client}/`, body: home, ...hops.home }),
  wait(3000),
  navigate(
    [
      { url: `${client}/login`, headers: { 'Set-Cookie': state }, ...hops.start },
      { url: url(`${server}/authorize`, request), body: signInPage('Sign in') },
    ],
    { initiator: client },
  ),
  wait(8000),
  navigate(
    [
      { url: url(`${server}/authorize`, request), form: { username: 'mia', password: 'pw' } },
      {
        url: url(request.redirect_uri, { code: 'c', state: request.state }),
        requestHeaders: { Cookie: 'st=1' },
        ...hops.callback,
      },
      ...(hops.landing ? [{ url: `${client}/`, body: home, ...hops.landing }] : []),
    ],
    { initiator: server },
  ),
]

/** Nobody is signed in, the server may not ask, and the callback shows this page. */
const asksSilently = (body: string) => [
  navigate({ url: `${client}/`, body: home }),
  wait(3000),
  navigate(
    [
      { url: `${client}/login`, headers: { 'Set-Cookie': state } },
      { url: url(`${server}/authorize`, { ...request, prompt: 'none' }) },
      {
        url: url(request.redirect_uri, { error: 'login_required', state: request.state }),
        requestHeaders: { Cookie: 'st=1' },
        body,
      },
    ],
    { initiator: client },
  ),
]

const sets = (...cookies: readonly string[]) => ({ headers: { 'Set-Cookie': [...cookies, 'st=; Path=/; Max-Age=0'] } })
const cookieless = { requestHeaders: {} }

/** Logins of clients with a server whose cookies of the login or of the session are lost, and others whose are not. */
export const heldOutSessions: readonly CorpusEntry[] = [
  heldOut(
    'session-for-another-domain',
    'callback',
    'The callback sets its session for the domain of another shop, and the home page offers the login as before',
    openidConnect,
    { rootCause: 'session-cookie-lost', owner: 'client', not: ['state-cookie-lost'] },
    ...login({ callback: sets('sid=7; Path=/; Secure; Domain=loja.example'), landing: {} }),
  ),
  heldOut(
    'session-for-the-path-of-the-callback',
    'callback',
    'The callback sets its session for its own path only, and the home page offers the login as before',
    openidConnect,
    { rootCause: 'session-cookie-lost', owner: 'client', fix: 'Path=/', not: ['state-cookie-lost'] },
    ...login({ callback: sets('sid=7; Path=/callback; Secure'), landing: {} }),
  ),
  heldOut(
    'session-with-tokens-too-large',
    'callback',
    'The session lives in its cookie, the tokens make it too large, and the browser goes on sending the one of before',
    flask,
    { rootCause: 'session-cookie-lost', owner: 'client', not: ['state-cookie-lost'] },
    ...login({
      callback: { headers: { 'Set-Cookie': `st=${'t'.repeat(5700)}; HttpOnly; Path=/` } },
      landing: { requestHeaders: { Cookie: 'st=1' } },
    }),
  ),
  heldOut(
    'session-for-calls-of-the-page',
    'healthy',
    'The callback sets its session for the path of the API, which the page asks who is signed in',
    flask,
    { rootCause: null },
    ...login({
      callback: sets('sid=7; Path=/api; HttpOnly; Secure'),
      landing: { body: shell },
    }),
    call(
      { url: `${client}/api/me`, requestHeaders: { Cookie: 'sid=7' }, body: { name: 'mia' } },
      { initiator: client },
    ),
  ),
  heldOut(
    'session-beside-a-refused-cookie',
    'healthy',
    'The session was there before the login, and the callback sets only a preference, for a domain that is not its own',
    openidConnect,
    { rootCause: null },
    ...login({
      home: { headers: { 'Set-Cookie': 'sid=7; Path=/; HttpOnly; Secure; SameSite=Lax' } },
      start: { requestHeaders: { Cookie: 'sid=7' } },
      callback: {
        requestHeaders: { Cookie: 'sid=7; st=1' },
        ...sets('lang=pt; Path=/; Domain=loja.example'),
      },
      landing: { requestHeaders: { Cookie: 'sid=7' }, body: welcome },
    }),
  ),
  heldOut(
    'state-expired-at-a-page-of-the-callback',
    'callback',
    'The state cookie lives two seconds; the callback shows a page in another language that links to the login',
    openidConnect,
    { rootCause: 'state-cookie-lost', owner: 'client', fix: 'Max-Age=900' },
    ...login({
      start: { headers: { 'Set-Cookie': `${state}; Max-Age=2` } },
      callback: { ...cookieless, body: again },
    }),
  ),
  heldOut(
    'page-of-the-callback-links-to-the-login',
    'healthy',
    'The callback shows its page itself, with a link for another account; the state is sealed, and its cookie was never needed',
    openidConnect,
    { rootCause: null },
    ...login({
      start: { headers: { 'Set-Cookie': 'st=1; Path=/; Secure; SameSite=Strict' } },
      callback: { ...cookieless, headers: { 'Set-Cookie': 'sid=7; Path=/; HttpOnly' }, body: welcome },
    }),
  ),
  heldOut(
    'start-out-of-a-shared-cache',
    'infrastructure',
    'A cache in front of the client answers the start of the login, with the state of somebody else and without a cookie',
    openidConnect,
    { rootCause: 'auth-redirect-cached', owner: 'client', fix: 'Cache-Control: no-store', not: ['state-cookie-lost'] },
    ...login({ start: { headers: { Age: '312', 'X-Cache': 'HIT' } }, callback: { ...cookieless, body: again } }),
  ),
  heldOut(
    'start-without-a-cookie-behind-a-proxy',
    'callback',
    'The server takes the request for http and leaves its Secure cookie out; the callback fails over the state that it misses',
    'https://github.com/panva/openid-client',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['auth-redirect-cached'] },
    ...login({
      start: { headers: {} },
      callback: { ...cookieless, status: 500, body: '<pre>TypeError: checks.state argument is missing</pre>' },
    }),
  ),
  heldOut(
    'stateless-callback-behind-a-cache',
    'healthy',
    'Caches in front of the client pass the start of the login on; it sets no cookie, and the callback shows what it learnt',
    openidConnect,
    { rootCause: null },
    ...login({ start: { headers: { Age: '0', 'X-Cache': 'MISS' } }, callback: { ...cookieless, body: welcome } }),
  ),
  heldOut(
    'notices-of-php-and-a-reload',
    'callback',
    'The callback ends in notices of PHP, since the profile has no name; the user loads it again, with the code that is used up',
    oauthServer,
    { rootCause: 'callback-error', owner: 'client', not: ['callback-fetched-twice', 'state-cookie-lost'] },
    ...login({
      callback: {
        body:
          phpNotice('Warning', 'Undefined array key "name"') +
          phpNotice('Warning', 'Cannot modify header information - headers already sent by (output started at …)'),
      },
    }),
    wait(1500),
    navigate({
      url: url(request.redirect_uri, { code: 'c', state: request.state }),
      requestHeaders: { Cookie: 'st=1', 'Sec-Fetch-Site': 'none' },
      body: '<pre>Array\n(\n    [error] => invalid_grant\n)\n',
    }),
  ),
  heldOut(
    'notices-of-php-above-a-page',
    'healthy',
    'A new version of PHP gives advice above the page of a callback that worked',
    oauthServer,
    { rootCause: null },
    ...login({ callback: { body: phpNotice('Deprecated', 'Creation of dynamic property User::$name') + welcome } }),
  ),
  heldOut(
    'login-with-prompt-none',
    'authorization response',
    'The login that the user clicks on has prompt=none left in, and ends on a page in another language that leads nowhere',
    openidConnect,
    { rootCause: 'login-required-silent', owner: 'client', fix: 'prompt=none' },
    ...asksSilently('<!doctype html><html><body><h1>Não foi possível entrar</h1></body></html>'),
  ),
  heldOut(
    'question-with-prompt-none',
    'healthy',
    'The client asks with the whole window who is signed in, nobody is, and its callback shows the page for guests',
    'https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest',
    { rootCause: null },
    ...asksSilently(home),
  ),
  heldOut(
    'callback-behind-its-own-guard',
    'callback',
    'The guard of the application runs at the callback too: it sends every answer back to the login, and no code is redeemed',
    oauthServer,
    { rootCause: 'redirect-loop', owner: 'client', fix: '/callback', not: ['state-cookie-lost'] },
    navigate({ url: `${client}/`, headers: { 'Set-Cookie': 'sid=1; Path=/' }, body: home }),
    wait(2000),
    navigate([
      ...[0, 1, 2, 3, 4].flatMap((turn) => [
        { url: `${client}/login`, requestHeaders: { Cookie: 'sid=1' } },
        { url: url(`${server}/authorize`, { ...request, state: `state-${turn}` }) },
        {
          url: url(request.redirect_uri, { code: `code-${turn}`, state: `state-${turn}` }),
          requestHeaders: { Cookie: 'sid=1' },
        },
      ]),
      { url: `${client}/login`, error: 'net::ERR_TOO_MANY_REDIRECTS' },
    ]),
  ),
  heldOut(
    'page-of-the-callback-that-only-people-can-read',
    'healthy',
    'The Strict cookie of the login is lost, and the callback shows a page that leaves nothing to do, in words of its own',
    flask,
    { rootCause: null, says: 'state-cookie-lost' },
    ...login({
      start: { headers: { 'Set-Cookie': 'st=1; Path=/; Secure; SameSite=Strict' } },
      callback: { ...cookieless, body: '<!doctype html><html><body><h1>Ups</h1>Bitte noch einmal.</body></html>' },
    }),
  ),
  heldOut(
    'server-in-a-frame-without-its-cookies',
    'healthy',
    'In a frame the server’s session comes back nowhere: after the sign-in it shows its own account page, and the user gives up',
    openidConnect,
    { rootCause: null, says: 'idp-cookie-needs-secure-context' },
    navigate({ url: 'https://portal.example/', body: '<iframe></iframe>' }),
    navigate(
      [
        { url: `${client}/login`, headers: { 'Set-Cookie': state } },
        {
          url: url(`${server}/authorize`, request),
          headers: { 'Set-Cookie': serverSession },
          location: '/session/new',
        },
        { url: `${server}/session/new`, body: signInPage('Sign in') },
      ],
      framed,
    ),
    wait(5000),
    navigate(
      [
        {
          url: `${server}/session`,
          form: { username: 'mia', password: 'pw' },
          headers: { 'Set-Cookie': serverSession },
          location: '/account',
        },
        { url: `${server}/account`, body: '<html><h1>Your account</h1></html>' },
      ],
      { ...framed, initiator: server },
    ),
  ),
  heldOut(
    'page-left-before-its-code-is-redeemed',
    'callback',
    'A timer of the page goes home while the library still reads the metadata, and the code is never redeemed',
    openidConnect,
    { rootCause: 'code-not-redeemed', owner: 'client', fix: request.redirect_uri },
    metadata(),
    authorize({ callback: { body: shell } }),
    call(
      { url: `${server}/.well-known/openid-configuration`, error: 'net::ERR_ABORTED', takes: 120 },
      { initiator: client },
    ),
    navigate({ url: `${client}/`, body: shell }, { initiator: client }),
    wait(30_000),
  ),
  heldOut(
    'strict-session-begun-anew',
    'callback',
    'The session is Strict, so the callback begins another one, leads home without a word, and the login is offered again',
    oauthServer,
    { rootCause: 'state-cookie-lost', owner: 'client', fix: 'SameSite=Lax', not: ['session-cookie-lost'] },
    ...login({
      home: { headers: { 'Set-Cookie': 'PHPSESSID=1; Path=/; Secure; SameSite=Strict' } },
      start: { requestHeaders: { Cookie: 'PHPSESSID=1' }, headers: {} },
      callback: { ...cookieless, headers: { 'Set-Cookie': 'PHPSESSID=2; Path=/; Secure; SameSite=Strict' } },
      landing: { headers: { 'Set-Cookie': 'PHPSESSID=3; Path=/; Secure; SameSite=Strict' } },
    }),
  ),
]
