import {
  call,
  challenge,
  event,
  type Happening,
  type HopSpec,
  jwt,
  navigate,
  seconds,
  START,
  url,
  verifier,
  wait,
} from '../builders'
import type { CorpusEntry } from './entry'
import { fromFile, html, page, signInPage, situation, urlEncoded } from './situation'

const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

/** A command line tool’s page on loopback, which logs in at an authorization server for agents. */
const inspector = 'http://localhost:6274'
const agentServer = 'https://auth.toolbridge.dev'

const metadata = (issuer: string, more: object = {}): Happening =>
  call(
    {
      url: `${agentServer}/.well-known/oauth-authorization-server`,
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: {
        issuer,
        authorization_endpoint: `${agentServer}/authorize`,
        token_endpoint: `${agentServer}/token`,
        registration_endpoint: `${agentServer}/register`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        ...more,
      },
    },
    { initiator: inspector },
  )

const agentLogin = (answer: Record<string, string>): Happening =>
  navigate(
    [
      {
        url: url(`${agentServer}/authorize`, {
          response_type: 'code',
          client_id: 'dyn_81fa',
          ...pkce,
          redirect_uri: `${inspector}/oauth/callback`,
          state: '9f1d63',
          scope: 'mcp:tools',
        }),
      },
      { url: url(`${inspector}/oauth/callback`, { code: 'tb-code-1', state: '9f1d63', ...answer }), body: html },
    ],
    { initiator: inspector },
  )

/** A single-page app whose login went well up to the token call. */
const spa = 'https://app.vantage-maps.com'
const hydra = 'https://hydra.vantage-id.com'

const arrive = (state: string, code: string, more: Record<string, string> = {}, challenged: object = pkce): Happening =>
  navigate(
    [
      {
        url: url(`${hydra}/oauth2/auth`, {
          audience: '',
          client_id: 'e5a1-maps',
          redirect_uri: `${spa}/auth/done`,
          response_type: 'code',
          scope: 'openid offline',
          state,
          nonce: `nonce-${state}`,
          ...challenged,
          ...more,
        }),
      },
      { url: url(`${spa}/auth/done`, { code, scope: 'openid offline', state }), body: html },
    ],
    { initiator: spa },
  )

const exchange = (form: Record<string, string>, more: Partial<HopSpec> = {}): Happening =>
  call(
    {
      url: `${hydra}/oauth2/token`,
      form: {
        grant_type: 'authorization_code',
        client_id: 'e5a1-maps',
        redirect_uri: `${spa}/auth/done`,
        code_verifier: verifier,
        ...form,
      },
      headers: { 'Access-Control-Allow-Origin': spa },
      body: { access_token: 'ory_at_1', token_type: 'bearer', expires_in: 3599, scope: 'openid offline' },
      ...more,
    },
    { initiator: spa },
  )

const refused = (error: string, error_description: string, status = 400): Partial<HopSpec> => ({
  status,
  body: { error, error_description },
})

const basic = (id: string, secret: string) => ({ Authorization: `Basic ${btoa(`${id}:${secret}`)}` })

const noncePair = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `.AspNetCore.OpenIdConnect.Nonce.CfDJ8N${index}=${'N'.repeat(260)}; .AspNetCore.Correlation.q${index}=${'C'.repeat(120)}`,
  ).join('; ')

const appleSecret = jwt(
  {
    iss: 'TEAM9QX2LD',
    iat: seconds(START) - 200 * 86_400,
    exp: seconds(START) - 18 * 86_400,
    aud: 'https://appleid.apple.com',
    sub: 'com.petalpost.web',
  },
  { alg: 'ES256', kid: 'KEY77A' },
)

