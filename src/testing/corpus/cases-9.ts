import {
  call,
  challenge,
  type Happening,
  type HopSpec,
  jwt,
  navigate,
  type Place,
  seconds,
  START,
  url,
  verifier,
  wait,
} from '../builders'
import type { CorpusEntry } from './entry'
import { byWorker, reported } from './reported-case'
import { crossSitePost, fromFile, html, page, signInPage } from './situation'

const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

const DAY = 86_400

/** A call that a proxy saw a server make: nobody told what kind of request it was. */
const byServer: Place = { type: 'other' }

const entra = 'https://login.microsoftonline.com/3d5f/oauth2/v2.0'

const keycloak = (host: string, realm: string) => `https://${host}/realms/${realm}/protocol/openid-connect`

/** A page’s exchange of its code at a server of another origin. */
const redeems = (
  origin: string,
  token: string,
  fields: Readonly<Record<string, string>>,
  answer: Partial<HopSpec>,
): Happening =>
  call(
    {
      url: token,
      form: { grant_type: 'authorization_code', code_verifier: verifier, ...fields },
      requestHeaders: { Origin: origin, 'Sec-Fetch-Mode': 'cors' },
      headers: { 'Access-Control-Allow-Origin': origin },
      ...answer,
    },
    { initiator: origin },
  )

