import { call, challenge, event, idTokenClaims, jwt, navigate, seconds, START, url, verifier, wait } from '../builders'
import type { CorpusEntry } from './entry'
import { crossSitePost, html, page, signInPage, situation } from './situation'

const entra = 'https://login.microsoftonline.com/7f3c1a52-6f0e-4c1b-9a53-1c2b7e1d90aa/oauth2/v2.0'
const entraClient = '4b0e9f1c-93d7-4a0e-8f5e-5d2f1c7ab012'

/** A token call of a page at `origin`, answered as `answer` says. */
const token = (endpoint: string, origin: string, form: Record<string, string>, answer: object) =>
  call(
    {
      url: endpoint,
      form: { grant_type: 'authorization_code', code_verifier: verifier, ...form },
      requestHeaders: { Origin: origin, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' },
      headers: { 'Access-Control-Allow-Origin': origin },
      ...answer,
    },
    { initiator: origin },
  )

const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
const tokens = { access_token: 'Zq8wKf1LxT3v', token_type: 'Bearer', expires_in: 600, scope: 'openid profile' }

/** Rows 1 to 14 of the situations in which people get stuck. */
export const situations1: readonly CorpusEntry[] = [
  situation(
    '1-other-origin',
    'callback',
    '"No matching state found in storage": the login began at www and was answered without it',
    'authts/react-oidc-context/issues/1587',
    { rootCause: 'state-storage-origin-mismatch', owner: 'client', not: ['state-mismatch', 'state-never-sent'] },
    navigate(
      [
        {
          url: url('https://sts.nordwind-bank.com/connect/authorize', {
            client_id: 'portal-spa',
            redirect_uri: 'https://nordwind-portal.com/signin-oidc',
            response_type: 'code',
            scope: 'openid profile',
            state: '7b3a90c2f1de4c66a1',
            ...pkce,
          }),
        },
        { url: 'https://nordwind-portal.com/signin-oidc?code=6F1E2D&scope=openid%20profile&state=7b3a90c2f1de4c66a1' },
      ],
      { initiator: 'https://nordwind-portal.com' },
    ),
    token(
      'https://sts.nordwind-bank.com/connect/token',
      'https://nordwind-portal.com',
      {
        client_id: 'portal-spa',
        redirect_uri: 'https://nordwind-portal.com/signin-oidc',
        code: '6F1E2D',
      },
      { body: tokens },
    ),
    wait(90_000),
    navigate({ url: 'https://www.nordwind-portal.com/', body: html }),
    wait(2000),
    navigate(
      [
        {
          url: url('https://sts.nordwind-bank.com/connect/authorize', {
            client_id: 'portal-spa',
            redirect_uri: 'https://nordwind-portal.com/signin-oidc',
            response_type: 'code',
            scope: 'openid profile',
            state: 'e0c4d7a83b5f4f0e92',
            code_challenge: 'Vw1bC0S8cM3c7wYyV6q2k3sI7b0yC8mN5pQkLr2tXzA',
            code_challenge_method: 'S256',
          }),
        },
        {
          url: 'https://nordwind-portal.com/signin-oidc?code=A91B07&scope=openid%20profile&state=e0c4d7a83b5f4f0e92',
          body: html,
        },
      ],
      { initiator: 'https://www.nordwind-portal.com' },
    ),
  ),
  situation(
    '2',
    'ID token',
    'The clock of one user’s machine is seven minutes slow; the library refuses every ID token',
    'DuendeArchive/identity-model-oidc-client-js/issues/832',
    { rootCause: 'client-clock-skew', not: ['nonce-mismatch', 'code-redeemed-twice'] },
    navigate(
      [
        {
          url: url('https://idsrv.hafenlogistik.de/connect/authorize', {
            client_id: 'fleet',
            redirect_uri: 'https://fleet.hafenlogistik.de/callback.html',
            response_type: 'code',
            scope: 'openid api1',
            state: 'd41d8cd98f00b204',
            ...pkce,
          }),
          headers: { Date: 'Sat, 31 Jan 2026 12:07:00 GMT' },
        },
        {
          url: 'https://fleet.hafenlogistik.de/callback.html?code=7710CC&state=d41d8cd98f00b204',
          headers: { Date: 'Sat, 31 Jan 2026 12:07:00 GMT' },
          body: html,
        },
      ],
      { initiator: 'https://fleet.hafenlogistik.de' },
    ),
    token(
      'https://idsrv.hafenlogistik.de/connect/token',
      'https://fleet.hafenlogistik.de',
      {
        client_id: 'fleet',
        redirect_uri: 'https://fleet.hafenlogistik.de/callback.html',
        code: '7710CC',
      },
      {
        headers: { 'Access-Control-Allow-Origin': '*', Date: 'Sat, 31 Jan 2026 12:07:00 GMT' },
        body: {
          ...tokens,
          id_token: jwt({
            iss: 'https://idsrv.hafenlogistik.de',
            aud: 'fleet',
            sub: '88421113',
            nbf: seconds(START) + 420,
            iat: seconds(START) + 420,
            exp: seconds(START) + 720,
          }),
        },
      },
    ),
  ),
  situation(
    '3',
    'callback',
    '"state cookie was missing": the sign-in began on a preview host, and the answer went to the main one',
    'nextauthjs/next-auth/issues/7329',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['state-mismatch', 'server-error'] },
    navigate({ url: 'https://shop-git-main-lumen.vercel.app/', body: html }),
    call(
      {
        url: 'https://shop-git-main-lumen.vercel.app/api/auth/signin/okta?',
        form: { csrfToken: '5f1c', callbackUrl: 'https://shop-git-main-lumen.vercel.app/', json: 'true' },
        requestHeaders: { 'Sec-Fetch-Site': 'same-origin', Cookie: '__Host-next-auth.csrf-token=5f1c%7Cab' },
        headers: {
          'Set-Cookie':
            '__Secure-next-auth.state=eyJhbGciOiJkaXIifQ..x; Max-Age=900; Path=/; HttpOnly; Secure; SameSite=Lax',
        },
        body: { url: 'https://lumen.okta.com/oauth2/v1/authorize?…' },
      },
      { initiator: 'https://shop-git-main-lumen.vercel.app' },
    ),
    navigate(
      [
        {
          url: url('https://lumen.okta.com/oauth2/v1/authorize', {
            client_id: '0oa7lumenabc5d7',
            scope: 'openid email profile',
            response_type: 'code',
            redirect_uri: 'https://shop.lumen.io/api/auth/callback/okta',
            state: 'hLq5R0u2X8w',
          }),
        },
        {
          url: 'https://shop.lumen.io/api/auth/callback/okta?code=o3xF5lT7w9&state=hLq5R0u2X8w',
          requestHeaders: { 'Sec-Fetch-Site': 'cross-site', Cookie: '__Host-next-auth.csrf-token=9977%7Ccd' },
          status: 302,
        },
        { url: 'https://shop.lumen.io/api/auth/signin?error=OAuthCallback', body: page('Try signing in again') },
      ],
      { initiator: 'https://shop-git-main-lumen.vercel.app' },
    ),
  ),
  situation(
    '4',
    'callback',
    '"PKCE code_verifier cookie was missing": a Secure cookie was set over plain http',
    'nextauthjs/next-auth/issues/11641',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['server-error', 'pkce-verifier-missing'] },
    navigate({ url: 'http://192.168.7.20:3000/login', body: html }),
    navigate(
      [
        {
          url: 'http://192.168.7.20:3000/auth/signin/keycloak',
          form: { csrfToken: '90ab', callbackUrl: '/' },
          headers: {
            'Set-Cookie': [
              '__Secure-authjs.pkce.code_verifier=eyJhbGciOi.J; Max-Age=900; Path=/; HttpOnly; Secure; SameSite=Lax',
              '__Secure-authjs.callback-url=http%3A%2F%2F192.168.7.20%3A3000; Path=/; HttpOnly; Secure; SameSite=Lax',
            ],
          },
        },
        {
          url: url('http://192.168.7.4:8080/realms/home/protocol/openid-connect/auth', {
            scope: 'openid profile email',
            response_type: 'code',
            client_id: 'dashboard',
            redirect_uri: 'http://192.168.7.20:3000/auth/callback/keycloak',
            ...pkce,
          }),
          body: signInPage('Sign in to home'),
        },
      ],
      { initiator: 'http://192.168.7.20:3000' },
    ),
    wait(6500),
    navigate(
      [
        {
          url: 'http://192.168.7.4:8080/realms/home/login-actions/authenticate?execution=3a&tab_id=Zq',
          form: { username: 'grace', credentialId: '' },
        },
        {
          url: 'http://192.168.7.20:3000/auth/callback/keycloak?session_state=51ac&iss=http%3A%2F%2F192.168.7.4%3A8080%2Frealms%2Fhome&code=2d9c.51ac.77',
          status: 302,
        },
        { url: 'http://192.168.7.20:3000/auth/error?error=Configuration', status: 500, body: page('Server error') },
      ],
      { initiator: 'http://192.168.7.4:8080' },
    ),
  ),
  situation(
    '5',
    'silent renewal',
    'MSAL monitor_window_timeout: the hidden frame loads the whole app, whose router drops the answer',
    'AzureAD/microsoft-authentication-library-for-js/issues/5724',
    {
      rootCause: 'callback-params-stripped-by-router',
      owner: 'client',
      not: ['third-party-cookies-blocked', 'login-required-silent'],
    },
    navigate(
      [
        {
          url: url(`${entra}/authorize`, {
            client_id: entraClient,
            scope: 'openid profile offline_access',
            redirect_uri: 'https://portal.kestrel-energy.com',
            response_mode: 'fragment',
            response_type: 'code',
            state: 'eyJpZCI6IjAxOWIifQ==',
            nonce: '019b-1111',
            ...pkce,
          }),
        },
        {
          url: 'https://portal.kestrel-energy.com/#code=0.AXoAmW1&client_info=eyJ1aWQiOiIx&state=eyJpZCI6IjAxOWIifQ%3D%3D&session_state=002a',
          body: html,
        },
      ],
      { initiator: 'https://portal.kestrel-energy.com' },
    ),
    token(
      `${entra}/token`,
      'https://portal.kestrel-energy.com',
      {
        client_id: entraClient,
        redirect_uri: 'https://portal.kestrel-energy.com',
        code: '0.AXoAmW1',
      },
      {
        body: {
          ...tokens,
          id_token: jwt({
            ...idTokenClaims,
            iss: 'https://login.microsoftonline.com/7f3c1a52-6f0e-4c1b-9a53-1c2b7e1d90aa/v2.0',
            aud: entraClient,
            nonce: '019b-1111',
          }),
        },
      },
    ),
    wait(600_000),
    navigate(
      [
        {
          url: url(`${entra}/authorize`, {
            client_id: entraClient,
            scope: 'api://kestrel/read openid',
            redirect_uri: 'https://portal.kestrel-energy.com',
            response_mode: 'fragment',
            response_type: 'code',
            prompt: 'none',
            state: 'eyJpZCI6IjAxOWMifQ==',
            nonce: '019c-2222',
            ...pkce,
          }),
          requestHeaders: { Cookie: 'ESTSAUTH=1.AX; ESTSAUTHPERSISTENT=1.AXo', 'Sec-Fetch-Dest': 'iframe' },
        },
        {
          url: 'https://portal.kestrel-energy.com/#code=0.AXoB22&client_info=eyJ1aWQiOiIx&state=eyJpZCI6IjAxOWMifQ%3D%3D&session_state=002a',
          requestHeaders: { 'Sec-Fetch-Dest': 'iframe' },
          body: html,
        },
      ],
      { type: 'sub_frame', frame: 12, initiator: 'https://portal.kestrel-energy.com' },
    ),
    event((at) => ({
      type: 'navigation.committed',
      at: at + 20,
      how: 'load',
      tabId: 1,
      frameId: 12,
      parentFrameId: 0,
      url: 'https://portal.kestrel-energy.com/#code=0.AXoB22&client_info=eyJ1aWQiOiIx&state=eyJpZCI6IjAxOWMifQ%3D%3D&session_state=002a',
    })),
    event((at) => ({
      type: 'navigation.committed',
      at: at + 640,
      how: 'history',
      tabId: 1,
      frameId: 12,
      parentFrameId: 0,
      url: 'https://portal.kestrel-energy.com/dashboard',
    })),
    wait(10_000),
  ),
  situation(
    '6',
    'token endpoint',
    'AADSTS9002326: a page may not redeem the code of a redirect URI that is registered as Web',
    'umijs/umi-request/issues/299',
    {
      rootCause: 'spa-redirect-registered-as-web',
      owner: 'authorization_server',
      not: ['token-endpoint-cors', 'client-secret-wrong'],
    },
    navigate(
      [
        {
          url: url(`${entra}/authorize`, {
            client_id: entraClient,
            scope: 'openid profile User.Read',
            redirect_uri: 'http://localhost:4200/',
            response_mode: 'fragment',
            response_type: 'code',
            state: 'eyJpZCI6ImEifQ',
            nonce: 'a-1',
            ...pkce,
          }),
        },
        { url: 'http://localhost:4200/#code=0.AQUA77&state=eyJpZCI6ImEifQ&session_state=9d', body: html },
      ],
      { initiator: 'http://localhost:4200' },
    ),
    token(
      `${entra}/token`,
      'http://localhost:4200',
      {
        client_id: entraClient,
        redirect_uri: 'http://localhost:4200/',
        scope: 'openid profile User.Read',
        code: '0.AQUA77',
        client_info: '1',
      },
      {
        status: 400,
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: {
          error: 'invalid_request',
          error_description:
            "AADSTS9002326: Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: 'http://localhost:4200'. Trace ID: 0f3a Correlation ID: 77aa Timestamp: 2026-01-31 12:00:00Z",
          error_codes: [9002326],
        },
      },
    ),
  ),
  situation(
    '7',
    'callback',
    'AADSTS9002327: a server redeems the code of a single-page registration, out of sight, and its error page says so',
    'clocked0ne/passport-outlook/issues/16',
    { rootCause: 'spa-registration-used-by-server', owner: 'authorization_server', not: ['state-cookie-lost'] },
    navigate([
      {
        url: 'https://mailtool.brightside.dev/auth/outlook',
        headers: { 'Set-Cookie': 'connect.sid=s%3Aab.1; Path=/; HttpOnly' },
      },
      {
        url: url('https://login.microsoftonline.com/common/oauth2/v2.0/authorize', {
          response_type: 'code',
          redirect_uri: 'https://mailtool.brightside.dev/auth/outlook/callback',
          scope: 'openid profile offline_access https://outlook.office.com/Mail.Read',
          client_id: entraClient,
          state: 'x1f',
        }),
      },
      {
        url: 'https://mailtool.brightside.dev/auth/outlook/callback?code=0.AV1x&state=x1f&session_state=1c',
        requestHeaders: { Cookie: 'connect.sid=s%3Aab.1' },
        status: 500,
        body: page(
          "TokenError: AADSTS9002327: Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests. at OAuth2Strategy.parseErrorResponse",
        ),
      },
    ]),
  ),
  situation(
    '8',
    'token endpoint',
    'AADSTS7000218: a client without a secret, registered as one that has to have it',
    'Azure-Samples/ms-identity-javascript-v2/issues/18',
    { rootCause: 'spa-redirect-registered-as-web', owner: 'authorization_server', not: ['client-secret-wrong'] },
    navigate(
      [
        {
          url: url('https://login.microsoftonline.com/consumers/oauth2/v2.0/authorize', {
            client_id: entraClient,
            response_type: 'code',
            redirect_uri: 'https://notes.fjord.app/auth.html',
            scope: 'User.Read offline_access',
            state: 'st-44',
            ...pkce,
          }),
        },
        { url: 'https://notes.fjord.app/auth.html?code=M.R3_BAY.c0ffee&state=st-44', body: html },
      ],
      { initiator: 'https://notes.fjord.app' },
    ),
    token(
      'https://login.microsoftonline.com/consumers/oauth2/v2.0/token',
      'https://notes.fjord.app',
      {
        client_id: entraClient,
        redirect_uri: 'https://notes.fjord.app/auth.html',
        scope: 'User.Read offline_access',
        code: 'M.R3_BAY.c0ffee',
      },
      {
        status: 401,
        body: {
          error: 'invalid_client',
          error_description:
            "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'. Trace ID: 5b Correlation ID: 6c",
          error_codes: [7000218],
        },
      },
    ),
  ),
  situation(
    '9',
    'authorization request',
    'Behind a TLS proxy the plugin asks for an http redirect_uri',
    '9p4/jellyfin-plugin-sso/issues/79',
    { rootCause: 'redirect-uri-not-registered', owner: 'client', not: ['client-id-unknown'] },
    navigate({ url: 'https://media.oakhouse.net/web/index.html', body: html }),
    wait(4000),
    navigate([
      { url: 'https://media.oakhouse.net/sso/OID/start/keycloak' },
      {
        url: url('https://sso.oakhouse.net/realms/oakhouse/protocol/openid-connect/auth', {
          response_type: 'code',
          nonce: 'cTzM',
          state: 'u7Lw',
          ...pkce,
          client_id: 'jellyfin',
          scope: 'openid profile',
          redirect_uri: 'http://media.oakhouse.net/sso/OID/redirect/keycloak',
        }),
        status: 400,
        body: page('We are sorry... Invalid parameter: redirect_uri'),
      },
    ]),
  ),
  situation(
    '10',
    'authorization request',
    'Keycloak’s page "Invalid parameter: redirect_uri", and nobody is sent back',
    'keycloak/keycloak/issues/10528',
    {
      rootCause: 'redirect-uri-not-registered',
      owner: 'authorization_server',
      not: ['client-id-unknown', 'server-error'],
    },
    navigate(
      {
        url: url('https://id.stadtwerke-muster.de/auth/realms/kunden/protocol/openid-connect/auth', {
          client_id: 'kundenportal',
          redirect_uri: 'https://beta.kunden.stadtwerke-muster.de/app/',
          state: '38f5c1a0-9b2e-4c63',
          response_mode: 'fragment',
          response_type: 'code',
          scope: 'openid',
          nonce: '1b9c2e77-04aa',
        }),
        status: 400,
        headers: { 'Content-Type': 'text/html;charset=utf-8' },
        body: page('Es tut uns leid... Ungültiger Parameter: redirect_uri'),
      },
      { initiator: 'https://beta.kunden.stadtwerke-muster.de' },
    ),
  ),
  situation(
    '11',
    'authorization request',
    'AADSTS50011: the reply URL differs by a slash from the one that worked',
    'AngellusMortis/django_microsoft_auth/issues/427',
    { rootCause: 'redirect-uri-not-registered', not: ['client-id-unknown'] },
    navigate([
      {
        url: 'https://intra.solaris.edu/microsoft/to-auth-redirect/',
        headers: { 'Set-Cookie': 'sessionid=a1; Path=/' },
      },
      {
        url: url(`${entra}/authorize`, {
          response_type: 'code',
          client_id: entraClient,
          redirect_uri: 'https://intra.solaris.edu/microsoft/auth-callback/',
          scope: 'openid email profile',
          state: '0cYJ',
          response_mode: 'form_post',
          nonce: 'n-77',
        }),
        body: html,
      },
    ]),
    navigate(
      [
        {
          url: 'https://intra.solaris.edu/microsoft/auth-callback/',
          form: { code: '0.AA1', state: '0cYJ', session_state: '1' },
          requestHeaders: crossSitePost('https://login.microsoftonline.com'),
          body: page('Welcome'),
        },
      ],
      { initiator: 'https://login.microsoftonline.com' },
    ),
    wait(3_000_000),
    navigate([
      { url: 'https://intra.solaris.edu/microsoft/to-auth-redirect/', requestHeaders: { Cookie: 'sessionid=a1' } },
      {
        url: url(`${entra}/authorize`, {
          response_type: 'code',
          client_id: entraClient,
          redirect_uri: 'https://intra.solaris.edu/microsoft/auth-callback',
          scope: 'openid email profile',
          state: '7dQp',
          response_mode: 'form_post',
          nonce: 'n-78',
        }),
        body: page(
          "Sorry, but we’re having trouble signing you in. AADSTS50011: The redirect URI 'https://intra.solaris.edu/microsoft/auth-callback' specified in the request does not match the redirect URIs configured for the application. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.",
        ),
      },
    ]),
  ),
  situation(
    '12',
    'authorization request',
    'AADSTS700016: the application is not in this tenant',
    'MicrosoftDocs/azure-docs/issues/48037',
    { rootCause: 'client-id-unknown', not: ['redirect-uri-not-registered'] },
    navigate(
      {
        url: url(`${entra}/authorize`, {
          client_id: '11111111-2222-4333-8444-555555555555',
          response_type: 'code',
          redirect_uri: 'https://reports.greyhound.travel/signin-oidc',
          response_mode: 'query',
          scope: 'openid profile',
          state: 'CfDJ8',
          nonce: '638',
        }),
        status: 400,
        body: page(
          "Sign in. Sorry, but we’re having trouble signing you in. AADSTS700016: Application with identifier '11111111-2222-4333-8444-555555555555' was not found in the directory 'Greyhound'.",
        ),
      },
      { initiator: 'https://reports.greyhound.travel' },
    ),
  ),
  situation(
    '13',
    'silent renewal',
    'Silent renewal always says login_required: the frame goes without the server’s cookies',
    'authts/oidc-client-ts/issues/1032',
    { rootCause: 'login-required-silent', owner: 'browser', not: ['user-denied', 'policy-denied'] },
    navigate(
      [
        {
          url: url('https://identity.pinecone-clinic.org/authorize', {
            client_id: 'patient-web',
            response_type: 'code',
            redirect_uri: 'https://my.pinecone-health.com/cb',
            scope: 'openid',
            state: 's-1',
            ...pkce,
          }),
          requestHeaders: { Cookie: 'idsrv.session=77; idsrv=CfDJ' },
        },
        { url: 'https://my.pinecone-health.com/cb?code=c-1&state=s-1', body: html },
      ],
      { initiator: 'https://my.pinecone-health.com' },
    ),
    token(
      'https://identity.pinecone-clinic.org/token',
      'https://my.pinecone-health.com',
      {
        client_id: 'patient-web',
        redirect_uri: 'https://my.pinecone-health.com/cb',
        code: 'c-1',
      },
      { body: tokens },
    ),
    wait(540_000),
    navigate(
      [
        {
          url: url('https://identity.pinecone-clinic.org/authorize', {
            client_id: 'patient-web',
            response_type: 'code',
            redirect_uri: 'https://my.pinecone-health.com/silent-renew.html',
            scope: 'openid',
            state: 's-2',
            prompt: 'none',
            ...pkce,
          }),
          requestHeaders: { 'Sec-Fetch-Dest': 'iframe', 'Sec-Fetch-Site': 'cross-site' },
        },
        {
          url: 'https://my.pinecone-health.com/silent-renew.html?error=login_required&state=s-2',
          body: html,
        },
      ],
      { type: 'sub_frame', frame: 5, initiator: 'https://my.pinecone-health.com' },
    ),
  ),
  situation(
    '14',
    'silent renewal',
    'Refused to display in a frame: the server’s login page forbids it, and the renewal never ends',
    'damienbod/angular-auth-oidc-client/issues/1239',
    { rootCause: 'silent-iframe-blocked-by-idp', not: ['login-required-silent', 'policy-denied'] },
    navigate(
      [
        {
          url: url('https://tenant9.eu.auth0.com/authorize', {
            client_id: 'kH2',
            response_type: 'code',
            redirect_uri: 'https://plan.rivergate.eu/silent-renew.html',
            scope: 'openid offline_access',
            state: 'r-9',
            prompt: 'none',
            nonce: 'r-9n',
            ...pkce,
          }),
          requestHeaders: { 'Sec-Fetch-Dest': 'iframe' },
        },
        {
          url: 'https://tenant9.eu.auth0.com/login?state=hKFo2&client=kH2&protocol=oauth2',
          status: 200,
          headers: { 'X-Frame-Options': 'deny', 'Content-Security-Policy': "frame-ancestors 'none'" },
          error: 'net::ERR_BLOCKED_BY_RESPONSE',
        },
      ],
      { type: 'sub_frame', frame: 3, initiator: 'https://plan.rivergate.eu' },
    ),
    wait(20_000),
  ),
]
