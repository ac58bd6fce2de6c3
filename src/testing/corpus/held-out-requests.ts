import {
  api,
  authorize,
  call,
  codeLogin,
  idTokenClaims,
  jwt,
  client,
  code,
  errorPage,
  event,
  handover,
  navigate,
  redeem,
  request,
  server,
  serverLogin,
  url,
  verifier,
  tokenError,
  type HopSpec,
  START,
  seconds,
} from '../builders'
import { refresh, renewed } from '../refresh'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'
import { html, page, signInPage } from './situation'

const django = 'https://github.com/django/django'
const nodeServer = 'https://github.com/oauthjs/node-oauth2-server'

/** The server leads from the request to its sign-in page. */
const ledToSignIn = navigate([
  { url: url(`${server}/authorize`, request) },
  { url: `${server}/accounts/login/`, body: signInPage('Sign in') },
])

const signInAnswered = (status: number, body: string) =>
  navigate(
    { url: `${server}/accounts/login/`, form: { username: 'ada', password: 'lovelace' }, status, body },
    { initiator: server },
  )

const feathers = 'https://github.com/feathersjs/feathers'
const casdoor = 'https://github.com/casdoor/casdoor-js-sdk'

const homePage = navigate({ url: `${client}/`, body: html })
/** A login of a client with a server, which keeps its state in a cookie and sends the browser to this place in the end. */
const ledHomeTo = (place: string) =>
  navigate([
    { url: `${client}/login`, headers: { 'Set-Cookie': 'state=x1; Path=/; Secure; HttpOnly' } },
    { url: url(`${server}/authorize`, request) },
    { url: url(request.redirect_uri, { code, state: request.state }), requestHeaders: { Cookie: 'state=x1' } },
    { url: `${client}${place}`, requestHeaders: { Cookie: 'state=x1' }, body: html },
  ])

const rubyServer = 'https://github.com/nov/openid_connect'

const refreshWithoutClient = (answer: Partial<HopSpec>) => refresh('r1', answer, 1, { client_id: undefined })

const idToken = jwt(idTokenClaims)

const callWith = (token: string, status: number, challenge = '', path = '/orders') =>
  call(
    {
      url: `${api}${path}`,
      requestHeaders: { Authorization: `Bearer ${token}` },
      status,
      headers: {
        'Access-Control-Allow-Origin': client,
        ...(challenge !== '' && { 'WWW-Authenticate': `Bearer ${challenge}` }),
      },
    },
    { initiator: client },
  )

/** A login, and the call that the page makes with its ID token; a 401 makes it begin again. */
const turnWith = (turn: string, status: number) => [
  authorize({ request: { state: turn }, response: { code: turn } }),
  redeem({ response: { code: turn }, idToken: { jti: turn } }),
  callWith(
    jwt({ ...idTokenClaims, jti: turn }),
    status,
    status === 401 ? `error="invalid_token", error_description="jwt issuer invalid. expected: ${server}/"` : '',
  ),
]

const issuedAhead = (ahead: number) => ({
  idToken: { iat: seconds(START) + ahead, exp: seconds(START) + 7200 },
  tokenCall: { headers: { 'Access-Control-Allow-Origin': client, Date: new Date(START).toUTCString() } },
})

const escaped = url(`${server}/authorize`, request).replaceAll('&', '&amp;')

const answered = authorize({ place: { initiator: server } })