/** What is told elsewhere of other servers, clients or parts of the login; each of these was reported by itself. */
export const cases9: readonly CorpusEntry[] = [
  reported(
    '127',
    'infrastructure',
    'The service worker fetches the callback, cannot follow its redirect to the desktop program, and says that it is offline',
    '2witstudios/PageSpace/pull/1002',
    {
      rootCause: 'service-worker-swallows-callback',
      owner: 'client',
      not: ['callback-error', 'callback-unreachable', 'server-error', 'code-not-redeemed', 'callback-fetched-twice'],
    },
    navigate(
      [
        {
          url: url('https://accounts.google.com/o/oauth2/v2/auth', {
            client_id: '1002-desk.apps.googleusercontent.com',
            redirect_uri: 'https://pages.foldout.ai/api/auth/google/callback',
            response_type: 'code',
            scope: 'openid email profile',
            state: 'eyJwbGF0Zm9ybSI6ImRlc2t0b3AifQ.5f1',
          }),
          body: signInPage('Choose an account'),
        },
      ],
      { initiator: 'https://pages.foldout.ai' },
    ),
    wait(6000),
    navigate({
      url: 'https://accounts.google.com/signin/oauth/consent?authuser=0',
      location:
        'https://pages.foldout.ai/api/auth/google/callback?state=eyJwbGF0Zm9ybSI6ImRlc2t0b3AifQ.5f1&code=4%2F0AX127&scope=email',
    }),
    byWorker(
      'https://pages.foldout.ai/api/auth/google/callback?state=eyJwbGF0Zm9ybSI6ImRlc2t0b3AifQ.5f1&code=4%2F0AX127&scope=email',
      503,
      '{"error":"offline","message":"You are offline"}',
    ),
    call(
      {
        url: 'https://pages.foldout.ai/api/auth/google/callback?state=eyJwbGF0Zm9ybSI6ImRlc2t0b3AifQ.5f1&code=4%2F0AX127&scope=email',
        requestHeaders: { 'Sec-Fetch-Dest': 'empty' },
        status: 302,
        location: 'foldout://auth-exchange?code=one-time-9&provider=google',
        error: 'net::ERR_UNSAFE_REDIRECT',
      },
      { tab: -1, frame: -1, initiator: 'https://pages.foldout.ai' },
    ),
    wait(20_000),
  ),
  reported(
    '38',
    'silent renewal',
    'Azure AD B2C refuses to be shown in the frame of the silent renewal: X-Frame-Options deny',
    'damienbod/angular-auth-oidc-client/issues/1239',
    {
      rootCause: 'silent-iframe-blocked-by-idp',
      not: ['silent-timeout', 'login-required-silent', 'redirect-uri-not-registered'],
    },
    navigate({ url: 'https://desk.harbourmaster.nl/overview', body: html }),
    navigate(
      {
        url: url(
          'https://harbourmaster.b2clogin.com/harbourmaster.onmicrosoft.com/b2c_1_signin/oauth2/v2.0/authorize',
          {
            client_id: '1239b2c',
            redirect_uri: 'https://desk.harbourmaster.nl/silent-renew.html',
            response_type: 'code',
            scope: 'openid offline_access',
            nonce: 'b2c-nonce-1239aaaa',
            state: 'b2c-state-1239aaaa',
            prompt: 'none',
            ...pkce,
          },
        ),
        headers: { 'X-Frame-Options': 'deny', 'Content-Type': 'text/html; charset=utf-8' },
        status: 200,
        error: 'net::ERR_BLOCKED_BY_RESPONSE',
      },
      { initiator: 'https://desk.harbourmaster.nl', type: 'sub_frame', frame: 4 },
    ),
    wait(30_000),
  ),
  reported(
    '52',
    'authorization request',
    'Behind a proxy that ends TLS the media server asks with http in its redirect_uri, although it is opened by https',
    '9p4/jellyfin-plugin-sso/issues/79',
    { rootCause: 'redirect-uri-not-registered', owner: 'client', not: ['client-id-unknown', 'redirect-uri-malformed'] },
    navigate([
      { url: 'https://films.cellar.example/SSO/oid/p/keycloak?isLinking=true' },
      {
        url: url(`${keycloak('sso.cellar.example', 'home')}/auth`, {
          response_type: 'code',
          state: 'q0vOwG7bqkmKXyO6OQ',
          client_id: 'films',
          scope: 'openid profile',
          redirect_uri: 'http://films.cellar.example/sso/OID/r/keycloak',
          ...pkce,
        }),
        status: 400,
        body: page('We are sorry... Invalid parameter: redirect_uri'),
      },
    ]),
  ),
  reported(
    '74',
    'token endpoint',
    'AADSTS7000218: Entra wants a secret from the page, as its redirect URI is registered for a web application',
    'Azure-Samples/ms-identity-javascript-v2/issues/18',
    {
      rootCause: 'spa-redirect-registered-as-web',
      owner: 'authorization_server',
      not: ['client-secret-wrong', 'client-auth-method-wrong', 'token-endpoint-cors'],
    },
    navigate(
      [
        {
          url: url(`${entra}/authorize`, {
            client_id: '74-vanilla',
            redirect_uri: 'http://localhost:3000/',
            response_type: 'code',
            response_mode: 'fragment',
            scope: 'User.Read openid profile offline_access',
            state: 'eyJpZCI6Ijc0In0=',
            nonce: '74aa-nonce-00-ffee',
            ...pkce,
          }),
        },
        { url: 'http://localhost:3000/#code=0.AX74&state=eyJpZCI6Ijc0In0%3d&session_state=9c', body: html },
      ],
      { initiator: 'http://localhost:3000' },
    ),
    redeems(
      'http://localhost:3000',
      `${entra}/token`,
      { client_id: '74-vanilla', redirect_uri: 'http://localhost:3000/', code: '0.AX74' },
      {
        status: 401,
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: {
          error: 'invalid_client',
          error_description:
            "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
          error_codes: [7000218],
        },
      },
    ),
  ),
  reported(
    '76',
    'callback',
    'The page of the callback shows what Entra told the client’s server: codes of this registration are for pages only',
    'clocked0ne/passport-outlook/issues/16',
    {
      rootCause: 'spa-registration-used-by-server',
      owner: 'authorization_server',
      not: ['callback-error', 'server-error', 'client-secret-wrong', 'code-expired'],
    },
    navigate([
      {
        url: 'http://localhost:8000/auth/outlook',
        headers: { 'Set-Cookie': 'connect.sid=s%3A16.q; Path=/; HttpOnly' },
      },
      {
        url: url(`${entra}/authorize`, {
          response_type: 'code',
          redirect_uri: 'http://localhost:8000/auth/outlook/callback',
          scope: 'openid profile offline_access https://outlook.office.com/Mail.Read',
          client_id: '16-outlook',
        }),
      },
      {
        url: 'http://localhost:8000/auth/outlook/callback?code=M.R3_16&session_state=16aa',
        requestHeaders: { Cookie: 'connect.sid=s%3A16.q' },
        status: 500,
        body: page(
          'TokenError: AADSTS90023: Tokens issued for the &#39;Single-Page Application&#39; client-type may only be redeemed via cross-origin requests.',
        ),
      },
    ]),
  ),
  reported(
    '80',
    'token endpoint',
    'Keycloak refuses offline_access at the token endpoint without CORS headers, and the console speaks of CORS only',
    'keycloak/keycloak/issues/22275',
    {
      rootCause: 'token-endpoint-cors',
      not: ['token-endpoint-unreachable', 'code-expired', 'code-not-redeemed', 'spa-redirect-registered-as-web'],
    },
    navigate(
      [
        {
          url: url(`${keycloak('sso.seedbank.pt', 'field')}/auth`, {
            client_id: 'seed-ui',
            redirect_uri: 'https://ui.seedbank.pt/',
            response_type: 'code',
            response_mode: 'fragment',
            scope: 'openid offline_access',
            state: '22275-aaaa-bbbb-cccc',
            nonce: '22275-nonce-aaaa-bbbb',
            ...pkce,
          }),
        },
        {
          url: 'https://ui.seedbank.pt/#state=22275-aaaa-bbbb-cccc&session_state=22&code=kc-22275.aa',
          body: html,
        },
      ],
      { initiator: 'https://ui.seedbank.pt' },
    ),
    redeems(
      'https://ui.seedbank.pt',
      `${keycloak('sso.seedbank.pt', 'field')}/token`,
      { client_id: 'seed-ui', redirect_uri: 'https://ui.seedbank.pt/', code: 'kc-22275.aa' },
      {
        status: 400,
        headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
        error: 'net::ERR_FAILED',
      },
    ),
    wait(20_000),
  ),
  fromFile(
    reported(
      '88',
      'refresh',
      'A HAR file: the refresh has its parameters in the URL and an empty body, so the server sees no grant_type',
      'IdentityServer/IdentityServer3/issues/2512',
      {
        rootCause: 'token-params-in-query',
        owner: 'client',
        not: ['grant-type-missing-or-wrong', 'refresh-token-expired', 'refresh-token-refused', 'client-not-authorized'],
      },
      call(
        {
          url: url('https://ids.plover.coop/core/connect/token', {
            grant_type: 'refresh_token',
            refresh_token: 'b1d5c2512aa',
          }),
          method: 'POST',
          text: '',
          requestHeaders: {
            Authorization: `Basic ${btoa('plover:secret88')}`,
            'Content-Type': 'application/x-www-form-urlencoded',
          },
          status: 400,
          body: { error: 'unsupported_grant_type' },
        },
        byServer,
      ),
    ),
  ),
  fromFile(
    reported(
      '89',
      'token endpoint',
      'A proxy’s HAR file of the client’s server: the client secret for Apple is valid for longer than six months',
      'mikebronner/laravel-sign-in-with-apple/issues/9',
      {
        rootCause: 'apple-client-secret-invalid',
        owner: 'client',
        not: ['client-secret-wrong', 'client-id-unknown', 'client-auth-method-wrong'],
      },
      navigate([
        {
          url: url('https://appleid.apple.com/auth/authorize', {
            client_id: 'com.pergola.web',
            redirect_uri: 'https://pergola.garden/callback/apple',
            scope: 'name email',
            response_type: 'code',
            response_mode: 'form_post',
            state: 'lA9rXQ0bV7TzKp2m',
          }),
          body: signInPage('Sign in with your Apple ID'),
        },
      ]),
      navigate({
        url: 'https://pergola.garden/callback/apple',
        form: { state: 'lA9rXQ0bV7TzKp2m', code: 'c89.0.apple' },
        requestHeaders: crossSitePost('https://appleid.apple.com'),
        status: 500,
        body: page(
          'Client error: `POST https://appleid.apple.com/auth/token` resulted in a `400 Bad Request` response: {"error":"invalid_client"}',
        ),
      }),
      call(
        {
          url: 'https://appleid.apple.com/auth/token',
          form: {
            grant_type: 'authorization_code',
            client_id: 'com.pergola.web',
            client_secret: jwt(
              {
                iss: 'TEAM89',
                sub: 'com.pergola.web',
                aud: 'https://appleid.apple.com',
                iat: seconds(START) - DAY,
                exp: seconds(START) + 365 * DAY,
              },
              { alg: 'ES256', kid: 'KEY89' },
            ),
            code: 'c89.0.apple',
            redirect_uri: 'https://pergola.garden/callback/apple',
          },
          status: 400,
          body: { error: 'invalid_client' },
        },
        byServer,
      ),
    ),
  ),
  fromFile(
    reported(
      '94',
      'token endpoint',
      'A HAR file: offline access was asked for, and only the first login of the user brought a refresh token',
      'googleapis/google-api-nodejs-client/issues/750',
      {
        rootCause: null,
        not: ['refresh-not-returned-new-token-missing', 'offline-access-missing', 'token-response-deviates'],
        says: 'google-refresh-token-only-first-consent',
        byProvider: '`access_type` is Google’s own parameter.',
      },
      ...[1, 2].flatMap((login) => [
        navigate([
          {
            url: url('https://accounts.google.com/o/oauth2/auth', {
              access_type: 'offline',
              client_id: '750.apps.googleusercontent.com',
              redirect_uri: 'https://mailmerge.lanternfish.dev/oauth2callback',
              response_type: 'code',
              scope: 'https://www.googleapis.com/auth/calendar',
              state: `750-state-${login}-d41d8cd98f`,
            }),
          },
          {
            url: `https://mailmerge.lanternfish.dev/oauth2callback?code=4%2F750-${login}&state=750-state-${login}-d41d8cd98f`,
            body: html,
          },
        ]),
        call(
          {
            url: 'https://oauth2.googleapis.com/token',
            form: {
              grant_type: 'authorization_code',
              code: `4/750-${login}`,
              client_id: '750.apps.googleusercontent.com',
              client_secret: 'GOCSPX-750',
              redirect_uri: 'https://mailmerge.lanternfish.dev/oauth2callback',
            },
            body: {
              access_token: `ya29.750-${login}`,
              expires_in: 3599,
              token_type: 'Bearer',
              ...(login === 1 && { refresh_token: '1//750' }),
            },
          },
          byServer,
        ),
        wait(60_000),
      ]),
    ),
  ),
  reported(
    '98',
    'API',
    'No API was named, so the access token is no JWT; the API asks for one and says "Invalid Compact JWS"',
    'auth0/node-oauth2-jwt-bearer/issues/69',
    {
      rootCause: 'access-token-rejected',
      owner: 'client',
      not: [
        'id-token-as-access-token',
        'access-token-audience',
        'access-token-expired',
        'authorization-header-malformed',
      ],
    },
    navigate(
      [
        {
          url: url('https://quarry.us.auth0.com/authorize', {
            client_id: 'q69',
            scope: 'openid profile email',
            redirect_uri: 'https://quarry.land/home',
            response_type: 'code',
            response_mode: 'query',
            state: 'cTY5LXN0YXRlLTAwMDE=',
            nonce: 'cTY5LW5vbmNlLTAwMDE=',
            ...pkce,
          }),
        },
        { url: 'https://quarry.land/home?code=q69-code&state=cTY5LXN0YXRlLTAwMDE%3D', body: html },
      ],
      { initiator: 'https://quarry.land' },
    ),
    redeems(
      'https://quarry.land',
      'https://quarry.us.auth0.com/oauth/token',
      { client_id: 'q69', redirect_uri: 'https://quarry.land/home', code: 'q69-code' },
      {
        body: {
          access_token: '5-IwUwnVMgbifhI2RkN8AXSlMiHyUEHH',
          id_token: jwt({
            iss: 'https://quarry.us.auth0.com/',
            aud: 'q69',
            sub: 'auth0|1',
            nonce: 'cTY5LW5vbmNlLTAwMDE=',
            iat: seconds(START),
            exp: seconds(START) + 36_000,
          }),
          scope: 'openid profile email',
          expires_in: 86_400,
          token_type: 'Bearer',
        },
      },
    ),
    call(
      {
        url: 'https://quarry.land/signIn',
        requestHeaders: { Authorization: 'Bearer 5-IwUwnVMgbifhI2RkN8AXSlMiHyUEHH' },
        status: 401,
        headers: {
          'WWW-Authenticate': 'Bearer realm="api", error="invalid_token", error_description="Invalid Compact JWS"',
        },
        body: 'Unauthorized',
      },
      { initiator: 'https://quarry.land' },
    ),
  ),
  reported(
    '133',
    'logout',
    'Keycloak 18: the logout names only where to go after it, and the server wants to know whose logout it is',
    'keycloak/keycloak/issues/12680',
    {
      rootCause: 'logout-missing-hint',
      owner: 'client',
      not: [
        'post-logout-uri-not-registered',
        'logout-legacy-parameter',
        'logout-hint-invalid',
        'redirect-uri-not-registered',
      ],
    },
    navigate([
      { url: 'https://rota.windmill.care/logout' },
      {
        url: url(`${keycloak('login.windmill.care', 'staff')}/logout`, {
          post_logout_redirect_uri: 'https://rota.windmill.care/',
        }),
        status: 400,
        body: page('We are sorry... Missing parameters: id_token_hint'),
      },
    ]),
  ),
]
