import {
  all,
  api,
  authorize,
  call,
  client,
  code,
  codeLogin,
  event,
  handover,
  type Happening,
  idTokenClaims,
  jwt,
  metadata,
  navigate,
  record,
  redeem,
  request,
  seconds,
  server,
  serverLogin,
  START,
  tokenError,
  url,
  wait,
} from '../builders'
import type { CorpusEntry } from './entry'

const rfc = (number: number, section: string) => `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`
const oidc = (anchor: string) => `https://openid.net/specs/openid-connect-core-1_0.html#${anchor}`

const healthy = (id: string, title: string, source: string, ...happenings: readonly Happening[]): CorpusEntry => ({
  id: `healthy-${id}`,
  area: 'healthy',
  title,
  source,
  recording: record(...happenings),
  expected: { rootCause: null },
})

const accessToken = '2YotnFZFEjr1zCsicMWpAA'
const bearer = { Authorization: `Bearer ${accessToken}` }
const cors = { 'Access-Control-Allow-Origin': client }
const frame = { type: 'sub_frame', frame: 4, parentFrame: 0, initiator: client } as const
const refresh = (token: string, answer: object, more: object = {}): Happening =>
  call(
    {
      url: `${server}/token`,
      form: { grant_type: 'refresh_token', refresh_token: token, client_id: request.client_id },
      headers: cors,
      body: answer,
      ...more,
    },
    { initiator: client },
  )
const renewed = { access_token: 'second-access-token-9f3', token_type: 'Bearer', expires_in: 300 }

const silent = (answer: Record<string, string>, asked: Record<string, string> = {}): Happening =>
  authorize({
    request: { prompt: 'none', state: 'silent-1', redirect_uri: `${client}/silent.html`, ...asked },
    response: { code: undefined as never, ...answer, state: 'silent-1' },
    place: frame,
  })

/** A login in which the user types a password. */
const signIn = (asked: Record<string, string>, issued: string): Happening =>
  all(
    navigate([{ url: url(`${server}/authorize`, { ...request, ...asked }) }, { url: `${server}/login` }], {
      initiator: client,
    }),
    wait(8000),
    navigate(
      [
        { url: `${server}/login`, method: 'POST', form: { username: 'ada' } },
        { url: url(request.redirect_uri, { code: issued, state: asked['state'] }) },
      ],
      { initiator: server },
    ),
  )

const callApi = (more: object = {}): Happening =>
  call({ url: `${api}/orders`, requestHeaders: bearer, headers: cors, body: [], ...more }, { initiator: client })