/** Rebuilt from logins in which requests, tokens and calls of an API went wrong, and their healthy neighbours. */
export const heldOutRequests: readonly CorpusEntry[] = [
  heldOut(
    'own-form-refused',
    'authorization request',
    'Behind a proxy the server takes its own sign-in form for one of another site',
    django,
    {
      rootCause: 'authorization-server-page-failed',
      owner: 'authorization_server',
      likeliest: 'policy-denied',
      not: ['authorization-request-refused', 'client-id-unknown', 'redirect-uri-not-registered'],
    },
    ledToSignIn,
    signInAnswered(403, page('Forbidden. The request was aborted, because its origin is another one.')),
  ),
  heldOut(
    'wrong-password-with-a-status',
    'healthy',
    'The server answers a wrong password 403 with its form; the next one is right',
    django,
    { rootCause: null },
    ledToSignIn,
    signInAnswered(403, signInPage('Sign in')),
    answered,
    redeem(),
  ),
  heldOut(
    'request-by-post',
    'authorization request',
    'The authorization endpoint is there for GET only, and the client sends its request as a form',
    nodeServer,
    {
      rootCause: 'authorization-endpoint-not-found',
      owner: 'client',
      fix: `${server}/authorize`,
      not: ['authorization-request-refused'],
    },
    navigate(
      { url: `${server}/authorize`, form: { ...request }, status: 404, body: page('Cannot POST /authorize') },
      { initiator: 'https://app.example' },
    ),
  ),
  heldOut(
    'request-by-post-taken',
    'healthy',
    'The client sends its request as a form, which the server takes',
    'https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest',
    { rootCause: null },
    navigate(
      { url: `${server}/authorize`, form: { ...request }, body: signInPage('Sign in') },
      { initiator: 'https://app.example' },
    ),
    answered,
    redeem(),
  ),
  heldOut(
    'bare-status',
    'authorization request',
    'The server answers every request at this host name with its status and no other word',
    django,
    { rootCause: 'authorization-request-refused', likeliest: 'answered-by-gateway' },
    errorPage({ authorization: { body: '<html><body><h1>Bad Request (400)</h1></body></html>' } }),
  ),
  heldOut(
    'error-in-fragment-of-client',
    'callback',
    'The client’s server sends the browser home with the error in the fragment, for the script of the page',
    feathers,
    { rootCause: 'client-reported-error', owner: 'client' },
    homePage,
    ledHomeTo('/#error=Only%20members%20of%20the%20staff%20may%20log%20in'),
  ),
  heldOut(
    'token-in-fragment-of-client',
    'healthy',
    'The client’s server sends the browser home with a token of its own in the fragment',
    feathers,
    { rootCause: null },
    homePage,
    ledHomeTo('/#access_token=2YotnFZFEjr1zCsicMWpAA'),
  ),
  heldOut(
    'handover-refused-with-200',
    'callback',
    'The client’s server answers every call 200, and says in the body that the server knows no such client',
    casdoor,
    { rootCause: 'callback-error', owner: 'client', likeliest: 'client-secret-wrong', not: ['code-redeemed-twice'] },
    authorize(),
    handover({ body: { status: 'error', msg: 'oauth2: "invalid_client" "Client authentication failed"', data: null } }),
  ),
  heldOut(
    'handover-taken-with-200',
    'healthy',
    'The client’s server answers the code with the state of things and no token, which it keeps in a cookie',
    casdoor,
    { rootCause: null },
    authorize(),
    handover({ body: { status: 'ok', msg: '', data: { user: 'ada' }, error: null } }),
  ),
  heldOut(
    'ampersand-escaped',
    'authorization request',
    'The client escapes its URL as for HTML, in a Location header, and the server misses all but the first parameter',
    'https://www.php.net/manual/en/function.http-build-query.php',
    { rootCause: 'parameters-html-escaped', owner: 'client', not: ['client-id-unknown', 'parameter-refused'] },
    navigate([
      { url: `${client}/login.php` },
      {
        url: escaped,
        status: 400,
        body: { error: 'invalid_request', error_description: 'Missing parameter: `client_id`' },
      },
    ]),
  ),
  heldOut(
    'ampersand-escaped-and-read',
    'healthy',
    'The server takes the semicolon of an escaped ampersand for a separator',
    'https://www.w3.org/TR/html401/appendix/notes.html#h-B.2.2',
    { rootCause: null },
    navigate([{ url: escaped }, { url: url(request.redirect_uri, { code, state: request.state }), body: html }]),
    redeem(),
  ),
  heldOut(
    'form-action-at-the-start',
    'authorization request',
    'The login begins with a form, and the policy of its page forbids the redirect to the server, which no request shows',
    'https://www.w3.org/TR/CSP3/#directive-form-action',
    {
      rootCause: 'blocked-by-content-security-policy',
      owner: 'client',
      fix: server,
    },
    navigate({ url: `${client}/`, headers: { 'Content-Security-Policy': "form-action 'self'" }, body: html }),
    navigate(
      {
        url: `${client}/login`,
        form: {},
        status: 302,
        location: url(`${server}/authorize`, request),
        error: 'net::ERR_ABORTED',
      },
      { initiator: client },
    ),
  ),
  heldOut(
    'form-left-at-the-start',
    'healthy',
    'The login begins with a form; the user clicks twice, and the browser drops the first redirect for the second',
    'https://html.spec.whatwg.org/multipage/browsing-the-web.html#navigate',
    { rootCause: null },
    navigate({ url: `${client}/`, headers: { 'Content-Security-Policy': `form-action 'self' ${server}` }, body: html }),
    navigate(
      {
        url: `${client}/login`,
        form: {},
        status: 302,
        location: url(`${server}/authorize`, { ...request, state: 'left' }),
        error: 'net::ERR_ABORTED',
      },
      { initiator: client },
    ),
    authorize(),
    redeem(),
  ),
  heldOut(
    'another-issuer-at-the-api',
    'API',
    'The API takes ID tokens, but of an issuer with a slash at its end; the page begins another login',
    'https://github.com/auth0/node-jsonwebtoken',
    { rootCause: 'access-token-issuer-refused', owner: 'resource_server', not: ['id-token-as-access-token'] },
    ...turnWith('a', 401),
    ...turnWith('b', 401),
  ),
  heldOut(
    'renewed-for-another-issuer',
    'healthy',
    'The API refuses a token of the old issuer once, and takes the new one',
    'https://www.rfc-editor.org/rfc/rfc6750#section-3.1',
    { rootCause: null },
    ...turnWith('a', 401),
    ...turnWith('b', 200),
  ),
  heldOut(
    'id-token-without-scope',
    'API',
    'The API, to which the page sends its ID token, misses a scope',
    'https://github.com/auth0/node-oauth2-jwt-bearer',
    { rootCause: 'id-token-as-access-token', owner: 'client' },
    codeLogin(),
    callWith(idToken, 403, 'error="insufficient_scope", scope="orders.read"'),
  ),
  heldOut(
    'id-token-taken-elsewhere',
    'API',
    'The API takes ID tokens, and misses a scope for one call',
    'https://github.com/auth0/node-oauth2-jwt-bearer',
    { rootCause: 'insufficient-scope', not: ['id-token-as-access-token'] },
    codeLogin(),
    callWith(idToken, 200),
    callWith(idToken, 403, 'error="insufficient_scope", scope="orders.read"', '/orders/open'),
  ),
  heldOut(
    'token-request-without-client',
    'refresh',
    'The page renews its token without its client_id, and the server says that it is required',
    rubyServer,
    { rootCause: 'token-request-refused', owner: 'client', fix: 'client_id' },
    codeLogin({ tokenAnswer: { refresh_token: 'r1' } }),
    refreshWithoutClient(tokenError('invalid_request', { error_description: "'client_id' required." })),
  ),
  heldOut(
    'refresh-without-client',
    'healthy',
    'The page renews its token without its client_id, and the server knows whose token it is',
    rubyServer,
    { rootCause: null },
    codeLogin({ tokenAnswer: { refresh_token: 'r1' } }),
    refreshWithoutClient(renewed('r2')),
  ),
  heldOut(
    'plain-challenge-hashed',
    'token endpoint',
    'The server knows S256 only, passes over the method plain, and finds at the end that the verifier does not fit',
    rubyServer,
    { rootCause: 'pkce-method-unsupported', owner: 'client', not: ['pkce-verifier-mismatch'] },
    codeLogin({
      request: { code_challenge: verifier, code_challenge_method: 'plain' },
      tokenCall: tokenError('invalid_grant', { error_description: 'PKCE verification failed' }),
    }),
  ),
  heldOut(
    'plain-challenge-taken',
    'healthy',
    'A plain challenge that the server compares as such',
    'https://www.rfc-editor.org/rfc/rfc7636#section-4.6',
    { rootCause: null, says: 'pkce-plain' },
    codeLogin({ request: { code_challenge: verifier, code_challenge_method: 'plain' } }),
  ),
  heldOut(
    'tokens-from-the-future',
    'ID token',
    'The service that issues tokens is ten minutes ahead of the proxy that dates its answers; the client stops',
    'https://github.com/IdentityModel/oidc-client-js',
    { rootCause: 'id-token-issued-in-future', owner: 'authorization_server', not: ['client-clock-skew'] },
    codeLogin(issuedAhead(600)),
  ),
  heldOut(
    'tokens-a-little-ahead',
    'healthy',
    'The service that issues tokens is two minutes ahead, which clients forgive',
    'https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation',
    { rootCause: null },
    codeLogin(issuedAhead(120)),
  ),
  heldOut(
    'popup-without-opener',
    'healthy',
    'The popup redeems its own code, and the page that opened it isolates itself and hears nothing of it',
    'https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-opener-policies',
    { rootCause: null, says: 'coop-severs-popup' },
    navigate({ url: `${client}/`, headers: { 'Cross-Origin-Opener-Policy': 'same-origin' }, body: html }),
    event((at) => ({ type: 'tab.opened', tabId: 9, openerTabId: 1, at })),
    codeLogin({ place: { tab: 9, initiator: client } }),
  ),
  heldOut(
    'firewall-at-the-callback',
    'callback',
    'A firewall in front of the client objects to the query of the callback, with a page of its own',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
    { rootCause: 'answered-by-gateway', owner: 'network' },
    homePage,
    serverLogin({ callback: { status: 403, headers: { Server: 'gate/2.0' }, body: page('403 Forbidden') } }),
  ),
  heldOut(
    'own-refusal-at-the-callback',
    'callback',
    'The client refuses at its callback, with a page that comes from where its good ones do',
    'https://flask.palletsprojects.com/en/stable/patterns/viewdecorators/',
    { rootCause: 'callback-error', owner: 'client', not: ['answered-by-gateway'] },
    navigate({ url: `${client}/`, headers: { Server: 'app' }, body: html }),
    serverLogin({ callback: { status: 401, headers: { Server: 'app' }, body: page('Unauthorized') } }),
  ),
  heldOut(
    'callback-packed-twice',
    'callback',
    'The proxy packs an answer of the callback that was packed already',
    'https://www.rfc-editor.org/rfc/rfc9110#section-8.4',
    { rootCause: 'callback-unreachable', owner: 'client', fix: 'Content-Encoding' },
    homePage,
    authorize({ callback: { status: 200, error: 'net::ERR_CONTENT_DECODING_FAILED' } }),
  ),
]
