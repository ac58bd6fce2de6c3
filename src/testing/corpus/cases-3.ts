import {
  call,
  challenge,
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
import { reported } from './reported-case'
import { html, page, signInPage } from './situation'

const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

/** A hidden frame of a page asks for a new answer without the user. */
const inFrame = (origin: string, hops: readonly HopSpec[]): Happening =>
  navigate(hops, { type: 'sub_frame', frame: 31, initiator: origin })

/** A login in a tab that went well, so that a session exists at the server. */
const signedIn = (asked: string, callback: string, origin: string): Happening =>
  navigate([{ url: asked }, { url: callback, body: html }], { initiator: origin })

const brewhouseToken = jwt({
  iss: 'https://brewhouse.b2clogin.com/6f1e/v2.0/',
  aud: '9c1e',
  sub: 'a1',
  nonce: '5d1a',
  iat: seconds(START),
  exp: seconds(START) + 3600,
})

/** Requests that the authorization server did not answer as asked. */
export const cases3: readonly CorpusEntry[] = [
  reported(
    '34',
    'silent renewal',
    'Incognito: every hidden frame is answered login_required, for third-party cookies are blocked',
    'damienbod/angular-auth-oidc-client/issues/785',
    { rootCause: 'login-required-silent', owner: 'browser', not: ['user-denied', 'authorization-refused'] },
    signedIn(
      url('https://idsrv.polderwerk.nl/connect/authorize', {
        client_id: 'ng',
        redirect_uri: 'https://app.dijkzicht.nl/',
        response_type: 'code',
        scope: 'openid offline_access',
        nonce: 'nA1',
        state: 'sA1-long-enough-value',
        ...pkce,
      }),
      'https://app.dijkzicht.nl/?code=PW1&scope=openid&state=sA1-long-enough-value',
      'https://app.dijkzicht.nl',
    ),
    call(
      {
        url: 'https://idsrv.polderwerk.nl/connect/token',
        form: {
          grant_type: 'authorization_code',
          client_id: 'ng',
          code_verifier: verifier,
          code: 'PW1',
          redirect_uri: 'https://app.dijkzicht.nl/',
        },
        headers: { 'Access-Control-Allow-Origin': 'https://app.dijkzicht.nl' },
        body: { access_token: 'pw-at', expires_in: 60, token_type: 'Bearer' },
      },
      { initiator: 'https://app.dijkzicht.nl' },
    ),
    wait(30_000),
    inFrame('https://app.dijkzicht.nl', [
      {
        url: url('https://idsrv.polderwerk.nl/connect/authorize', {
          client_id: 'ng',
          redirect_uri: 'https://app.dijkzicht.nl/silent-renew.html',
          response_type: 'code',
          scope: 'openid',
          nonce: 'nA2',
          state: 'sA2-long-enough-value',
          prompt: 'none',
          ...pkce,
        }),
        requestHeaders: { 'Sec-Fetch-Dest': 'iframe', 'Sec-Fetch-Site': 'cross-site' },
      },
      {
        url: 'https://app.dijkzicht.nl/silent-renew.html?error=login_required&state=sA2-long-enough-value',
        body: html,
      },
    ]),
  ),
  reported(
    '37',
    'silent renewal',
    'AADB2C90077 in the hidden frame, a moment after the user signed in',
    'AzureAD/microsoft-authentication-library-for-js/issues/321',
    { rootCause: 'login-required-silent', not: ['user-denied', 'policy-denied'] },
    navigate(
      [
        {
          url: url('https://brewhouse.b2clogin.com/brewhouse.onmicrosoft.com/b2c_1_susi/oauth2/v2.0/authorize', {
            response_type: 'id_token',
            scope: 'openid profile',
            client_id: '9c1e',
            redirect_uri: 'http://localhost:6420/',
            state: 'b7a1f7a8-1',
            nonce: '5d1a',
          }),
          headers: {
            'Set-Cookie': 'x-ms-cpim-sso=m1.Aa; domain=brewhouse.b2clogin.com; path=/; SameSite=None; secure; HttpOnly',
          },
        },
        { url: `http://localhost:6420/#state=b7a1f7a8-1&id_token=${brewhouseToken}`, body: html },
      ],
      { initiator: 'http://localhost:6420' },
    ),
    wait(1500),
    inFrame('http://localhost:6420', [
      {
        url: url('https://brewhouse.b2clogin.com/brewhouse.onmicrosoft.com/b2c_1_susi/oauth2/v2.0/authorize', {
          response_type: 'token',
          scope: 'https://brewhouse.onmicrosoft.com/api/read',
          client_id: '9c1e',
          redirect_uri: 'http://localhost:6420/',
          state: '0f2f-2',
          nonce: '77b2',
          prompt: 'none',
          login_hint: 'ann',
        }),
        requestHeaders: { 'Sec-Fetch-Dest': 'iframe', 'Sec-Fetch-Site': 'cross-site' },
      },
      {
        url: "http://localhost:6420/#error=interaction_required&error_description=AADB2C90077%3a+User+does+not+have+an+existing+session+and+request+prompt+parameter+has+a+value+of+'None'.&state=0f2f-2",
        body: html,
      },
    ]),
  ),
  reported(
    '35',
    'silent renewal',
    'After a reload login_required; a click on login comes back at once, without a password',
    'auth0/auth0-spa-js/issues/207',
    { rootCause: 'login-required-silent', owner: 'browser', not: ['user-denied', 'redirect-loop'] },
    navigate({ url: 'https://notes.pinecone.study/', body: html }),
    inFrame('https://notes.pinecone.study', [
      {
        url: url('https://pinecone.eu.auth0.com/authorize', {
          client_id: 'Pn7',
          response_type: 'code',
          response_mode: 'query',
          scope: 'openid profile email',
          redirect_uri: 'https://notes.pinecone.study/silent',
          state: 'T2lEWGFzZGFzZGFzZA==',
          nonce: 'cXdlcnR5',
          prompt: 'none',
          ...pkce,
        }),
      },
      {
        url: 'https://notes.pinecone.study/silent?error=login_required&error_description=Login%20required&state=T2lEWGFzZGFzZGFzZA%3D%3D',
        body: html,
      },
    ]),
    wait(9000),
    navigate(
      [
        {
          url: url('https://pinecone.eu.auth0.com/authorize', {
            client_id: 'Pn7',
            response_type: 'code',
            response_mode: 'query',
            scope: 'openid profile email',
            redirect_uri: 'https://notes.pinecone.study/',
            state: 'c2Vjb25kLXN0YXRlLXZhbHVl',
            nonce: 'bm9uY2Uy',
            ...pkce,
          }),
        },
        { url: 'https://notes.pinecone.study/?code=a0-35&state=c2Vjb25kLXN0YXRlLXZhbHVl', body: html },
      ],
      { initiator: 'https://notes.pinecone.study' },
    ),
    call(
      {
        url: 'https://pinecone.eu.auth0.com/oauth/token',
        form: {
          client_id: 'Pn7',
          code_verifier: verifier,
          grant_type: 'authorization_code',
          code: 'a0-35',
          redirect_uri: 'https://notes.pinecone.study/',
        },
        headers: { 'Access-Control-Allow-Origin': 'https://notes.pinecone.study' },
        body: { access_token: 'a0-at-35', token_type: 'Bearer', expires_in: 86_400 },
      },
      { initiator: 'https://notes.pinecone.study' },
    ),
    wait(60_000),
    navigate({ url: 'https://notes.pinecone.study/', body: html }),
    inFrame('https://notes.pinecone.study', [
      {
        url: url('https://pinecone.eu.auth0.com/authorize', {
          client_id: 'Pn7',
          response_type: 'code',
          response_mode: 'query',
          scope: 'openid profile email',
          redirect_uri: 'https://notes.pinecone.study/silent',
          state: 'dGhpcmQtc3RhdGUtdmFsdWU=',
          nonce: 'bm9uY2Uz',
          prompt: 'none',
          ...pkce,
        }),
      },
      {
        url: 'https://notes.pinecone.study/silent?error=login_required&error_description=Login%20required&state=dGhpcmQtc3RhdGUtdmFsdWU%3D',
        body: html,
      },
    ]),
    wait(20_000),
  ),
  reported(
    '41',
    'silent renewal',
    'Without prompt=none the server sends its sign-in page into the frame, which may not show it',
    'damienbod/angular-auth-oidc-client/issues/106',
    {
      rootCause: 'authorize-in-iframe-without-prompt-none',
      owner: 'client',
      not: ['silent-iframe-blocked-by-idp', 'endpoint-unreachable'],
    },
    inFrame('https://shop.cobblestone.io', [
      {
        url: url('https://accounts.cobblestone.io/oauth/authorize', {
          client_id: 'e5f6',
          redirect_uri: 'https://shop.cobblestone.io/silent-renew.html',
          response_type: 'id_token token',
          scope: 'openid email',
          nonce: 'N0.9',
          state: '15221004871',
        }),
        requestHeaders: { 'Sec-Fetch-Dest': 'iframe' },
      },
      {
        url: 'https://accounts.cobblestone.io/accounts/sign_in',
        headers: { 'X-Frame-Options': 'sameorigin', 'Content-Type': 'text/html; charset=utf-8' },
        error: 'net::ERR_BLOCKED_BY_RESPONSE',
        status: 200,
      },
    ]),
    wait(20_000),
  ),
  reported(
    '43',
    'silent renewal',
    'The server is public and the page is on 192.168: the frame may not come back into the local network',
    'dotnet/aspnetcore/issues/64699',
    {
      rootCause: 'local-network-access-denied',
      not: ['login-required-silent', 'cors-refused', 'callback-unreachable'],
    },
    inFrame('https://192.168.1.40:7443', [
      {
        url: url('https://login.millstone-id.com/authorize', {
          client_id: 'wasm',
          redirect_uri: 'https://192.168.1.40:7443/authentication/login-callback',
          response_type: 'code',
          scope: 'openid profile',
          state: '9ab5e0b7c6c04a1e',
          prompt: 'none',
          response_mode: 'query',
          ...pkce,
        }),
      },
      {
        url: 'https://192.168.1.40:7443/authentication/login-callback?code=ms-43&state=9ab5e0b7c6c04a1e',
        error: 'net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS',
      },
    ]),
    wait(20_000),
  ),
  reported(
    '130',
    'callback',
    'The way back to loopback is blocked by the browser’s check of private networks; a reload works',
    'hickford/git-credential-oauth/issues/86',
    { rootCause: 'local-network-access-denied', not: ['callback-unreachable', 'redirect-uri-not-registered'] },
    navigate([
      {
        url: url('https://git.harrowgate.org/oauth/authorize', {
          client_id: '10bfb',
          code_challenge: challenge,
          code_challenge_method: 'S256',
          redirect_uri: 'http://127.0.0.1:38219',
          response_type: 'code',
          scope: 'read_repository write_repository',
          state: 'v2Qx',
        }),
      },
      {
        url: 'http://127.0.0.1:38219/?code=gl-130&state=v2Qx',
        error: 'net::ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS',
      },
    ]),
  ),
  reported(
    '56',
    'authorization request',
    'In production the proxy does not tell the scheme: the redirect_uri is http, the page is https',
    'AzureAD/microsoft-identity-web/issues/461',
    {
      rootCause: 'redirect-uri-not-registered',
      owner: 'client',
      not: ['client-id-unknown', 'response-type-unsupported'],
    },
    navigate([
      {
        url: 'https://hr.linden-group.ca/MicrosoftIdentity/Account/SignIn',
        headers: {
          'Set-Cookie': '.AspNetCore.Correlation.Q1=N; path=/signin-oidc; secure; samesite=none; httponly',
          'Strict-Transport-Security': 'max-age=2592000',
        },
      },
      {
        url: url('https://login.microsoftonline.com/linden/oauth2/v2.0/authorize', {
          client_id: 'aa-56',
          redirect_uri: 'http://hr.linden-group.ca/signin-oidc',
          response_type: 'id_token',
          scope: 'openid profile',
          response_mode: 'form_post',
          nonce: '637.n',
          state: 'CfDJ8hr',
        }),
        status: 400,
        body: page(
          'AADSTS50011: The redirect URI http://hr.linden-group.ca/signin-oidc specified in the request does not match the redirect URIs configured for the application aa-56.',
        ),
      },
    ]),
  ),
  reported(
    '58',
    'authorization request',
    'The proxy passes the host without its port: redirect_uri lacks :2443',
    'jinnerbichler/keycloak-nginx/issues/3',
    { rootCause: 'redirect-uri-not-registered', not: ['client-id-unknown'] },
    navigate(
      {
        url: url('https://keys.boatyard.fi:2443/auth/realms/master/protocol/openid-connect/auth', {
          client_id: 'security-admin-console',
          redirect_uri: 'https://keys.boatyard.fi:2443/auth/admin/master/console/',
          state: '0e8c',
          response_mode: 'fragment',
          response_type: 'code',
          scope: 'openid',
          nonce: 'f6d1',
        }),
        status: 400,
        body: page('We are sorry... Invalid parameter: redirect_uri'),
      },
      { initiator: 'https://keys.boatyard.fi:2443' },
    ),
  ),
  reported(
    '62',
    'authorization request',
    'Google: "Invalid parameter value for redirect_uri: Missing scheme"',
    'MaikuB/flutter_appauth/issues/100',
    { rootCause: 'redirect-uri-malformed', owner: 'client', not: ['client-id-unknown'] },
    navigate([
      {
        url: url('https://accounts.google.com/o/oauth2/v2/auth', {
          redirect_uri: 'com.pebbleapp',
          client_id: '640-abc.apps.googleusercontent.com',
          response_type: 'code',
          state: 'Wm3',
          scope: 'openid profile',
          ...pkce,
        }),
      },
      {
        url: 'https://accounts.google.com/signin/oauth/error?authError=ChFpbnZhbGlk&client_id=640-abc.apps.googleusercontent.com',
        status: 400,
        body: page(
          'Error 400: invalid_request. Invalid parameter value for redirect_uri: Missing scheme: com.pebbleapp',
        ),
      },
    ]),
  ),
  reported(
    '64',
    'authorization request',
    'The server registers http redirect URIs for localhost only, not for 127.0.0.1',
    'punkpeye/mcp-remote/issues/61',
    { rootCause: 'registration-refused', not: ['redirect-uri-not-registered', 'discovery-unreachable'] },
    call(
      {
        url: 'https://mcp.copperline.dev/register',
        json: {
          redirect_uris: ['http://127.0.0.1:3334/oauth/callback'],
          token_endpoint_auth_method: 'none',
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          client_name: 'MCP CLI Proxy',
        },
        status: 400,
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: { error: 'invalid_redirect_uri', error_description: 'cannot use the HTTP protocol.' },
      },
      { initiator: 'http://localhost:6274' },
    ),
  ),
  reported(
    '65',
    'authorization response',
    'A broker speaks of a bad state; the URL says what GitHub said: redirect_uri_mismatch',
    'swyxio/swyxdotio/issues/497',
    { rootCause: 'redirect-uri-not-registered', not: ['state-mismatch', 'callback-error', 'state-cookie-lost'] },
    navigate(
      [
        {
          url: 'https://ttyx.supabase.co/auth/v1/authorize?provider=github&redirect_to=https%3A%2F%2Fpostcards.blog%2F',
        },
        {
          url: url('https://github.com/login/oauth/authorize', {
            client_id: 'Iv1.65',
            redirect_uri: 'https://ttyx.supabase.co/auth/v1/callback',
            response_type: 'code',
            scope: 'user:email',
            state: 'eyJhbGciOiJIUzI1NiJ9.e30.x',
          }),
        },
        {
          url: 'https://postcards.blog/auth/v1/callback?error=redirect_uri_mismatch&error_description=The+redirect_uri+MUST+match+the+registered+callback+URL+for+this+application.&error_uri=https%3A%2F%2Fdocs.github.com%2F&state=eyJhbGciOiJIUzI1NiJ9.e30.x',
          status: 400,
          body: { code: 400, msg: 'OAuth state is invalid: signature is invalid' },
        },
      ],
      { initiator: 'https://postcards.blog' },
    ),
  ),
  reported(
    '91',
    'authorization response',
    'AADSTS650053: the scopes are separated by commas, and so they are one unknown scope',
    'lowcoder-org/lowcoder/issues/915',
    {
      rootCause: 'scope-invalid',
      owner: 'client',
      not: ['client-secret-wrong', 'policy-denied', 'client-not-authorized'],
    },
    navigate(
      [
        {
          url: url('https://login.microsoftonline.com/common/oauth2/v2.0/authorize', {
            response_type: 'code',
            client_id: '91-lc',
            redirect_uri: 'https://build.tinkerbox.app/user/auth/oauth/redirect',
            state: 'o7Pq91',
            scope: 'openid,profile,email,offline_access',
          }),
        },
        {
          url: url('https://build.tinkerbox.app/user/auth/oauth/redirect', {
            error: 'invalid_client',
            error_description:
              "AADSTS650053: The application 'box' asked for scope 'openid,profile,email,offline_access' that doesn't exist on the resource '00000003-0000-0000-c000-000000000000'.",
            state: 'o7Pq91',
          }),
          body: html,
        },
      ],
      { initiator: 'https://build.tinkerbox.app' },
    ),
  ),
  reported(
    '92',
    'authorization response',
    'Scopes joined with a plus sign that was then encoded: %2B is a plus, not a space',
    'teranetsrl/oauth2_client/issues/100',
    { rootCause: 'scope-invalid', owner: 'client', not: ['client-not-authorized', 'authorization-refused'] },
    navigate([
      {
        url: url('https://auth.snowfinch.app/oauth2/authorize', {
          response_type: 'code',
          client_id: 'finch-mobile',
          redirect_uri: 'app.snowfinch://oauth2redirect',
          scope: 'profile+contacts.read',
          state: 'W8sJm2',
          ...pkce,
        }),
        status: 302,
        location: 'app.snowfinch://oauth2redirect?error=invalid_scope&state=W8sJm2',
      },
    ]),
  ),
  reported(
    '136',
    'authorization request',
    'An internal application and the wrong account: the page names a parameter that the URL does have',
    'googleworkspace/cli/issues/586',
    {
      rootCause: 'authorization-request-refused',
      not: ['response-type-unsupported', 'client-id-unknown', 'parameter-refused'],
    },
    navigate([
      {
        url: url('https://accounts.google.com/o/oauth2/auth', {
          scope: 'https://www.googleapis.com/auth/drive',
          access_type: 'offline',
          redirect_uri: 'http://localhost:45121',
          response_type: 'code',
          client_id: '136-gws.apps.googleusercontent.com',
          prompt: 'select_account consent',
        }),
        body: signInPage('Choose an account'),
      },
    ]),
    wait(4000),
    navigate({
      url: 'https://accounts.google.com/signin/oauth/error?authError=Cg9p&client_id=136-gws.apps.googleusercontent.com&flowName=GeneralOAuthFlow',
      status: 400,
      body: page(
        'Access blocked: Authorization Error. Required parameter is missing: response_type. Error 400: invalid_request',
      ),
    }),
  ),
  reported(
    '137',
    'authorization request',
    'Google: the out-of-band flow has been blocked; the redirect_uri is still urn:ietf:wg:oauth:2.0:oob',
    'menukaonline/goindex-extended/issues/90',
    { rootCause: 'redirect-uri-not-registered', owner: 'client', not: ['client-id-unknown', 'parameter-refused'] },
    navigate([
      {
        url: url('https://accounts.google.com/o/oauth2/auth', {
          client_id: '202264815644.apps.googleusercontent.com',
          redirect_uri: 'urn:ietf:wg:oauth:2.0:oob',
          scope: 'https://www.googleapis.com/auth/drive',
          response_type: 'code',
          access_type: 'offline',
        }),
      },
      {
        url: 'https://accounts.google.com/signin/oauth/error?authError=ChRpbnZh&client_id=202264815644.apps.googleusercontent.com',
        status: 400,
        body: page(
          "Access blocked: app's request is invalid. Error 400: invalid_request. The out-of-band (OOB) flow has been blocked in order to keep users secure. redirect_uri=urn:ietf:wg:oauth:2.0:oob",
        ),
      },
    ]),
  ),
]
