import { type HopSpec, client, errorPage, navigate, request, server, serverLogin, url } from '../builders'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'

const passport = 'https://github.com/jaredhanson/passport'
const oauthServer = 'https://github.com/node-oauth/node-oauth2-server'

const failed = (words: string) => `<!doctype html><html><title>Error</title><body><pre>${words}</pre></body></html>`

/** The callback of a client with a server answers, and the login ends there. */
const answers = (callback: Partial<HopSpec>) => serverLogin({ callback })

const says = (words: string) => answers({ status: 500, headers: {}, body: failed(words) })

const session = 'sid=s2; Path=/; HttpOnly; Secure; SameSite=Lax'

/** The callback sets a session and leads to this page. */
const leadsTo = (landing: Partial<HopSpec>, callback: Partial<HopSpec> = {}) =>
  navigate([
    { url: `${client}/login`, headers: { 'Set-Cookie': 'st=1; Path=/; HttpOnly; Secure; SameSite=Lax' } },
    { url: url(`${server}/authorize`, request) },
    {
      url: url(request.redirect_uri, { code: 'c', state: request.state }),
      requestHeaders: { Cookie: 'st=1' },
      headers: { 'Set-Cookie': session },
      ...callback,
    },
    { url: `${client}/`, requestHeaders: { Cookie: 'st=1; sid=s2' }, ...landing },
  ])

const leadsToPlace = (query: string) => {
  const [name = '', value = ''] = query.split('=')
  return leadsTo({
    url: url(`${client}/`, { [name]: value }),
    body: '<!doctype html><html><body><div id="app"></div><script src="/app.js"></script></body></html>',
  })
}

/** What a callback says that fails inside the client's server, and what that leaves open. */
const told = (id: string, title: string, source: string, likeliest: string, words: string): CorpusEntry =>
  heldOut(id, 'callback', title, source, { rootCause: 'callback-error', owner: 'client', likeliest }, says(words))

/** The callback takes the login's cookie away and sends the browser to the start of the next login. */
const startsAnew = navigate([
  ...[0, 1, 2, 3, 4].flatMap((turn) => [
    { url: `${client}/login`, headers: { 'Set-Cookie': `st=${turn}; Path=/; HttpOnly; Secure; SameSite=Lax` } },
    { url: url(`${server}/authorize`, { ...request, state: `state-${turn}` }) },
    {
      url: url(request.redirect_uri, { code: `code-${turn}`, state: `state-${turn}` }),
      requestHeaders: { Cookie: `st=${turn}` },
      headers: { 'Set-Cookie': 'st=; Path=/; Max-Age=0' },
    },
  ]),
  { url: `${client}/login`, error: 'net::ERR_TOO_MANY_REDIRECTS' },
])

/** The authorization endpoint draws an object as a page of its site. */
const shows = (status: number, told: Readonly<Record<string, unknown>>) =>
  errorPage({
    request: { prompt: 'login' },
    authorization: {
      status,
      body: `<!doctype html><html><body><nav><a href="/">Home</a></nav><h2>Contents</h2><code>{<ul>${Object.entries(
        told,
      )
        .map(
          ([name, value]) =>
            `<li><b>&quot;</b>${name}<b>&quot;</b><i>: </i>&quot;${String(value).replaceAll('"', '&quot;')}&quot;</li>`,
        )
        .join('<i>,</i>')}</ul>}</code></body></html>`,
    },
  })