const dpop = (htu: string, nonce?: string) =>
  jwt(
    { htm: 'POST', htu, iat: seconds(START), jti: 'j1', ...(nonce && { nonce }) },
    { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC' } },
  )

/** Logins and traffic that look odd, and are as they should be. Nobody may be accused in any of them. */
export const healthyLogins: readonly CorpusEntry[] = [
  healthy('code-login', 'A page logs in with code and PKCE', rfc(6749, '4.1'), codeLogin()),
  healthy('metadata-first', 'A page reads the metadata, then logs in', rfc(8414, '3'), metadata(), codeLogin()),
  healthy('server-login', 'A server logs in; its token call is not seen', rfc(6749, '4.1'), serverLogin()),
  healthy(
    'bodies-unseen',
    'DevTools was closed: no response body is known',
    rfc(6749, '4.1.4'),
    authorize({ callback: { body: undefined } }),
    redeem({ tokenCall: { body: undefined } }),
  ),
  healthy(
    'sign-in-page',
    'The user signs in on two pages of the server, with one wrong password',
    rfc(6749, '3.1'),
    navigate([{ url: url(`${server}/authorize`, request) }, { url: `${server}/login` }], { initiator: client }),
    wait(9000),
    navigate({ url: `${server}/login`, method: 'POST', form: { username: 'ada' }, status: 401, body: '<html></html>' }),
    wait(7000),
    navigate([
      { url: `${server}/login`, method: 'POST', form: { username: 'ada' } },
      { url: url(request.redirect_uri, { code, state: request.state }) },
    ]),
    redeem(),
  ),
  healthy(
    'userinfo',
    'The page reads UserInfo after the login',
    oidc('UserInfo'),
    metadata(),
    codeLogin(),
    call(
      { url: `${server}/me`, requestHeaders: bearer, headers: cors, body: { sub: idTokenClaims.sub } },
      { initiator: client },
    ),
  ),
  healthy('api', 'The page calls its API', rfc(6750, '2.1'), codeLogin(), callApi(), callApi()),
  healthy(
    'api-refresh-retry',
    'The API refuses an old token once; the page refreshes and repeats the call',
    rfc(6750, '3.1'),
    codeLogin({ tokenAnswer: { refresh_token: 'refresh-one-7d2a' } }),
    wait(400_000),
    callApi({ status: 401, headers: { ...cors, 'WWW-Authenticate': 'Bearer error="invalid_token"' } }),
    refresh('refresh-one-7d2a', { ...renewed, refresh_token: 'refresh-two-81bc' }),
    callApi({ requestHeaders: { Authorization: `Bearer ${renewed.access_token}` } }),
  ),
  healthy(
    'refresh-rotation',
    'Refresh tokens rotate, each used once',
    rfc(9700, '4.14.2'),
    codeLogin({ tokenAnswer: { refresh_token: 'refresh-one-7d2a' } }),
    wait(290_000),
    refresh('refresh-one-7d2a', { ...renewed, refresh_token: 'refresh-two-81bc' }),
    wait(290_000),
    refresh('refresh-two-81bc', { ...renewed, access_token: 'third', refresh_token: 'refresh-three-5e0f' }),
  ),
  healthy(
    'refresh-grace',
    'Two tabs refresh at once and the server lets both',
    rfc(9700, '4.14.2'),
    codeLogin({ tokenAnswer: { refresh_token: 'refresh-one-7d2a' } }),
    wait(290_000),
    refresh('refresh-one-7d2a', { ...renewed, refresh_token: 'refresh-two-81bc' }),
    refresh('refresh-one-7d2a', { ...renewed, access_token: 'other', refresh_token: 'refresh-two-b-81bc' }),
  ),
  healthy(
    'probe',
    'A silent probe finds nobody signed in; then the user signs in',
    oidc('AuthRequest'),
    silent({ error: 'login_required' }),
    wait(500),
    codeLogin(),
  ),
  healthy(
    'probe-top-level',
    'A silent probe in the top window answers login_required',
    oidc('AuthRequest'),
    authorize({ request: { prompt: 'none' }, response: { code: undefined, error: 'login_required' } }),
    wait(300),
    codeLogin({ request: { state: 'real' } }),
  ),
  healthy(
    'silent-renewal',
    'A frame renews the session silently',
    oidc('AuthRequest'),
    codeLogin(),
    wait(200_000),
    silent({ code: 'silent-code-44' }),
    redeem({
      request: { redirect_uri: `${client}/silent.html` },
      response: { code: 'silent-code-44' },
      idToken: { iat: seconds(START + 200_000) },
    }),
  ),
  healthy(
    'dpop-nonce-token',
    'The token endpoint asks for a DPoP nonce and gets it',
    rfc(9449, '8'),
    authorize(),
    redeem({
      tokenCall: {
        ...tokenError('use_dpop_nonce'),
        requestHeaders: { DPoP: dpop(`${server}/token`) },
        headers: { ...cors, 'DPoP-Nonce': 'n1', 'Access-Control-Expose-Headers': 'DPoP-Nonce' },
      },
    }),
    redeem({
      tokenCall: { requestHeaders: { DPoP: dpop(`${server}/token`, 'n1') } },
      tokenAnswer: { token_type: 'DPoP' },
    }),
  ),
  healthy(
    'dpop-nonce-api',
    'The API asks for a DPoP nonce and gets it',
    rfc(9449, '9'),
    codeLogin({ tokenAnswer: { token_type: 'DPoP' } }),
    call({
      url: `${api}/orders`,
      requestHeaders: { Authorization: `DPoP ${accessToken}`, DPoP: dpop(`${api}/orders`) },
      status: 401,
      headers: { ...cors, 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"', 'DPoP-Nonce': 'n2' },
    }),
    call({
      url: `${api}/orders`,
      requestHeaders: { Authorization: `DPoP ${accessToken}`, DPoP: dpop(`${api}/orders`, 'n2') },
      headers: cors,
      body: [],
    }),
  ),
  healthy(
    'device',
    'A device polls until the user has confirmed',
    rfc(8628, '3.5'),
    call({
      url: `${server}/device`,
      form: { client_id: 'tv' },
      body: {
        device_code: 'device-code-1',
        user_code: 'WDJB-MJHT',
        verification_uri: `${server}/d`,
        expires_in: 600,
        interval: 5,
      },
    }),
    ...[1, 2].flatMap(() => [
      wait(5000),
      call({
        url: `${server}/token`,
        form: {
          grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
          device_code: 'device-code-1',
          client_id: 'tv',
        },
        status: 400,
        body: { error: 'authorization_pending' },
      }),
    ]),
    wait(5000),
    call({
      url: `${server}/token`,
      form: {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        device_code: 'device-code-1',
        client_id: 'tv',
      },
      body: renewed,
    }),
  ),
  healthy(
    'pushed',
    'The request is pushed and referred to',
    rfc(9126, '1'),
    call(
      {
        url: `${server}/par`,
        form: request,
        status: 201,
        headers: cors,
        body: { request_uri: 'urn:ietf:params:oauth:request_uri:6e', expires_in: 60 },
      },
      { initiator: client },
    ),
    authorize({
      authorizationUrl: `${server}/authorize`,
      authorization: {
        url: url(`${server}/authorize`, {
          client_id: request.client_id,
          request_uri: 'urn:ietf:params:oauth:request_uri:6e',
        }),
      },
    }),
    redeem(),
  ),
  healthy(
    'pushed-unseen',
    'A server pushed the request; only the reference passes the browser',
    rfc(9126, '4'),
    navigate([
      { url: `${client}/login`, headers: { 'Set-Cookie': 'login_state=x1; Path=/; Secure; HttpOnly; SameSite=Lax' } },
      {
        url: url(`${server}/authorize`, {
          client_id: request.client_id,
          request_uri: 'urn:ietf:params:oauth:request_uri:6e',
        }),
      },
      {
        url: url(`${client}/auth/callback`, { code, state: 'unknown-to-us', iss: server }),
        requestHeaders: { Cookie: 'login_state=x1' },
        status: 302,
      },
      { url: `${client}/home` },
    ]),
  ),
  healthy(
    'form-post',
    'The answer is posted, and the state cookie allows that',
    'https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html',
    navigate([
      { url: `${client}/login`, headers: { 'Set-Cookie': 'login_state=x1; Path=/; Secure; HttpOnly; SameSite=None' } },
      {
        url: url(`${server}/authorize`, {
          ...request,
          redirect_uri: `${client}/auth/callback`,
          response_mode: 'form_post',
        }),
        body: '<html><form></form></html>',
      },
    ]),
    navigate(
      [
        {
          url: `${client}/auth/callback`,
          form: { code, state: request.state },
          requestHeaders: { Cookie: 'login_state=x1', Origin: server, 'Sec-Fetch-Site': 'cross-site' },
          headers: { 'Set-Cookie': 'session=s1; Path=/; Secure; HttpOnly' },
          status: 302,
        },
        { url: `${client}/home`, requestHeaders: { Cookie: 'session=s1' } },
      ],
      { initiator: server },
    ),
  ),
  healthy(
    'popup',
    'The login runs in a popup, which closes itself',
    rfc(8252, '4.1'),
    event((at) => ({ type: 'tab.opened', tabId: 8, openerTabId: 1, at })),
    authorize({ place: { tab: 8 } }),
    event((at) => ({ type: 'tab.closed', tabId: 8, at })),
    redeem(),
    callApi(),
  ),
  healthy(
    'parallel',
    'Two tabs log in at the same time',
    rfc(6749, '10.12'),
    authorize(),
    authorize({ request: { state: 'tab-two', nonce: 'nonce-two' }, response: { code: 'code-two' }, place: { tab: 2 } }),
    redeem({ request: {}, response: { code: 'code-two' }, idToken: { nonce: 'nonce-two' }, place: { tab: 2 } }),
    redeem(),
  ),
  healthy(
    'superseded',
    'The user goes back and starts again before answering',
    rfc(6749, '3.1'),
    navigate(
      { url: url(`${server}/authorize`, { ...request, state: 'first' }), body: '<html></html>' },
      { initiator: client },
    ),
    wait(20_000),
    codeLogin(),
  ),
  healthy(
    'abandoned',
    'The user closes the sign-in page',
    rfc(6749, '3.1'),
    navigate({ url: url(`${server}/authorize`, request), body: '<html></html>' }, { initiator: client }),
    wait(60_000),
    event((at) => ({ type: 'tab.closed', tabId: 1, at })),
  ),
  healthy(
    'aborted-navigation',
    'A double click starts the login twice; the first is cancelled',
    rfc(6749, '3.1'),
    navigate(
      { url: url(`${server}/authorize`, { ...request, state: 'first' }), error: 'net::ERR_ABORTED' },
      { initiator: client },
    ),
    codeLogin(),
  ),
  healthy(
    'aborted-token-call',
    'A call is cancelled because the page is left, and repeated on the next page',
    rfc(6749, '5.1'),
    codeLogin({ tokenAnswer: { refresh_token: 'refresh-one-7d2a' } }),
    call({ url: `${api}/orders`, requestHeaders: bearer, error: 'net::ERR_ABORTED' }, { initiator: client }),
  ),
  healthy(
    'logout',
    'The user signs out and comes back',
    'https://openid.net/specs/openid-connect-rpinitiated-1_0.html',
    codeLogin(),
    wait(5000),
    navigate([
      {
        url: url(`${server}/logout`, {
          id_token_hint: jwt(idTokenClaims),
          post_logout_redirect_uri: `${client}/bye`,
          state: 'out',
        }),
      },
      { url: `${client}/bye?state=out` },
    ]),
  ),
  healthy(
    'revocation',
    'The page revokes its token',
    rfc(7009, '2.2'),
    codeLogin(),
    call(
      { url: `${server}/revoke`, form: { token: accessToken, client_id: request.client_id }, headers: cors },
      { initiator: client },
    ),
  ),
  healthy(
    'hybrid',
    'A server asks for code and ID token by form post',
    oidc('HybridFlowAuth'),
    navigate({
      url: url(`${server}/authorize`, { ...request, response_type: 'code id_token', response_mode: 'form_post' }),
      body: '<html></html>',
    }),
    navigate(
      [
        { url: request.redirect_uri, form: { code, state: request.state, id_token: jwt(idTokenClaims) }, status: 302 },
        { url: `${client}/home` },
      ],
      { initiator: server },
    ),
  ),
  healthy(
    'implicit-id-token',
    'A page asks only for an ID token in the fragment',
    oidc('ImplicitFlowAuth'),
    navigate(
      [
        {
          url: url(`${server}/authorize`, {
            ...request,
            response_type: 'id_token',
            code_challenge: undefined,
            code_challenge_method: undefined,
          }),
        },
        { url: `${request.redirect_uri}#id_token=${jwt(idTokenClaims)}&state=${request.state}` },
      ],
      { initiator: client },
    ),
  ),
  healthy(
    'native',
    'The answer goes to a program on the same machine',
    rfc(8252, '7.1'),
    navigate({
      url: url(`${server}/authorize`, { ...request, redirect_uri: 'com.example.app:/cb' }),
      status: 302,
      location: `com.example.app:/cb?code=${code}&state=${request.state}`,
    }),
  ),
  healthy(
    'preflight',
    'The token call is announced by a preflight that is granted',
    'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
    authorize(),
    call(
      {
        url: `${server}/token`,
        method: 'OPTIONS',
        status: 204,
        requestHeaders: { 'Access-Control-Request-Method': 'POST', Origin: client },
        headers: { ...cors, 'Access-Control-Allow-Headers': 'dpop', 'Access-Control-Allow-Methods': 'POST' },
      },
      { initiator: client },
    ),
    redeem(),
  ),
  healthy(
    'basic-challenge',
    'An API asks for Basic credentials',
    rfc(7617, '2'),
    call({ url: 'https://intranet.example/', status: 401, headers: { 'WWW-Authenticate': 'Basic realm="intranet"' } }),
  ),
  healthy(
    'negotiate-challenge',
    'A proxy page asks for Negotiate and NTLM',
    rfc(4559, '4'),
    navigate({ url: 'https://intranet.example/', status: 401, headers: { 'WWW-Authenticate': ['Negotiate', 'NTLM'] } }),
  ),
  healthy(
    'mcp-discovery',
    'A client is told where to log in, does so, and comes back with a token',
    rfc(9728, '5'),
    call(
      {
        url: `${api}/mcp`,
        json: {},
        status: 401,
        headers: {
          ...cors,
          'WWW-Authenticate': `Bearer resource_metadata="${api}/.well-known/oauth-protected-resource"`,
        },
      },
      { initiator: client },
    ),
    call(
      {
        url: `${api}/.well-known/oauth-protected-resource`,
        headers: cors,
        body: { resource: `${api}/mcp`, authorization_servers: [server] },
      },
      { initiator: client },
    ),
    call({ url: `${server}/.well-known/oauth-authorization-server`, status: 404 }, { initiator: client }),
    metadata(),
    codeLogin({ request: { resource: `${api}/mcp` }, token: { resource: `${api}/mcp` } }),
    call({ url: `${api}/mcp`, json: {}, requestHeaders: bearer, headers: cors, body: {} }, { initiator: client }),
  ),
  healthy(
    'step-up',
    'An API asks for a stronger login, gets it, and answers',
    rfc(9470, '3'),
    codeLogin(),
    callApi({
      status: 401,
      headers: { ...cors, 'WWW-Authenticate': 'Bearer error="insufficient_user_authentication", acr_values="gold"' },
    }),
    wait(500),
    codeLogin({
      request: { state: 'step-up', nonce: 'nonce-up', acr_values: 'gold' },
      response: { code: 'code-up' },
      idToken: { nonce: 'nonce-up', acr: 'gold' },
      tokenAnswer: { access_token: 'golden-token-1' },
    }),
    callApi({ requestHeaders: { Authorization: 'Bearer golden-token-1' } }),
  ),
  healthy(
    'federation',
    'The server lets another server sign the user in',
    oidc('IDToken'),
    navigate(
      [
        { url: url(`${server}/authorize`, request) },
        {
          url: url('https://upstream.example/auth', {
            client_id: 'id-example',
            response_type: 'code',
            redirect_uri: `${server}/broker`,
            scope: 'openid',
            state: 'broker-state',
            nonce: 'broker-nonce',
          }),
        },
      ],
      { initiator: client },
    ),
    wait(8000),
    navigate([
      { url: 'https://upstream.example/login', method: 'POST', form: { user: 'ada' } },
      { url: url(`${server}/broker`, { code: 'upstream-code', state: 'broker-state' }) },
      { url: url(request.redirect_uri, { code, state: request.state }) },
    ]),
    redeem(),
  ),
  healthy(
    'strict-mode-after-success',
    'A development build exchanges the code twice, and goes on with the tokens of the first answer',
    'https://github.com/soofstad/react-oauth2-pkce/issues/50',
    codeLogin(),
    redeem({ tokenCall: tokenError('invalid_grant') }),
    callApi(),
    callApi(),
  ),
  healthy(
    'renewal-then-login',
    'The session at the server is over; the user signs in again',
    oidc('AuthRequest'),
    codeLogin(),
    callApi(),
    wait(1_800_000),
    silent({ error: 'login_required' }, { state: 'silent-1' }),
    wait(500),
    signIn({ state: 'again', nonce: 'nonce-again' }, 'code-again'),
    redeem({ response: { code: 'code-again' }, idToken: { nonce: 'nonce-again' } }),
  ),
  healthy(
    'refresh-then-login',
    'The refresh token is too old; the user signs in again',
    rfc(6749, '6'),
    codeLogin({ tokenAnswer: { refresh_token: 'refresh-one-7d2a' } }),
    callApi(),
    wait(1_800_000),
    refresh('refresh-one-7d2a', { error: 'invalid_grant' }, { status: 400 }),
    wait(200),
    signIn({ state: 'again', nonce: 'nonce-again' }, 'code-again'),
    redeem({ response: { code: 'code-again' }, idToken: { nonce: 'nonce-again' } }),
  ),
  healthy(
    'scope-narrowed',
    'The user grants less than was asked',
    rfc(6749, '3.3'),
    codeLogin({ request: { scope: 'openid profile email' }, tokenAnswer: { scope: 'openid email' } }),
  ),
  healthy(
    'extra-parameters',
    'The answer carries parameters of the server’s own',
    rfc(6749, '4.1.2'),
    codeLogin({ response: { session_state: 'ab12', iss: server, authuser: '0', hd: 'example.com' } }),
  ),
  healthy(
    'callback-reload-of-page',
    'The page is reloaded after its callback parameters were taken out of the URL',
    rfc(9700, '4.3'),
    codeLogin(),
    wait(2000),
    navigate({ url: request.redirect_uri, body: '<html></html>' }),
  ),
  healthy(
    'client-credentials',
    'A tool asks for a token of its own',
    rfc(6749, '4.4'),
    call({
      url: `${server}/token`,
      form: { grant_type: 'client_credentials', scope: 'read' },
      requestHeaders: { Authorization: 'Basic Y2xpOnNlY3JldA==' },
      body: renewed,
    }),
  ),
  healthy(
    'coupon',
    'A shop uses code, state and token for other things',
    rfc(6749, '4.1.2'),
    navigate({ url: 'https://shop.example/?code=COUPON&state=CA' }),
    call({ url: 'https://shop.example/cart', form: { token: 'csrf-1', code: 'SUMMER' }, body: { ok: true } }),
    call({ url: 'https://shop.example/api', status: 403 }),
  ),
  healthy(
    'saml',
    'A SAML login passes by',
    'https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf',
    navigate({ url: 'https://sso.example/saml?SAMLRequest=fZ&RelayState=abc' }),
    navigate({
      url: 'https://app.example/acs',
      form: { SAMLResponse: 'PHg+', RelayState: 'abc' },
      status: 302,
      location: 'https://app.example/',
    }),
  ),
  healthy(
    'analytics-blocked',
    'An ad blocker stops the analytics of the sign-in page',
    'https://developer.chrome.com/docs/extensions/reference/api/webRequest',
    codeLogin(),
    call(
      { url: 'https://stats.example/collect', json: { state: 'x' }, error: 'net::ERR_BLOCKED_BY_CLIENT' },
      { initiator: server },
    ),
  ),
  healthy(
    'loopback',
    'A development server on localhost logs in over http',
    rfc(8252, '7.3'),
    codeLogin({
      request: { redirect_uri: 'http://localhost:5173/callback' },
      place: { initiator: 'http://localhost:5173' },
    }),
    all(),
  ),
  healthy(
    'handover',
    'A page hands its code to a server of the client, and telemetry sees the address of the page',
    rfc(6749, '4.1'),
    authorize(),
    call(
      {
        url: 'https://stats.example/collect',
        json: { page: `${client}/callback?code=${code}` },
        error: 'net::ERR_FAILED',
      },
      { initiator: client },
    ),
    handover(),
  ),
  healthy(
    'handover-twice',
    'A page hands its code over twice, and goes on with the session of the first call',
    'https://react.dev/reference/react/StrictMode',
    authorize(),
    handover(),
    handover({ status: 400, body: { error: 'invalid_grant' } }),
    call({ url: `${client}/api/me`, body: { name: 'Ada' } }, { initiator: client }),
  ),
  healthy(
    'cli-loopback',
    'A command-line tool listens on loopback, and its page says that the window may be closed',
    rfc(8252, '7.3'),
    authorize({
      request: { redirect_uri: 'http://127.0.0.1:53682/' },
      callback: {
        body: '<html><body><p>Success! You may close this window and return to the terminal.</p></body></html>',
      },
    }),
    wait(60_000),
  ),
  healthy(
    'link-tried-by-fetch',
    'A script fetches the link to the login before the browser follows it, and CORS stops that at the server',
    'https://github.com/hotwired/turbo',
    call(
      [
        { url: `${client}/login`, status: 302 },
        { url: url(`${server}/authorize`, { ...request, state: 'tried' }), error: 'net::ERR_FAILED' },
      ],
      { initiator: client },
    ),
    serverLogin(),
  ),
  healthy(
    'link-prefetched',
    'A framework prefetches the link to the login, which the user follows after a while',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Purpose',
    call(
      [
        { url: `${client}/login`, status: 302, requestHeaders: { Purpose: 'prefetch' } },
        { url: url(`${server}/authorize`, { ...request, state: 'ahead' }), error: 'net::ERR_FAILED' },
      ],
      { initiator: client },
    ),
    wait(60_000),
    serverLogin(),
  ),
  healthy(
    'fragment-asked-by-server',
    'A client’s server asks for its answer in the fragment, gets it in the query all the same, and starts a session',
    'https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html',
    serverLogin({ request: { response_mode: 'fragment' } }),
    wait(60_000),
  ),
  healthy(
    'denied-then-allowed',
    'The user says no, which the server shows on a page of its own, and allows the next login',
    rfc(6749, '4.1.2.1'),
    navigate(
      { url: url(`${server}/authorize`, { ...request, state: 'denied' }), body: '<html><form></form></html>' },
      { initiator: client },
    ),
    wait(4000),
    navigate(
      {
        url: url(`${server}/authorize`, { ...request, state: 'denied', decision: 'no' }),
        status: 400,
        body: { error: 'access_denied', error_description: 'User denied access to application' },
      },
      { initiator: server },
    ),
    wait(20_000),
    serverLogin(),
  ),
]
