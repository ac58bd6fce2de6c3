import {
  START,
  type HopSpec,
  call,
  client,
  codeLogin,
  errorPage,
  idTokenClaims,
  metadata,
  navigate,
  redeem,
  request,
  server,
  serverLogin,
  tokenError,
  url,
  wait,
} from '../builders'
import { refresh, renewed } from '../refresh'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'
import { page, signInPage } from './situation'

const jupyterHub = 'https://github.com/jupyterhub/jupyterhub'
const perlServer = 'https://github.com/Humanstate/net-oauth2-authorizationserver'
const nextAuth = 'https://github.com/nextauthjs/next-auth'

const hub = 'https://hub.example'
const callback = '/services/report/oauth_callback'

const asked = (state: string): string =>
  url(`${hub}/hub/api/oauth2/authorize`, {
    client_id: 'service-report',
    redirect_uri: callback,
    response_type: 'code',
    state,
  })
const answered = (state: string): string => url(hub + callback, { code: `code-for-${state}`, state })

const stateCookie = (path: string, value = 'sealed') => ({
  'Set-Cookie': `report-oauth-state=${value}; Path=${path}; Max-Age=600; Secure; HttpOnly`,
})
const session = 'hub-login=abc123'

/** A service of the hub, on its origin, sends the user to the hub, who signs in there, and is taken back to the request. */
const signIn = (path: string, ...after: readonly HopSpec[]) => [
  navigate([
    { url: `${hub}/services/report/`, headers: stateCookie(path) },
    { url: asked('first') },
    { url: url(`${hub}/hub/login`, { next: asked('first').slice(hub.length) }), body: signInPage('Sign in') },
  ]),
  wait(3000),
  navigate(
    [
      {
        url: url(`${hub}/hub/login`, { next: asked('first').slice(hub.length) }),
        form: { username: 'ada', password: 'pw' },
        headers: { 'Set-Cookie': `${session}; Path=/hub/; Secure; HttpOnly` },
      },
      ...after,
    ],
    { initiator: hub },
  ),
]

const atHub = { requestHeaders: { Cookie: session } }

/** Each turn the state holds where to go on to, which is the request of the turn before. */
const turns = (path: string, count: number): readonly HopSpec[] =>
  Array.from({ length: count }, (_, turn) => ['first', 'second', 'third', 'fourth', 'fifth'][turn]!).flatMap(
    (state, turn) => [
      { url: asked(state), ...atHub },
      {
        url: answered(state),
        requestHeaders: { Cookie: 'theme=dark' },
        ...(turn < count - 1
          ? { headers: stateCookie(path, 'x'.repeat(2 ** turn * 700)) }
          : { status: 503, body: page('Your server appears to be down') }),
      },
    ],
  )

const oktaMiddleware = 'https://github.com/okta/okta-oidc-middleware'
const goOidc = 'https://github.com/coreos/go-oidc'
const authlib = 'https://github.com/authlib/authlib'
const workersProvider = 'https://github.com/cloudflare/workers-oauth-provider'

const userInfo = (token: string, answer: Partial<HopSpec>) =>
  call(
    {
      url: `${server}/me`,
      requestHeaders: { Authorization: `Bearer ${token}` },
      headers: { 'Access-Control-Allow-Origin': client },
      ...answer,
    },
    { initiator: client },
  )

