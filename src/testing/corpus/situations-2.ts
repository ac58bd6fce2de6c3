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
import { fromFile, html, page, signInPage, situation } from './situation'

const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

const keycloak = 'https://auth.mosaic-museum.nl/realms/visitors/protocol/openid-connect'
const app = 'https://tickets.mosaic-museum.nl'
const allowed = { 'Access-Control-Allow-Origin': app, 'Access-Control-Allow-Credentials': 'true' }

/** The way to the callback of a page behind Keycloak, whose library reads the fragment. */
const arrive = (state: string, code: string, more: Record<string, string> = {}): Happening =>
  navigate(
    [
      {
        url: url(`${keycloak}/auth`, {
          client_id: 'tickets',
          redirect_uri: `${app}/`,
          state,
          response_mode: 'fragment',
          response_type: 'code',
          scope: 'openid',
          nonce: `n-${state}`,
          ...pkce,
          ...more,
        }),
      },
      { url: `${app}/#state=${state}&session_state=5f2e&code=${code}`, body: html },
    ],
    { initiator: app },
  )

const exchange = (code: string, more: Partial<HopSpec> = {}): Happening =>
  call(
    {
      url: `${keycloak}/token`,
      form: {
        code,
        grant_type: 'authorization_code',
        client_id: 'tickets',
        redirect_uri: `${app}/`,
        code_verifier: verifier,
      },
      requestHeaders: { Origin: app, 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Site': 'same-site' },
      headers: allowed,
      body: { access_token: 'kc-at-1', refresh_token: 'kc-rt-1', token_type: 'Bearer', expires_in: 300 },
      ...more,
    },
    { initiator: app },
  )

const refresh = (token: string, more: Partial<HopSpec>, tab = 1): Happening =>
  call(
    {
      url: `${keycloak}/token`,
      form: { grant_type: 'refresh_token', refresh_token: token, client_id: 'tickets' },
      requestHeaders: { Origin: app },
      headers: allowed,
      ...more,
    },
    { initiator: app, tab },
  )

const idToken19 = jwt({
  iss: 'https://adfs.weatherby-group.com/adfs',
  aud: '6d9f8d3e-55a4-4a41-9c5b-fd7a5f01e2b3',
  sub: 'S-1-5-21',
  nonce: '63875',
  iat: seconds(START),
  exp: seconds(START) + 3600,
})

const idToken28 = jwt({
  iss: 'https://auth.mosaic-museum.nl/realms/visitors',
  aud: 'tickets',
  azp: 'tickets',
  typ: 'ID',
  sub: '0f4c',
  nonce: 'n-j1',
  sid: '5f2e',
  iat: seconds(START),
  exp: seconds(START) + 300,
})

/** Rows 15 to 28 of the situations in which people get stuck. */
export const situations2: readonly CorpusEntry[] = [
  situation(
    '15',
    'token endpoint',
    'invalid_grant only in development: an effect runs twice and redeems the code twice',
    'soofstad/react-oauth2-pkce/issues/39',
    { rootCause: 'code-redeemed-twice', owner: 'client', not: ['code-expired', 'pkce-verifier-mismatch'] },
    arrive('b1', 'cc-1.5f2e.88'),
    exchange('cc-1.5f2e.88', { takes: 45 }),
    wait(-40),
    exchange('cc-1.5f2e.88', {
      status: 400,
      takes: 60,
      body: { error: 'invalid_grant', error_description: 'Code not valid' },
    }),
  ),
  situation(
    '16',
    'API',
    'The API’s clock is a minute behind the server’s: a fresh token is not valid yet',
    'DuendeArchive/IdentityServer4/issues/1298',
    { rootCause: 'access-token-not-yet-valid', not: ['access-token-expired', 'access-token-audience'] },
    arrive('i1', 'cc-2.5f2e.88', { scope: 'openid api1' }),
    exchange('cc-2.5f2e.88', {
      headers: { ...allowed, Date: 'Sat, 31 Jan 2026 12:00:00 GMT' },
      body: {
        access_token: jwt(
          {
            iss: 'https://auth.mosaic-museum.nl',
            aud: 'api1',
            nbf: seconds(START),
            exp: seconds(START) + 3600,
            scope: 'api1',
          },
          { typ: 'at+jwt' },
        ),
        token_type: 'Bearer',
        expires_in: 3600,
      },
    }),
    call(
      {
        url: 'https://api.mosaic-museum.nl/v1/exhibitions',
        requestHeaders: {
          Origin: app,
          Authorization: `Bearer ${jwt({ iss: 'https://auth.mosaic-museum.nl', aud: 'api1', nbf: seconds(START), exp: seconds(START) + 3600, scope: 'api1' }, { typ: 'at+jwt' })}`,
        },
        status: 401,
        headers: {
          ...allowed,
          Date: 'Sat, 31 Jan 2026 11:58:50 GMT',
          'WWW-Authenticate':
            'Bearer error="invalid_token", error_description="The token is not valid before \'01/31/2026 12:00:00\'"',
        },
      },
      { initiator: app },
    ),
  ),
  situation(
    '17-scheme',
    'discovery',
    '"issuer did not match": the metadata names http where the client asked https',
    'coreos/go-oidc/issues/240',
    { rootCause: 'issuer-mismatch', owner: 'authorization_server', not: ['discovery-unreachable', 'server-error'] },
    call(
      {
        url: 'https://sso.larkspur.school/auth/realms/staff/.well-known/openid-configuration',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: {
          issuer: 'http://sso.larkspur.school/auth/realms/staff',
          authorization_endpoint: 'http://sso.larkspur.school/auth/realms/staff/protocol/openid-connect/auth',
          token_endpoint: 'http://sso.larkspur.school/auth/realms/staff/protocol/openid-connect/token',
          jwks_uri: 'http://sso.larkspur.school/auth/realms/staff/protocol/openid-connect/certs',
        },
      },
      { initiator: 'https://timetable.larkspur.school' },
    ),
  ),
  situation(
    '17-slash',
    'discovery',
    '"issuer did not match": the configured issuer ends with a slash, the ID token’s does not',
    'oauth2-proxy/oauth2-proxy/issues/449',
    { rootCause: 'id-token-issuer-mismatch', not: ['nonce-mismatch', 'id-token-aud-mismatch'] },
    call(
      {
        url: 'https://login.tidewater.io/.well-known/openid-configuration',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: {
          issuer: 'https://login.tidewater.io/',
          authorization_endpoint: 'https://login.tidewater.io/oauth/authorize',
          token_endpoint: 'https://login.tidewater.io/oauth/token',
          jwks_uri: 'https://login.tidewater.io/jwks.json',
        },
      },
      { initiator: 'https://ops.tidewater.io' },
    ),
    navigate(
      [
        {
          url: url('https://login.tidewater.io/oauth/authorize', {
            client_id: 'ops',
            response_type: 'code',
            scope: 'openid email',
            redirect_uri: 'https://ops.tidewater.io/oauth/cb',
            state: 'p0',
            nonce: 'np0',
            ...pkce,
          }),
        },
        { url: 'https://ops.tidewater.io/oauth/cb?code=tw-1&state=p0', body: html },
      ],
      { initiator: 'https://ops.tidewater.io' },
    ),
    call(
      {
        url: 'https://login.tidewater.io/oauth/token',
        form: {
          grant_type: 'authorization_code',
          client_id: 'ops',
          code: 'tw-1',
          redirect_uri: 'https://ops.tidewater.io/oauth/cb',
          code_verifier: verifier,
        },
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: {
          access_token: 'tw-at',
          token_type: 'Bearer',
          expires_in: 3600,
          id_token: jwt({
            iss: 'https://login.tidewater.io',
            aud: 'ops',
            sub: 'u1',
            nonce: 'np0',
            iat: seconds(START),
            exp: seconds(START) + 3600,
          }),
        },
      },
      { initiator: 'https://ops.tidewater.io' },
    ),
  ),
  situation(
    '18',
    'callback',
    '"unable to find a valid CSRF token": a second tab starts a login of its own and overwrites the cookie',
    'oauth2-proxy/oauth2-proxy/issues/2606',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['state-mismatch', 'server-error'] },
    navigate([
      {
        url: 'https://grafana.plant7.example.net/d/overview',
        headers: {
          'Set-Cookie': '_oauth2_proxy_csrf=first-1769; Path=/; Max-Age=900; HttpOnly; Secure; SameSite=Lax',
        },
      },
      {
        url: url('https://dex.plant7-id.example.org/auth', {
          approval_prompt: 'force',
          client_id: 'oauth2-proxy',
          redirect_uri: 'https://grafana.plant7.example.net/oauth2/callback',
          response_type: 'code',
          scope: 'openid email profile',
          state: 'k1vT:/d/overview',
        }),
      },
      {
        url: 'https://dex.plant7-id.example.org/auth/ldap/login?state=abc',
        body: signInPage('Log in to your account'),
      },
    ]),
    wait(3000),
    navigate(
      [
        {
          url: 'https://grafana.plant7.example.net/d/boilers',
          headers: {
            'Set-Cookie': '_oauth2_proxy_csrf=second-1772; Path=/; Max-Age=900; HttpOnly; Secure; SameSite=Lax',
          },
        },
        {
          url: url('https://dex.plant7-id.example.org/auth', {
            approval_prompt: 'force',
            client_id: 'oauth2-proxy',
            redirect_uri: 'https://grafana.plant7.example.net/oauth2/callback',
            response_type: 'code',
            scope: 'openid email profile',
            state: 'Zz90:/d/boilers',
          }),
        },
        {
          url: 'https://dex.plant7-id.example.org/auth/ldap/login?state=def',
          body: signInPage('Log in to your account'),
        },
      ],
      { tab: 2 },
    ),
    wait(9000),
    navigate(
      [
        { url: 'https://dex.plant7-id.example.org/auth/ldap/login?state=abc', form: { login: 'j.doe', password: 'x' } },
        {
          url: 'https://grafana.plant7.example.net/oauth2/callback?code=dx77&state=k1vT%3A%2Fd%2Foverview',
          requestHeaders: { Cookie: '_oauth2_proxy_csrf=second-1772', 'Sec-Fetch-Site': 'cross-site' },
          status: 403,
          body: page('403 Forbidden. Login Failed: Unable to find a valid CSRF token. Please try again.'),
        },
      ],
      { initiator: 'https://dex.plant7-id.example.org' },
    ),
  ),
  situation(
    '19',
    'callback',
    'ASP.NET "Correlation failed": the answer is posted, and the correlation cookie is Lax',
    'aspnet/Security/issues/1799',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['state-mismatch', 'server-error'] },
    navigate([
      {
        url: 'https://crm.weatherby.co.uk/Account/Login?ReturnUrl=%2F',
        headers: {
          'Set-Cookie': [
            '.AspNetCore.OpenIdConnect.Nonce.CfDJ8A=N; expires=Sat, 31 Jan 2026 12:15:00 GMT; path=/signin-oidc; secure; samesite=lax; httponly',
            '.AspNetCore.Correlation.oidc.9aQ=N; expires=Sat, 31 Jan 2026 12:15:00 GMT; path=/signin-oidc; secure; samesite=lax; httponly',
          ],
        },
      },
      {
        url: url('https://adfs.weatherby-group.com/adfs/oauth2/authorize/', {
          client_id: '6d9f8d3e-55a4-4a41-9c5b-fd7a5f01e2b3',
          redirect_uri: 'https://crm.weatherby.co.uk/signin-oidc',
          response_type: 'code id_token',
          scope: 'openid profile',
          response_mode: 'form_post',
          nonce: '63875',
          state: 'CfDJ8BxYz',
        }),
        body: '<html><body onload="document.forms[0].submit()"><form method="POST"></form></body></html>',
      },
    ]),
    navigate(
      {
        url: 'https://crm.weatherby.co.uk/signin-oidc',
        form: { code: 'ad-9', state: 'CfDJ8BxYz', id_token: idToken19 },
        requestHeaders: { Origin: 'https://adfs.weatherby-group.com', 'Sec-Fetch-Site': 'cross-site' },
        status: 500,
        body: page('An unhandled exception occurred while processing the request. Exception: Correlation failed.'),
      },
      { initiator: 'https://adfs.weatherby-group.com' },
    ),
  ),
  situation(
    '20',
    'token endpoint',
    'CORS error at the token endpoint: the client’s "Web Origins" are empty',
    'mauriciovigolo/keycloak-angular/issues/91',
    {
      rootCause: 'token-endpoint-cors',
      owner: 'authorization_server',
      not: ['token-endpoint-unreachable', 'code-redeemed-twice'],
    },
    arrive('c1', 'cc-3.5f2e.88'),
    exchange('cc-3.5f2e.88', {
      status: 200,
      headers: { 'Cache-Control': 'no-store', 'Content-Type': 'application/json' },
      body: undefined,
      error: 'net::ERR_FAILED',
    }),
  ),
  situation(
    '21',
    'refresh',
    'A CORS error that hides invalid_grant: the answer that went well had the header, the 400 has not',
    'keycloak/keycloak/issues/22275',
    { rootCause: 'refresh-token-expired', not: ['token-endpoint-cors', 'cors-refused', 'token-endpoint-unreachable'] },
    arrive('h1', 'cc-4.5f2e.88'),
    exchange('cc-4.5f2e.88', {
      body: {
        access_token: 'kc-at-1',
        refresh_token: 'kc-rt-1',
        token_type: 'Bearer',
        expires_in: 300,
        refresh_expires_in: 1800,
      },
    }),
    wait(2_400_000),
    refresh('kc-rt-1', {
      status: 400,
      headers: { 'Content-Type': 'application/json' },
      body: { error: 'invalid_grant', error_description: 'Token is not active' },
      error: 'net::ERR_FAILED',
    }),
  ),
  situation(
    '22',
    'API',
    'The session is over; a fetch of the page is redirected to the login, and ends as a CORS error',
    'envoyproxy/envoy/issues/30102',
    { rootCause: 'api-redirects-to-login', not: ['cors-refused', 'redirect-loop', 'endpoint-unreachable'] },
    navigate({
      url: 'https://board.quarry.build/',
      requestHeaders: { Cookie: 'OauthHMAC=a; BearerToken=b' },
      body: html,
    }),
    wait(4000),
    call(
      [
        {
          url: 'https://board.quarry.build/api/tasks?project=7',
          requestHeaders: { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty', Accept: 'application/json' },
          status: 302,
        },
        {
          url: url('https://accounts.quarry-id.com/oauth2/v1/authorize', {
            client_id: 'envoy-board',
            scope: 'openid',
            response_type: 'code',
            redirect_uri: 'https://board.quarry.build/oauth2/callback',
            state: 'https://board.quarry.build/api/tasks?project=7',
          }),
          status: 200,
          error: 'net::ERR_FAILED',
        },
      ],
      { initiator: 'https://board.quarry.build' },
    ),
  ),
  situation(
    '23',
    'refresh',
    'Random logout: two tabs refresh with the same token at the same moment',
    'directus/directus/issues/22360',
    { rootCause: 'refresh-race-rotation', owner: 'client', not: ['refresh-token-expired', 'refresh-token-revoked'] },
    arrive('r1', 'cc-5.5f2e.88'),
    exchange('cc-5.5f2e.88'),
    wait(290_000),
    refresh('kc-rt-1', {
      takes: 80,
      body: { access_token: 'kc-at-2', refresh_token: 'kc-rt-2', token_type: 'Bearer', expires_in: 300 },
    }),
    wait(-60),
    refresh(
      'kc-rt-1',
      {
        takes: 90,
        status: 400,
        body: { error: 'invalid_grant', error_description: 'Maximum allowed refresh token reuse exceeded' },
      },
      2,
    ),
  ),
  situation(
    '24',
    'token endpoint',
    'Google gives no refresh token the second time; nothing failed yet',
    'googleapis/google-api-nodejs-client/issues/750',
    { rootCause: null, says: 'google-refresh-token-only-first-consent' },
    ...[1, 2].flatMap((turn) => [
      navigate(
        [
          {
            url: url('https://accounts.google.com/o/oauth2/v2/auth', {
              access_type: 'offline',
              scope: 'https://www.googleapis.com/auth/calendar',
              response_type: 'code',
              client_id: '7034-k2.apps.googleusercontent.com',
              redirect_uri: 'http://127.0.0.1:5005/oauth2callback',
              state: `turn-${turn}-71ac`,
            }),
          },
          {
            url: `http://127.0.0.1:5005/oauth2callback?state=turn-${turn}-71ac&code=4/0Ab${turn}&scope=https://www.googleapis.com/auth/calendar`,
            body: page('Authentication successful'),
          },
        ],
        { initiator: 'http://127.0.0.1:5005' },
      ),
      call(
        {
          url: 'https://oauth2.googleapis.com/token',
          form: {
            code: `4/0Ab${turn}`,
            client_id: '7034-k2.apps.googleusercontent.com',
            client_secret: 'GOCSPX-installed',
            redirect_uri: 'http://127.0.0.1:5005/oauth2callback',
            grant_type: 'authorization_code',
          },
          headers: { 'Access-Control-Allow-Origin': 'http://127.0.0.1:5005' },
          body: {
            access_token: `ya29.${turn}`,
            expires_in: 3599,
            scope: 'https://www.googleapis.com/auth/calendar',
            token_type: 'Bearer',
            ...(turn === 1 && { refresh_token: '1//03first' }),
          },
        },
        { initiator: 'http://127.0.0.1:5005' },
      ),
      wait(60_000),
    ]),
  ),
  situation(
    '25',
    'authorization request',
    'A click on Login does nothing: the page is on plain http, where scripts have no cryptography',
    'authts/oidc-client-ts/issues/1299',
    { rootCause: 'insecure-context-no-webcrypto', owner: 'client', not: ['discovery-unreachable'] },
    navigate({ url: 'http://wms.lagerhaus.intern:8080/', body: html }),
    event((at) => ({
      type: 'navigation.committed',
      at,
      how: 'load',
      tabId: 1,
      frameId: 0,
      parentFrameId: -1,
      url: 'http://wms.lagerhaus.intern:8080/',
    })),
    wait(5000),
    call(
      {
        url: 'http://kc.lagerhaus.intern:8180/realms/lager/.well-known/openid-configuration',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: {
          issuer: 'http://kc.lagerhaus.intern:8180/realms/lager',
          authorization_endpoint: 'http://kc.lagerhaus.intern:8180/realms/lager/protocol/openid-connect/auth',
          token_endpoint: 'http://kc.lagerhaus.intern:8180/realms/lager/protocol/openid-connect/token',
        },
      },
      { initiator: 'http://wms.lagerhaus.intern:8080' },
    ),
  ),
  situation(
    '26',
    'popup',
    'A popup login ends as "user cancelled": the sign-in page cuts the popup off from its opener',
    'auth0/auth0-spa-js/issues/1418',
    { rootCause: 'coop-severs-popup', not: ['popup-closed-by-user', 'user-denied', 'redirect-loop'] },
    navigate({
      url: 'https://studio.fernleaf.art/',
      headers: { 'Cross-Origin-Opener-Policy': 'same-origin' },
      body: html,
    }),
    event((at) => ({ type: 'tab.opened', tabId: 9, openerTabId: 1, at })),
    navigate(
      [
        {
          url: url('https://fernleaf.us.auth0.com/authorize', {
            client_id: 'fl-studio',
            scope: 'openid profile',
            response_type: 'code',
            response_mode: 'web_message',
            redirect_uri: 'https://studio.fernleaf.art',
            state: 'c3R1',
            nonce: 'bm9u',
            ...pkce,
          }),
        },
        { url: 'https://fernleaf.us.auth0.com/u/login?state=hKF', body: signInPage('Log in to Fernleaf') },
      ],
      { tab: 9, initiator: 'https://studio.fernleaf.art' },
    ),
    wait(900),
    event((at) => ({ type: 'tab.closed', tabId: 9, at })),
  ),
  situation(
    '27',
    'API',
    'The access token is opaque because no API was asked for; the API cannot read it',
    'auth0/auth0-spa-js/issues/1008',
    { rootCause: 'access-token-rejected', owner: 'client', not: ['access-token-expired'] },
    navigate(
      [
        {
          url: url('https://orchard.eu.auth0.com/authorize', {
            client_id: 'orch-web',
            scope: 'openid profile email',
            response_type: 'code',
            redirect_uri: 'https://app.orchard.farm/callback',
            state: 'Qk9',
            nonce: 'Tk9',
            ...pkce,
          }),
        },
        { url: 'https://app.orchard.farm/callback?code=or-1&state=Qk9', body: html },
      ],
      { initiator: 'https://app.orchard.farm' },
    ),
    call(
      {
        url: 'https://orchard.eu.auth0.com/oauth/token',
        form: {
          client_id: 'orch-web',
          code_verifier: verifier,
          grant_type: 'authorization_code',
          code: 'or-1',
          redirect_uri: 'https://app.orchard.farm/callback',
        },
        headers: { 'Access-Control-Allow-Origin': 'https://app.orchard.farm' },
        body: { access_token: 'Vb3xK9fLq2', scope: 'openid profile email', expires_in: 86400, token_type: 'Bearer' },
      },
      { initiator: 'https://app.orchard.farm' },
    ),
    call(
      {
        url: 'https://api.orchard.farm/v2/harvests',
        requestHeaders: { Authorization: 'Bearer Vb3xK9fLq2', Origin: 'https://app.orchard.farm' },
        status: 401,
        headers: {
          'Access-Control-Allow-Origin': 'https://app.orchard.farm',
          'WWW-Authenticate': 'Bearer realm="api", error="invalid_token", error_description="Invalid Compact JWS"',
        },
        body: { message: 'Invalid Compact JWS' },
      },
      { initiator: 'https://app.orchard.farm' },
    ),
  ),
  fromFile(
    situation(
      '28',
      'API',
      'A customer’s HAR file: the API is called with the ID token',
      'auth0/node-oauth2-jwt-bearer/issues/69',
      {
        rootCause: 'id-token-as-access-token',
        owner: 'client',
        not: ['access-token-expired', 'access-token-audience'],
      },
      arrive('j1', 'cc-6.5f2e.88'),
      exchange('cc-6.5f2e.88', {
        body: { access_token: 'kc-at-6', id_token: idToken28, token_type: 'Bearer', expires_in: 300 },
      }),
      call(
        {
          url: 'https://api.mosaic-museum.nl/v1/me/tickets',
          requestHeaders: { Authorization: `Bearer ${idToken28}`, Origin: app },
          status: 401,
          headers: { ...allowed, 'WWW-Authenticate': 'Bearer realm="api", error="invalid_token"' },
        },
        { initiator: app },
      ),
    ),
  ),
]
