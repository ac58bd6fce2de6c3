import { type HopSpec, client, code, type Happening, navigate, request, server, url, wait } from '../builders'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'
import { page, signInPage } from './situation'

const omniauth = 'https://github.com/omniauth/omniauth_openid_connect'
const socialAuth = 'https://github.com/python-social-auth/social-app-django'
const allauth = 'https://github.com/pennersr/django-allauth'
const oauth2Go = 'https://github.com/golang/oauth2'
const nextAuth = 'https://github.com/nextauthjs/next-auth'
const fastifyOauth2 = 'https://github.com/fastify/fastify-oauth2'
const goOidc = 'https://github.com/coreos/go-oidc'
const flaskDance = 'https://github.com/singingwolfboy/flask-dance'

const asked = url(`${server}/authorizations/new`, {
  ...request,
  code_challenge: undefined,
  code_challenge_method: undefined,
})
const callback = url(request.redirect_uri, { code, state: request.state })

/** A client on a server: its start sets a cookie, the user signs in elsewhere, and the callback ends somewhere. */
const login = (
  cookie: string,
  ends: readonly HopSpec[],
  start: Partial<HopSpec> = {},
  authorization: string = asked,
): readonly Happening[] => [
  navigate({
    url: `${client}/`,
    body: `${page('Shop')}<a href="/auth/start">Sign in</a><a href="/auth/end">Log out</a>`,
  }),
  wait(800),
  navigate(
    [
      { url: `${client}/auth/start`, headers: { 'Set-Cookie': cookie }, ...start },
      { url: authorization, body: signInPage('Sign in') },
    ],
    { initiator: `${client}/` },
  ),
  wait(4000),
  navigate(
    [
      { url: `${server}/session`, form: { username: 'kari', password: 'pw' }, status: 303 },
      { url: authorization, status: 302 },
      ...ends,
    ],
    { initiator: server },
  ),
]

const session = { Cookie: 'rack.session=BAh7CkkiD3Nlc3Npb24' }
const setsSession = 'rack.session=BAh7CkkiD3Nlc3Npb24; path=/; HttpOnly'
const renewed = { 'Set-Cookie': 'rack.session=BAh7B0kiEX; path=/; HttpOnly' }

const failurePage = (message: string): HopSpec => ({
  url: `${client}/auth/failure?message=${message}&strategy=openid_connect`,
  requestHeaders: { Cookie: 'rack.session=BAh7B0kiEX' },
  body: `<!doctype html><html><body><h1>Sign in failed</h1><a href="/">Back</a></body></html>`,
})

const start = (landing: string): HopSpec => ({ url: `${client}/`, body: page(landing) })

const webmail =
  '<!doctype html><html><body><form action="/?_task=login" method="post"><input name="_user"><input name="_pass" type="password"></form><a href="/?_task=login&amp;_action=oauth">Login with Hafen</a></body></html>'