/** Rebuilt from logins with the software named as each one's source. */
export const heldOut4: readonly CorpusEntry[] = [
  heldOut(
    'redirect-uri-is-a-path',
    'healthy',
    'The redirect_uri is a path, which the server resolves against its own address',
    jupyterHub,
    { rootCause: null },
    ...signIn(
      callback,
      { url: asked('first'), ...atHub },
      {
        url: answered('first'),
        requestHeaders: { Cookie: 'report-oauth-state=sealed' },
        headers: { 'Set-Cookie': 'report=session; Path=/services/report/; Secure; HttpOnly' },
      },
      { url: `${hub}/services/report/`, requestHeaders: { Cookie: 'report=session' }, body: page('Report') },
    ),
  ),
  heldOut(
    'user-without-access',
    'authorization request',
    'The server takes the user back to the request after the sign-in, and refuses it for this user',
    jupyterHub,
    {
      rootCause: 'authorization-request-refused',
      likeliest: 'policy-denied',
      not: ['redirect-uri-malformed', 'client-id-unknown'],
    },
    ...signIn(callback, {
      url: asked('first'),
      ...atHub,
      status: 403,
      body: page('403: you may not use this service'),
    }),
  ),
  heldOut(
    'loop-with-growing-state',
    'callback',
    'The state cookie is for another path; the client starts over each time, until its state is too large for a cookie',
    jupyterHub,
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['redirect-loop', 'callback-error', 'server-error'] },
    ...signIn('/services/other/', ...turns('/services/other/', 5)),
  ),
  heldOut(
    'text-counts-up-parameters',
    'authorization request',
    'The request has no response_type, and the server says in one sentence all that may be wrong',
    perlServer,
    { rootCause: 'response-type-unsupported', owner: 'client', not: ['client-id-unknown'] },
    errorPage({
      request: { response_type: undefined },
      authorization: {
        status: 400,
        body: {
          error: 'invalid_request',
          error_description:
            'the request was missing one of: client_id, response_type; or response_type did not equal "code" or "token"',
        },
      },
    }),
  ),
  heldOut(
    'base-url-of-development',
    'authorization request',
    'The application is deployed with the base URL of development',
    nextAuth,
    { rootCause: 'redirect-uri-not-registered', owner: 'client' },
    errorPage({ request: { redirect_uri: 'http://localhost:3000/api/auth/callback/acme' } }),
  ),
  heldOut(
    'http-with-the-port-of-https',
    'authorization request',
    'Behind a TLS proxy the application writes http, with the port of https',
    'https://github.com/feathersjs/feathers',
    { rootCause: 'redirect-uri-not-registered', owner: 'client', fix: `${client}/oauth/callback` },
    errorPage({ request: { redirect_uri: 'http://app.example:443/oauth/callback' } }),
  ),
  heldOut(
    'script-begins-login-on-www',
    'callback',
    'A script asks the server of the page for the login, on a host that the callback is not on',
    nextAuth,
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['state-storage-origin-mismatch'] },
    call(
      {
        url: 'https://www.app.example/api/auth/signin/acme',
        form: { json: 'true' },
        headers: { 'Set-Cookie': 'auth.state=sealed; Path=/; Max-Age=900; Secure; HttpOnly; SameSite=Lax' },
      },
      { initiator: 'https://www.app.example' },
    ),
    navigate(
      [
        { url: url(`${server}/authorize`, request) },
        {
          url: url(request.redirect_uri, { code: 'abc', state: request.state }),
          status: 302,
          requestHeaders: { Cookie: 'theme=dark' },
        },
        { url: `${client}/api/auth/signin?error=OAuthCallback`, body: signInPage('Sign in') },
      ],
      { initiator: 'https://www.app.example' },
    ),
  ),
  heldOut(
    'shared-secret-signature-not-looked-at',
    'healthy',
    'The ID token of a public client is signed with a shared secret, and the client never looks at the signature',
    authlib,
    { rootCause: null },
    codeLogin({ idTokenHeader: { alg: 'HS256' } }),
  ),
  heldOut(
    'userinfo-repeated-after-renewal',
    'healthy',
    'UserInfo does not take the expired token; the client renews it and asks again',
    authlib,
    { rootCause: null },
    metadata(),
    codeLogin({ tokenAnswer: { expires_in: 2, refresh_token: 'r1' } }),
    wait(3000),
    userInfo('2YotnFZFEjr1zCsicMWpAA', {
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
    }),
    refresh('r1', renewed('r2')),
    userInfo('access-of-r2', { body: { sub: idTokenClaims.sub } }),
  ),
  heldOut(
    'one-url-for-tokens-and-revocation',
    'token endpoint',
    'The metadata names one URL for the token and the revocation endpoint',
    workersProvider,
    { rootCause: 'code-redeemed-twice', owner: 'client' },
    metadata({ revocation_endpoint: `${server}/token` }),
    codeLogin(),
    redeem({ tokenCall: tokenError('invalid_grant') }),
  ),
  heldOut(
    'clock-of-the-server-behind',
    'callback',
    'The clock of the authorization server is two hours behind, and the client’s server takes the ID token for too old',
    oktaMiddleware,
    { rootCause: 'server-clocks-differ', owner: 'authorization_server', not: ['callback-error', 'client-clock-skew'] },
    serverLogin({
      authorization: { headers: { Date: new Date(START - 7_200_000).toUTCString() } },
      callback: { status: 401, headers: { Date: new Date(START).toUTCString() }, body: page('Unauthorized') },
    }),
  ),
  heldOut(
    'bookmarked-sign-in-page',
    'callback',
    'The user bookmarked the page on which one signs in, and comes back with the state of an old login',
    goOidc,
    { rootCause: 'state-never-sent', owner: 'user', not: ['state-cookie-lost', 'callback-error'] },
    navigate([
      { url: url(`${server}/authorize`, request), requestHeaders: { 'Sec-Fetch-Site': 'none' } },
      {
        url: url(request.redirect_uri, { code: 'abc', state: request.state }),
        status: 400,
        body: page('state not found'),
      },
    ]),
  ),
  heldOut(
    'metadata-answered-by-a-reason',
    'discovery',
    'The server fails at its metadata, and its JSON says why: it thinks that it has another address',
    'https://github.com/CommunitySolidServer/CommunitySolidServer',
    { rootCause: 'server-error', owner: 'authorization_server' },
    call(
      {
        url: `${server}/.well-known/openid-configuration`,
        status: 500,
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: { name: 'InternalServerError', message: `The identifier ${server}/ is outside the configured space.` },
      },
      { initiator: client },
    ),
  ),
  heldOut(
    'signed-in-and-not-allowed',
    'callback',
    'The callback creates the session, and the page behind it lets this user not in',
    jupyterHub,
    {
      rootCause: 'callback-error',
      likeliest: 'account-refused-by-application',
      not: ['login-start-refused', 'state-cookie-lost'],
    },
    ...signIn(
      callback,
      { url: asked('first'), ...atHub },
      {
        url: answered('first'),
        requestHeaders: { Cookie: 'report-oauth-state=sealed' },
        headers: { 'Set-Cookie': 'report=session; Path=/services/report/; Secure; HttpOnly' },
      },
      {
        url: `${hub}/services/report/`,
        requestHeaders: { Cookie: 'report=session' },
        status: 403,
        body: page('403: Forbidden'),
      },
    ),
  ),
]