/** Callbacks that fail inside the client's server, and what their pages, statuses and headers tell of it. */
export const heldOutCallbacks: readonly CorpusEntry[] = [
  heldOut(
    'landing-fails',
    'callback',
    'The callback sets the session and leads to a page that fails for this user',
    passport,
    { rootCause: 'callback-error', owner: 'client', likeliest: 'landing-page-failed' },
    leadsTo({
      status: 500,
      body: failed('Error: no row for user 17<br> &nbsp; &nbsp;at load (/srv/app/users.js:12:14)'),
    }),
  ),
  heldOut(
    'landing-fails-without-session',
    'callback',
    'The callback sets nothing and leads to a page that fails: the code may be redeemed there',
    passport,
    { rootCause: 'callback-error', owner: 'client', likeliest: 'client-secret-wrong' },
    leadsTo({ status: 500, requestHeaders: { Cookie: 'st=1' } }, { headers: {} }),
  ),
  heldOut(
    'landing-warns',
    'healthy',
    'The page after the callback shows a user an error of something else',
    passport,
    { rootCause: null },
    leadsTo({
      body: '<!doctype html><html><body><h1>Orders</h1><p>TypeError: total is not a function</p><a href="/logout">Log out</a></body></html>',
    }),
  ),
  heldOut(
    'callback-behind-password',
    'callback',
    'The proxy in front of the application asks for a password at the callback, and the browser has none',
    oauthServer,
    {
      rootCause: 'callback-error',
      owner: 'client',
      likeliest: 'proxy-guards-callback',
      not: ['callback-unreachable'],
    },
    answers({
      status: 401,
      headers: { 'WWW-Authenticate': 'Basic realm="Staging"' },
      error: 'net::ERR_INVALID_AUTH_CREDENTIALS',
    }),
  ),
  told(
    'program-throws',
    'The login library calls what the session library does not have',
    passport,
    'client-program-failed',
    'TypeError: req.session.regenerate is not a function<br> &nbsp; &nbsp;at SessionManager.logIn (/srv/app/node_modules/login/manager.js:28:15)<br> &nbsp; &nbsp;at session (/srv/app/node_modules/token/state.js:39:26)',
  ),
  told(
    'program-throws-in-java',
    'The program reads a claim that this user does not have',
    'https://github.com/spring-projects/spring-security',
    'client-program-failed',
    'java.lang.NullPointerException: Cannot invoke &quot;String.toLowerCase()&quot; because &quot;email&quot; is null\n\tat com.shop.web.LoginController.callback(LoginController.java:58)',
  ),
  told(
    'program-misses-state',
    'The program reads the state of a session that does not have it',
    passport,
    'server-session-not-shared',
    'TypeError: Cannot read properties of undefined (reading &#39;state&#39;)\n    at callback (file:///srv/app/login.mjs:21:452)',
  ),
  told(
    'session-not-written',
    'The user cannot be written into the session',
    passport,
    'session-not-written',
    'Error: Failed to serialize user into session<br> &nbsp; &nbsp;at pass (/srv/app/node_modules/passport/lib/authenticator.js:296:19)',
  ),
  told(
    'session-store-down',
    'The session store of the client’s server refuses connections',
    'https://github.com/redis/ioredis',
    'client-service-unreachable',
    'Error: connect ECONNREFUSED 10.4.0.12:6379<br> &nbsp; &nbsp;at store.get (/srv/app/store.js:7:60)',
  ),
  told(
    'server-refuses-connection',
    'The authorization server refuses connections from the client’s server',
    'https://github.com/redis/ioredis',
    'token-endpoint-unreachable',
    'Error: connect ECONNREFUSED 10.4.0.12:443<br> &nbsp; &nbsp;at TCPConnectWrap.afterConnect (node:net:1555:16)',
  ),
  told(
    'token-answer-is-a-page',
    'The token URL is wrong, and a page is parsed as JSON',
    oauthServer,
    'answer-not-json',
    'SyntaxError: Unexpected token &#39;&lt;&#39;, &quot;&lt;!DOCTYPE &quot;... is not valid JSON\n    at JSON.parse (&lt;anonymous>)\n    at session (file:///srv/app/login.mjs:21:452)',
  ),
  told(
    'token-answer-is-a-page-in-go',
    'A page is parsed as JSON, in the words of Go',
    'https://pkg.go.dev/encoding/json',
    'answer-not-json',
    'invalid character &#39;&lt;&#39; looking for beginning of value',
  ),
  told(
    'user-profile-refused',
    'UserInfo refuses the client’s server',
    passport,
    'userinfo-refused',
    'InternalOAuthError: Failed to fetch user profile<br> &nbsp; &nbsp;at /srv/app/node_modules/oauth/lib/strategy.js:262:42',
  ),
  told(
    'token-not-obtained',
    'The token request fails, and the page does not say why',
    passport,
    'client-secret-wrong',
    'InternalOAuthError: Failed to obtain access token<br> &nbsp; &nbsp;at /srv/app/node_modules/oauth/lib/strategy.js:143:29',
  ),
  told(
    'token-request-without-redirect-uri',
    'The token request has no redirect_uri, which the words beside `invalid_request` name',
    oauthServer,
    'redirect-uri-differs-at-token',
    'Error: token endpoint said 400: {"error":"invalid_request","error_description":"Invalid request: `redirect_uri` is not a valid URI"}',
  ),
  heldOut(
    'maintenance',
    'callback',
    'The application is being deployed while the user signs in',
    'https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3',
    { rootCause: 'callback-error', owner: 'client', likeliest: 'application-in-maintenance' },
    answers({
      status: 503,
      headers: { 'Retry-After': '120' },
      body: '<!doctype html><html><body><h1>Back soon</h1></body></html>',
    }),
  ),
  heldOut(
    'error-handler-starts-login',
    'callback',
    'The callback fails, and the error handler of the application begins another login, without end',
    'https://github.com/auth0/express-openid-connect',
    { rootCause: 'redirect-loop', owner: 'client', likeliest: 'client-secret-wrong', not: ['state-cookie-lost'] },
    startsAnew,
  ),
  heldOut(
    'callback-limited',
    'callback',
    'The limiter of the application counts the callback, too',
    'https://www.rfc-editor.org/rfc/rfc6585#section-4',
    { rootCause: 'rate-limited', owner: 'client', fix: `${client}/auth/callback` },
    answers({ status: 429, headers: { 'Retry-After': '900' }, body: 'Too many requests, please try again later.' }),
  ),
  heldOut(
    'problem-in-a-page',
    'authorization request',
    'The server shows a problem document on a page with a menu: it does not know `prompt`',
    'https://www.rfc-editor.org/rfc/rfc9457',
    { rootCause: 'parameter-refused', owner: 'client', fix: 'prompt=login', not: ['client-id-unknown'] },
    shows(501, {
      title: 'Not Implemented',
      status: 501,
      detail: 'The "prompt" parameter is currently not implemented. Open a ticket.',
    }),
  ),
  heldOut(
    'grant-not-allowed-in-a-page',
    'authorization request',
    'The server shows on a page with a menu that the client may not use the grant of the code flow',
    'https://www.rfc-editor.org/rfc/rfc6749#section-5.2',
    { rootCause: 'client-not-authorized', owner: 'authorization_server', not: ['client-id-unknown'] },
    shows(400, {
      error: 'unsupported_grant_type',
      error_description: 'The current client is not allowed to use the authorization_code grant_type',
    }),
  ),
  heldOut(
    'exception-in-a-parameter',
    'callback',
    'The callback leads to a page of the client with the exception of its token request in a parameter of any name',
    'https://github.com/node-red/node-red',
    { rootCause: 'client-reported-error', owner: 'client', likeliest: 'client-secret-wrong' },
    leadsToPlace('notice=TokenError: Invalid client: client is invalid'),
  ),
  heldOut(
    'words-in-a-parameter',
    'healthy',
    'The callback leads to a page of the client with words in a parameter',
    'https://github.com/node-red/node-red',
    { rootCause: null },
    leadsToPlace('notice=Welcome: client overview'),
  ),
]