/** Rows 29 to 41 of the situations in which people get stuck. */
export const situations3: readonly CorpusEntry[] = [
  situation(
    '29-differs',
    'authorization response',
    '"unexpected iss": the answer names the issuer with a slash that the metadata does not have',
    'punkpeye/mcp-remote/issues/360',
    {
      rootCause: 'iss-param-mismatch',
      owner: 'authorization_server',
      not: ['state-mismatch', 'issuer-trailing-slash'],
    },
    metadata(agentServer, { authorization_response_iss_parameter_supported: true }),
    agentLogin({ iss: `${agentServer}/` }),
  ),
  situation(
    '29-missing',
    'authorization response',
    '"iss missing": the metadata promises it, and the answer comes without',
    'inrupt/solid-client-authn-js/issues/3225',
    { rootCause: 'iss-param-missing-though-advertised', owner: 'authorization_server', not: ['state-mismatch'] },
    metadata(agentServer, { authorization_response_iss_parameter_supported: true }),
    agentLogin({}),
    wait(30_000),
  ),
  situation(
    '30',
    'token endpoint',
    'invalid_client though the secret is right: sent by Basic to a server that takes it in the body alone',
    'openai/codex/issues/40928',
    { rootCause: 'client-auth-method-wrong', owner: 'client', not: ['client-secret-wrong', 'client-id-unknown'] },
    metadata(agentServer, { token_endpoint_auth_methods_supported: ['client_secret_post'] }),
    agentLogin({}),
    call(
      {
        url: `${agentServer}/token`,
        form: {
          grant_type: 'authorization_code',
          code: 'tb-code-1',
          redirect_uri: `${inspector}/oauth/callback`,
          code_verifier: verifier,
        },
        requestHeaders: basic('dyn_81fa', 'sec7A1b9'),
        headers: { 'Access-Control-Allow-Origin': '*' },
        ...refused('invalid_client', 'Client authentication failed', 401),
      },
      { initiator: inspector },
    ),
  ),
  fromFile(
    situation(
      '31',
      'token endpoint',
      'A HAR file of a proxy: invalid_client for a secret with + and %, which was not form-encoded',
      'panva/node-oidc-provider/issues/302',
      { rootCause: 'basic-credentials-not-form-encoded', owner: 'client', not: ['client-secret-wrong'] },
      call({
        url: 'https://op.ledgerline.net/token',
        form: { grant_type: 'client_credentials', scope: 'ledger.read' },
        requestHeaders: basic('nightly-job', 'aB+9%zQ==/x'),
        ...refused('invalid_client', 'client authentication failed', 401),
      }),
    ),
  ),
  fromFile(
    situation(
      '32',
      'token endpoint',
      'A HAR file of a proxy: the token call is 200, and its body says bad_verification_code',
      'octokit/auth-oauth-app.js/issues/13',
      { rootCause: 'token-response-malformed', not: ['code-redeemed-twice', 'client-secret-wrong'] },
      navigate(
        [
          {
            url: url('https://github.com/login/oauth/authorize', {
              client_id: 'Iv1.8a61f9b3a7aba766',
              redirect_uri: 'http://localhost:8080/after-login',
              scope: 'repo',
              state: 'gh-7d31',
            }),
          },
          { url: 'http://localhost:8080/after-login?code=5bc8f1d2e7&state=gh-7d31', body: html },
        ],
        { initiator: 'http://localhost:8080' },
      ),
      call({
        url: 'https://github.com/login/oauth/access_token',
        form: {
          client_id: 'Iv1.8a61f9b3a7aba766',
          client_secret: '4d1e',
          code: '5bc8f1d2e7',
          redirect_uri: 'http://localhost:8080/after-login',
        },
        headers: urlEncoded,
        body: 'error=bad_verification_code&error_description=The+code+passed+is+incorrect+or+expired.&error_uri=https%3A%2F%2Fdocs.github.com',
      }),
    ),
  ),
  situation(
    '33',
    'callback',
    'The service worker answers the callback with the app’s own page; the server never sees the code',
    'angular/angular/issues/38194',
    { rootCause: 'service-worker-swallows-callback', owner: 'client', not: ['callback-not-found', 'callback-error'] },
    navigate([
      {
        url: 'https://rosters.harborcrew.app/bff/login',
        headers: { 'Set-Cookie': '__Host-bff=1; Path=/; Secure; HttpOnly; SameSite=Lax' },
      },
      {
        url: url('https://login.harborcrew-id.net/authorize', {
          client_id: 'bff',
          redirect_uri: 'https://rosters.harborcrew.app/signin-oidc',
          response_type: 'code',
          scope: 'openid',
          state: 'hc-5',
          ...pkce,
        }),
        status: 302,
        location: 'https://rosters.harborcrew.app/signin-oidc?code=hc-code&state=hc-5',
      },
    ]),
    event((at) => ({
      type: 'entry.observed',
      at,
      origin: 'devtools',
      entryId: 'sw-1',
      tabId: 1,
      entry: {
        startedDateTime: at,
        time: 12,
        method: 'GET',
        url: 'https://rosters.harborcrew.app/signin-oidc?code=hc-code&state=hc-5',
        requestHeaders: [{ name: 'Accept', value: 'text/html' }],
        status: 200,
        responseHeaders: [{ name: 'Content-Type', value: 'text/html' }],
        responseBody: { kind: 'text', text: html },
        resourceType: 'main_frame',
        fromServiceWorker: true,
      },
    })),
    event((at) => ({
      type: 'navigation.committed',
      at: at + 20,
      how: 'load',
      tabId: 1,
      frameId: 0,
      parentFrameId: -1,
      url: 'https://rosters.harborcrew.app/signin-oidc?code=hc-code&state=hc-5',
    })),
    wait(300),
    call(
      { url: 'https://rosters.harborcrew.app/bff/user', status: 401 },
      { initiator: 'https://rosters.harborcrew.app' },
    ),
  ),
  situation(
    '34',
    'logout',
    'The logout page says "Missing parameters: id_token_hint"',
    'keycloak/keycloak/issues/12680',
    { rootCause: 'logout-missing-hint', owner: 'client', not: ['post-logout-uri-not-registered'] },
    navigate(
      {
        url: url('https://sso.alpinist.ch/realms/hut/protocol/openid-connect/logout', {
          post_logout_redirect_uri: 'https://book.alpinist.ch/bye',
        }),
        status: 400,
        body: page('We are sorry... Missing parameters: id_token_hint'),
      },
      { initiator: 'https://book.alpinist.ch' },
    ),
  ),
  situation(
    '35',
    'infrastructure',
    '"400 Request header too long": each failed attempt left two cookies behind',
    'dotnet/aspnetcore/issues/17247',
    { rootCause: 'request-headers-too-large', owner: 'client', not: ['state-cookie-lost', 'server-error'] },
    navigate([
      {
        url: 'https://claims.ironbridge-insure.com/',
        requestHeaders: { Cookie: noncePair(24) },
        headers: {
          'Set-Cookie': [
            '.AspNetCore.OpenIdConnect.Nonce.CfDJ8Nz=N; Path=/signin-oidc; Secure; HttpOnly; SameSite=None',
            '.AspNetCore.Correlation.qz=N; Path=/signin-oidc; Secure; HttpOnly; SameSite=None',
          ],
        },
      },
      {
        url: url('https://login.ironbridge-id.com/oauth2/authorize', {
          client_id: 'claims',
          redirect_uri: 'https://claims.ironbridge-insure.com/signin-oidc',
          response_type: 'code',
          scope: 'openid profile',
          state: 'CfDJ8Nz',
          nonce: '638.z',
        }),
      },
      {
        url: 'https://claims.ironbridge-insure.com/signin-oidc?code=ib-25&state=CfDJ8Nz',
        requestHeaders: {
          Cookie: `${noncePair(24)}; .AspNetCore.OpenIdConnect.Nonce.CfDJ8Nz=N; .AspNetCore.Correlation.qz=N`,
        },
        status: 400,
        headers: { 'Content-Type': 'text/html; charset=us-ascii', Server: 'Microsoft-HTTPAPI/2.0' },
        body: page('Bad Request - Request Too Long. HTTP Error 400. The size of the request headers is too long.'),
      },
    ]),
  ),
  fromFile(
    situation(
      '36',
      'token endpoint',
      'A HAR file of a proxy: Sign in with Apple answers invalid_client, for the secret’s own date has passed',
      'mikebronner/laravel-sign-in-with-apple/issues/9',
      {
        rootCause: 'apple-client-secret-invalid',
        owner: 'client',
        not: ['client-secret-wrong', 'client-auth-method-wrong'],
      },
      call({
        url: 'https://appleid.apple.com/auth/token',
        form: {
          grant_type: 'authorization_code',
          client_id: 'com.petalpost.web',
          client_secret: appleSecret,
          code: 'c0ae.0.mrrx.ZZ',
          redirect_uri: 'https://petalpost.com/login/apple/callback',
        },
        status: 400,
        body: { error: 'invalid_client' },
      }),
    ),
  ),
  situation(
    '37',
    'callback',
    'An app with routes in the fragment loops: its router takes the answer away before the library reads it',
    'manfredsteyer/angular-oauth2-oidc/issues/1221',
    { rootCause: 'redirect-loop', owner: 'client', not: ['state-cookie-lost', 'client-clock-skew'] },
    ...[1, 2, 3, 4].flatMap((turn) => [
      navigate(
        [
          {
            url: url('https://ids.cedarfield.ca/connect/authorize', {
              response_type: 'id_token token',
              client_id: 'field-spa',
              state: `turn-${turn}-cf`,
              redirect_uri: 'https://field.cedarfield-farms.ca/',
              scope: 'openid fields',
              nonce: `nonce-${turn}`,
            }),
          },
          {
            url: `https://field.cedarfield-farms.ca/#id_token=${jwt({ iss: 'https://ids.cedarfield.ca', aud: 'field-spa', sub: 's', nonce: `nonce-${turn}`, iat: seconds(START), exp: seconds(START) + 300 })}&access_token=cf-at-${turn}&token_type=Bearer&expires_in=3600&scope=openid%20fields&state=turn-${turn}-cf`,
            body: html,
          },
        ],
        { initiator: 'https://field.cedarfield-farms.ca' },
      ),
      event((at) => ({
        type: 'navigation.committed',
        at: at + 300,
        how: 'fragment',
        tabId: 1,
        frameId: 0,
        parentFrameId: -1,
        url: 'https://field.cedarfield-farms.ca/#/error',
      })),
      wait(800),
    ]),
  ),
  situation(
    '38',
    'ID token',
    '"wrong nonce": a login in a second tab overwrote the nonce both share, and so the ID token is of the other login',
    'manfredsteyer/angular-oauth2-oidc/issues/625',
    { rootCause: 'nonce-mismatch', not: ['state-mismatch', 'client-clock-skew'] },
    arrive('t-one', 'hy-1'),
    arrive('t-two', 'hy-2'),
    exchange(
      { code: 'hy-2' },
      {
        body: {
          access_token: 'ory_at_2',
          token_type: 'bearer',
          expires_in: 3599,
          id_token: jwt({
            iss: hydra,
            aud: ['e5a1-maps'],
            sub: 'u',
            nonce: 'nonce-t-one',
            iat: seconds(START),
            exp: seconds(START) + 3600,
          }),
        },
      },
    ),
  ),
  situation(
    '39',
    'API',
    'UserInfo answers 403 insufficient_scope, for "openid" was not asked for',
    'keycloak/keycloak/issues/16168',
    { rootCause: 'scope-missing-openid', owner: 'client', not: ['access-token-expired', 'access-token-audience'] },
    call(
      {
        url: 'https://kc.lanternfish.dev/realms/web/.well-known/openid-configuration',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: {
          issuer: 'https://kc.lanternfish.dev/realms/web',
          authorization_endpoint: 'https://kc.lanternfish.dev/realms/web/protocol/openid-connect/auth',
          token_endpoint: 'https://kc.lanternfish.dev/realms/web/protocol/openid-connect/token',
          userinfo_endpoint: 'https://kc.lanternfish.dev/realms/web/protocol/openid-connect/userinfo',
        },
      },
      { initiator: 'https://blue.lanternfish.dev' },
    ),
    navigate(
      [
        {
          url: url('https://kc.lanternfish.dev/realms/web/protocol/openid-connect/auth', {
            client_id: 'bluelight',
            scope: 'profile email',
            state: 'lf-1',
            response_type: 'code',
            redirect_uri: 'https://blue.lanternfish.dev/login/done',
            ...pkce,
          }),
        },
        { url: 'https://blue.lanternfish.dev/login/done?state=lf-1&session_state=0&code=lf-code', body: html },
      ],
      { initiator: 'https://blue.lanternfish.dev' },
    ),
    call(
      {
        url: 'https://kc.lanternfish.dev/realms/web/protocol/openid-connect/token',
        form: {
          grant_type: 'authorization_code',
          client_id: 'bluelight',
          code: 'lf-code',
          redirect_uri: 'https://blue.lanternfish.dev/login/done',
          code_verifier: verifier,
        },
        headers: { 'Access-Control-Allow-Origin': 'https://blue.lanternfish.dev' },
        body: { access_token: 'lf-at', token_type: 'Bearer', expires_in: 300, scope: 'profile email' },
      },
      { initiator: 'https://blue.lanternfish.dev' },
    ),
    call(
      {
        url: 'https://kc.lanternfish.dev/realms/web/protocol/openid-connect/userinfo',
        requestHeaders: { Authorization: 'Bearer lf-at' },
        status: 403,
        headers: {
          'Access-Control-Allow-Origin': 'https://blue.lanternfish.dev',
          'WWW-Authenticate':
            'Bearer realm="web", error="insufficient_scope", error_description="Missing openid scope"',
        },
      },
      { initiator: 'https://blue.lanternfish.dev' },
    ),
  ),
  situation(
    '40-encoding',
    'token endpoint',
    '"PKCE verification failed": the challenge is the hash of something else than the verifier',
    'django-oauth/django-oauth-toolkit/issues/1207',
    { rootCause: 'pkce-verifier-mismatch', owner: 'client', not: ['code-redeemed-twice', 'code-expired'] },
    arrive(
      'p-one',
      'hy-3',
      {},
      { code_challenge: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg', code_challenge_method: 'S256' },
    ),
    exchange({ code: 'hy-3' }, refused('invalid_grant', '')),
  ),
  situation(
    '40-other-login',
    'token endpoint',
    '"PKCE verification failed": the verifier is the one of a login that was started later',
    'DuendeArchive/Support/issues/498',
    {
      rootCause: 'pkce-verifier-from-other-request',
      owner: 'client',
      not: ['code-redeemed-twice', 'pkce-verifier-mismatch'],
    },
    navigate(
      {
        url: url(`${hydra}/oauth2/auth`, {
          client_id: 'e5a1-maps',
          redirect_uri: `${spa}/auth/done`,
          response_type: 'code',
          scope: 'openid offline',
          state: 'q-one',
          code_challenge: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
          code_challenge_method: 'S256',
        }),
        body: signInPage('Sign in'),
      },
      { initiator: spa },
    ),
    wait(2000),
    navigate(
      {
        url: url(`${hydra}/oauth2/auth`, {
          client_id: 'e5a1-maps',
          redirect_uri: `${spa}/auth/done`,
          response_type: 'code',
          scope: 'openid offline',
          state: 'q-two',
          ...pkce,
        }),
        body: signInPage('Sign in'),
      },
      { initiator: spa, tab: 2 },
    ),
    wait(5000),
    navigate([
      { url: `${hydra}/login?login_challenge=1`, form: { email: 'ada@vantage-maps.com' } },
      { url: url(`${spa}/auth/done`, { code: 'hy-4', state: 'q-one' }), body: html },
    ]),
    exchange({ code: 'hy-4' }, refused('invalid_grant', 'The PKCE code challenge did not match the code verifier.')),
  ),
  situation(
    '41',
    'token endpoint',
    'The DPoP nonce that the server asks for never comes: the page cannot read the header that brings it',
    'danielfett/draft-dpop/issues/153',
    { rootCause: 'dpop-nonce-not-retried', not: ['token-endpoint-cors', 'invalid-grant-undistinguished'] },
    arrive('d-one', 'hy-5'),
    exchange(
      { code: 'hy-5' },
      {
        ...refused('use_dpop_nonce', 'Authorization server requires nonce in DPoP proof'),
        requestHeaders: {
          DPoP: jwt(
            { jti: 'j-1', htm: 'POST', htu: `${hydra}/oauth2/token`, iat: seconds(START) },
            { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x: 'l8t', y: '9VE' } },
          ),
        },
        headers: { 'Access-Control-Allow-Origin': spa, 'DPoP-Nonce': 'eyJ7S_zG' },
      },
    ),
    wait(30_000),
  ),
]