/** What came of the answer at clients on a server, with libraries that played no part in the making of the rules. */
export const heldOutServers: readonly CorpusEntry[] = [
  heldOut(
    'failure-page-names-invalid-client',
    'callback',
    'The secret is that of another environment; the client leads on to its failure page, renews its session and answers 200',
    omniauth,
    { rootCause: 'client-reported-error', owner: 'client', not: ['state-cookie-lost'] },
    ...login(setsSession, [
      { url: callback, requestHeaders: session, headers: renewed },
      failurePage('invalid_client'),
    ]),
  ),
  heldOut(
    'failure-page-after-strict-cookie',
    'callback',
    'The session cookie is SameSite=Strict; the client leads on to its failure page with a word of its own',
    omniauth,
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['client-reported-error'] },
    ...login(`${setsSession}; secure; SameSite=Strict`, [
      { url: callback, headers: renewed },
      failurePage('csrf_detected'),
    ]),
  ),
  heldOut(
    'failure-page-names-expired-id-token',
    'callback',
    'The clocks differ by hours; the client leads on to its failure page with a sentence about the ID token',
    omniauth,
    { rootCause: 'client-reported-error', owner: 'client' },
    ...login(setsSession, [
      { url: callback, requestHeaders: session, headers: renewed },
      failurePage('Invalid+ID+token%3A+Expired+token'),
    ]),
  ),
  heldOut(
    'failure-page-by-its-path',
    'callback',
    'The application lets nobody in whose mail domain is not on its list, and says so on a page of its own',
    socialAuth,
    { rootCause: 'client-reported-error', owner: 'client' },
    ...login('sessionid=feqo2alm; HttpOnly; Path=/; SameSite=Lax', [
      {
        url: callback,
        requestHeaders: { Cookie: 'sessionid=feqo2alm' },
        headers: { 'Set-Cookie': 'messages=W1siX19q; HttpOnly; Path=/' },
      },
      {
        url: `${client}/fehler/`,
        requestHeaders: { Cookie: 'sessionid=feqo2alm; messages=W1siX19q' },
        body: '<html><body><h1>Anmeldung nicht möglich</h1></body></html>',
      },
    ]),
  ),
  heldOut(
    'returns-to-a-filter-on-errors',
    'healthy',
    'The user had opened a list of errors, and the login takes him back there',
    socialAuth,
    { rootCause: null, not: ['client-reported-error'] },
    ...login(
      'sessionid=6fzu6pcw; HttpOnly; Path=/; SameSite=Lax',
      [
        {
          url: callback,
          requestHeaders: { Cookie: 'sessionid=6fzu6pcw' },
          headers: { 'Set-Cookie': 'sessionid=3d68mxpt; HttpOnly; Path=/; SameSite=Lax' },
        },
        {
          url: `${client}/?error=5xx&level=failed`,
          requestHeaders: { Cookie: 'sessionid=3d68mxpt' },
          body: page('Hello'),
        },
      ],
      { url: `${client}/auth/start?next=/%3Ferror%3D5xx%26level%3Dfailed` },
    ),
  ),
  heldOut(
    'failure-told-with-status-200',
    'callback',
    'The callback itself shows the failure, under its menu, with status 200',
    allauth,
    { rootCause: 'callback-error', owner: 'client' },
    ...login('sessionid=tvenn3g5; HttpOnly; Path=/; SameSite=Lax', [
      {
        url: callback,
        requestHeaders: { Cookie: 'csrftoken=nmaTSsAB; sessionid=tvenn3g5' },
        body: '<!doctype html><html><head><title>Social Network Login Failure</title></head><body><ul><li><a href="/accounts/login/">Sign In</a></li></ul><h1>Social Network Login Failure</h1><p>An error occurred while attempting to login via your social network account.</p></body></html>',
      },
    ]),
  ),
  ...[
    ['strict', 'SameSite=Strict'],
    ['expired', 'Max-Age=3'],
    ['none-without-secure', 'SameSite=None'],
  ].map(([name, attribute]) =>
    heldOut(
      `dropped-in-silence-${name}`,
      'callback',
      `The state cookie does not come back (${attribute}), and the callback leads to the start page without a word`,
      oauth2Go,
      { rootCause: 'state-cookie-lost', owner: 'client' },
      ...login(`oauthstate=119a679c; Path=/; HttpOnly; ${attribute}`, [
        { url: callback, status: 307 },
        { url: `${client}/`, body: `${page('Photos')}<a href="/auth/start">Log in</a>` },
      ]),
    ),
  ),
  heldOut(
    'back-to-the-start-page',
    'healthy',
    'The callback sets the session and leads to the start page, which speaks of errors in its menu',
    oauth2Go,
    { rootCause: null, not: ['state-cookie-lost', 'callback-error'] },
    ...login('oauthstate=12caf079; Path=/; HttpOnly', [
      {
        url: callback,
        status: 307,
        requestHeaders: { Cookie: 'oauthstate=12caf079' },
        headers: { 'Set-Cookie': 'session=MTc5NTI3; Path=/; HttpOnly' },
      },
      {
        url: `${client}/`,
        requestHeaders: { Cookie: 'oauthstate=12caf079; session=MTc5NTI3' },
        body: `<html><body><ul><li><a href="/errors">Errors</a></li><li><a href="/auth/start">Switch account</a></li></ul><h1>Hello</h1></body></html>`,
      },
    ]),
  ),
  heldOut(
    'account-not-linked',
    'callback',
    'The application has a user with this e-mail address by another provider, and lets nobody else have it',
    nextAuth,
    { rootCause: 'client-reported-error', owner: 'client' },
    ...login('__Secure-next-auth.state=eyJhbGci; Path=/; HttpOnly; Secure; SameSite=Lax', [
      {
        url: callback,
        requestHeaders: { Cookie: '__Secure-next-auth.state=eyJhbGci' },
        headers: { 'Set-Cookie': '__Secure-next-auth.state=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax' },
      },
      {
        ...start('To confirm your identity, sign in with the same account.'),
        url: `${client}/auth/signin?error=OAuthAccountNotLinked`,
      },
    ]),
  ),
  heldOut(
    'reason-phrase-in-json',
    'callback',
    'The server takes no Basic authentication; the framework answers JSON whose error is the words of its status',
    fastifyOauth2,
    { rootCause: 'callback-error', owner: 'client' },
    ...login('oauth2-redirect-state=eOU5XI5; Path=/; HttpOnly; SameSite=Lax', [
      {
        url: callback,
        requestHeaders: { Cookie: 'oauth2-redirect-state=eOU5XI5' },
        status: 500,
        body: { statusCode: 500, error: 'Internal Server Error', message: 'Response Error: 401 Unauthorized' },
      },
    ]),
  ),
  heldOut(
    'audience-of-another-service',
    'callback',
    'The client expects the identifier of its API as the audience of ID tokens',
    goOidc,
    { rootCause: 'callback-error', owner: 'client' },
    ...login('state=5_7ecW8H; Path=/; HttpOnly', [
      {
        url: callback,
        requestHeaders: { Cookie: 'state=5_7ecW8H' },
        status: 500,
        headers: { 'Content-Type': 'text/plain' },
        body: 'Failed to verify ID Token: oidc: expected audience "reports-api" got ["go"]',
      },
    ]),
  ),
  heldOut(
    'sign-in-page-again',
    'callback',
    'The secret is wrong; the callback shows the sign-in page of the application again, whose message a script draws',
    'https://github.com/roundcube/roundcubemail',
    { rootCause: 'callback-error', owner: 'client' },
    navigate({ url: `${client}/`, body: webmail }),
    ...login('roundcube_sessid=gq8k1; path=/; secure; HttpOnly', [
      {
        url: callback,
        requestHeaders: { Cookie: 'roundcube_sessid=gq8k1' },
        headers: { 'Set-Cookie': 'roundcube_sessid=gq8k1; path=/; secure; HttpOnly' },
        body: webmail,
      },
    ]),
  ),
  heldOut(
    'userinfo-refuses-the-server',
    'callback',
    'A proxy drops the Authorization header ahead of the UserInfo endpoint, and the page of the client says 401',
    goOidc,
    { rootCause: 'callback-error', owner: 'client' },
    ...login('state=5_7ecW8H; Path=/; HttpOnly', [
      {
        url: callback,
        requestHeaders: { Cookie: 'state=5_7ecW8H' },
        status: 500,
        headers: { 'Content-Type': 'text/plain' },
        body: 'Failed to get userinfo: 401 Unauthorized',
      },
    ]),
  ),
  heldOut(
    'application-stopped',
    'callback',
    'The application stopped while the user signed in; the proxy before it answers 502 at once',
    goOidc,
    { rootCause: 'callback-error', owner: 'client' },
    ...login('state=o_telnbg; Path=/; HttpOnly', [
      {
        url: callback,
        requestHeaders: { Cookie: 'state=o_telnbg' },
        status: 502,
        takes: 7,
        body: '<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>',
      },
    ]),
  ),
  heldOut(
    'http-callback-behind-proxy',
    'callback',
    'The client takes its URL for http behind a proxy; the proxy leads to https, and the library refuses an insecure transport',
    flaskDance,
    { rootCause: 'callback-error', owner: 'client' },
    ...login(
      'session=eyJoYWZl; HttpOnly; Path=/',
      [
        {
          url: callback.replace('https:', 'http:'),
          requestHeaders: { Cookie: 'session=eyJoYWZl' },
          status: 301,
        },
        {
          url: callback,
          requestHeaders: { Cookie: 'session=eyJoYWZl' },
          status: 500,
          body: page('Internal Server Error'),
        },
      ],
      {},
      asked.replace(encodeURIComponent('https://app'), encodeURIComponent('http://app')),
    ),
  ),
]
