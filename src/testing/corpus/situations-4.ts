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

/** A page that logs in at a server of its own company, and keeps its tokens in the browser. */
const hub = 'https://hub.seabird-logistics.com'
const login = 'https://login.seabird-logistics.com'
const readable = { 'Access-Control-Allow-Origin': hub }

const asked = (state: string, more: Record<string, string | undefined> = {}) =>
  url(`${login}/as/authorization.oauth2`, {
    client_id: 'hub-web',
    response_type: 'code',
    redirect_uri: `${hub}/oidc-callback`,
    scope: 'openid profile shipments',
    state,
    nonce: `nonce-of-${state}`,
    ...pkce,
    ...more,
  })

const arrive = (state: string, code: string, more: Record<string, string | undefined> = {}): Happening =>
  navigate([{ url: asked(state, more) }, { url: url(`${hub}/oidc-callback`, { code, state }), body: html }], {
    initiator: hub,
  })

const exchange = (code: string, more: Partial<HopSpec> = {}, form: Record<string, string> = {}): Happening =>
  call(
    {
      url: `${login}/as/token.oauth2`,
      form: {
        grant_type: 'authorization_code',
        code,
        redirect_uri: `${hub}/oidc-callback`,
        client_id: 'hub-web',
        code_verifier: verifier,
        ...form,
      },
      headers: readable,
      body: { access_token: 'ping-at-1', token_type: 'Bearer', expires_in: 7199 },
      ...more,
    },
    { initiator: hub },
  )

const idToken = (state: string, kid: string) =>
  jwt(
    {
      iss: login,
      aud: 'hub-web',
      sub: 'E1042',
      nonce: `nonce-of-${state}`,
      iat: seconds(START),
      exp: seconds(START) + 300,
    },
    { kid },
  )

const metadata: Happening = call(
  {
    url: `${login}/.well-known/openid-configuration`,
    headers: readable,
    body: {
      issuer: login,
      authorization_endpoint: `${login}/as/authorization.oauth2`,
      token_endpoint: `${login}/as/token.oauth2`,
      jwks_uri: `${login}/pf/JWKS`,
      response_types_supported: ['code'],
    },
  },
  { initiator: hub },
)

const b2c = 'https://orchidretail.b2clogin.com/orchidretail.onmicrosoft.com'
const b2cRequest = (policy: string, state: string) =>
  url(`${b2c}/${policy}/oauth2/v2.0/authorize`, {
    client_id: 'a9c2f3de-1111-4222-8333-9f0b0c0d0e0f',
    scope: 'openid profile offline_access',
    redirect_uri: 'https://store.orchidretail.com/',
    response_mode: 'fragment',
    response_type: 'code',
    state,
    nonce: `n-${state}`,
    ...pkce,
  })

const b2cAnswer = (state: string, error: string, error_description: string) => ({
  url: `https://store.orchidretail.com/#${new URLSearchParams({ error, error_description, state }).toString()}`,
  body: html,
})

/** Rows 42 to 54 of the situations in which people get stuck. */
export const situations4: readonly CorpusEntry[] = [
  situation(
    '42',
    'token endpoint',
    'invalid_grant: the redirect_uri of the token call is not the one of the authorization request',
    'DuendeArchive/IdentityServer4/issues/4075',
    { rootCause: 'redirect-uri-differs-at-token', owner: 'client', not: ['code-redeemed-twice', 'code-expired'] },
    arrive('ru-1', 'pf-1'),
    exchange('pf-1', { status: 400, body: { error: 'invalid_grant' } }, { redirect_uri: `${hub}/oidc-callback/` }),
  ),
  situation(
    '43',
    'ID token',
    '"no key for kid": the server changed its keys after the page had read them',
    'mckinsey/agents-at-scale-ark/issues/2457',
    { rootCause: 'kid-not-in-jwks', not: ['nonce-mismatch', 'alg-mismatch'] },
    metadata,
    call(
      {
        url: `${login}/pf/JWKS`,
        headers: readable,
        body: { keys: [{ kty: 'RSA', use: 'sig', kid: '2025-12', alg: 'RS256', n: '0vx7', e: 'AQAB' }] },
      },
      { initiator: hub },
    ),
    arrive('kid-1', 'pf-2'),
    exchange('pf-2', {
      body: {
        access_token: 'ping-at-2',
        token_type: 'Bearer',
        expires_in: 7199,
        id_token: idToken('kid-1', '2026-01'),
      },
    }),
    wait(30_000),
  ),
  situation(
    '44-json',
    'token endpoint',
    'unsupported_grant_type: the parameters were sent as JSON',
    'discord/discord-api-docs/issues/645',
    { rootCause: 'token-request-json-body', owner: 'client', not: ['client-secret-wrong', 'client-id-unknown'] },
    navigate(
      [
        {
          url: url('https://chat.guildhall.gg/oauth2/authorize', {
            client_id: '712233445566778899',
            response_type: 'code',
            redirect_uri: 'https://stats.guildhall-tools.gg/cb',
            scope: 'identify guilds',
            state: '15773059ghq9183habn',
          }),
        },
        {
          url: 'https://stats.guildhall-tools.gg/cb?code=NhhvTDYsFcdgNLnnLijcl7Ku7bEEeee&state=15773059ghq9183habn',
          body: html,
        },
      ],
      { initiator: 'https://stats.guildhall-tools.gg' },
    ),
    call(
      {
        url: 'https://chat.guildhall.gg/api/oauth2/token',
        json: {
          client_id: '712233445566778899',
          client_secret: '937it3ow87i4ery69876wqire',
          grant_type: 'authorization_code',
          code: 'NhhvTDYsFcdgNLnnLijcl7Ku7bEEeee',
          redirect_uri: 'https://stats.guildhall-tools.gg/cb',
        },
        status: 400,
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: { error: 'unsupported_grant_type' },
      },
      { initiator: 'https://stats.guildhall-tools.gg' },
    ),
  ),
  fromFile(
    situation(
      '44-query',
      'token endpoint',
      'A HAR file: "missing grant_type", for the parameters stand in the URL and the body is empty',
      'IdentityServer/IdentityServer3/issues/2512',
      { rootCause: 'token-params-in-query', owner: 'client', not: ['client-secret-wrong', 'client-auth-method-wrong'] },
      call({
        url: url('https://identity.brackenfield.ac/connect/token', {
          grant_type: 'client_credentials',
          client_id: 'sync',
          scope: 'roster',
        }),
        method: 'POST',
        requestHeaders: { 'Content-Length': '0' },
        status: 400,
        body: { error: 'unsupported_grant_type' },
      }),
    ),
  ),
  situation(
    '45',
    'popup',
    'The Google button stays silent: the page’s origin is not among those of the client',
    'MomenSherif/react-oauth/issues/367',
    {
      rootCause: 'js-origin-not-registered',
      byProvider: 'The request names no protocol parameter but client_id; its path alone says whose it is.',
      owner: 'authorization_server',
      not: ['access-token-rejected', 'bearer-missing'],
    },
    navigate({ url: 'http://localhost:5173/', body: html }),
    call(
      {
        url: 'https://accounts.google.com/gsi/status?client_id=55120-abc.apps.googleusercontent.com&cas=x&has_opted_out_fedcm=true',
        requestHeaders: { Origin: 'http://localhost:5173', 'Sec-Fetch-Mode': 'cors' },
        status: 403,
        body: '',
      },
      { initiator: 'http://localhost:5173' },
    ),
    navigate(
      {
        url: 'https://accounts.google.com/gsi/button?theme=outline&client_id=55120-abc.apps.googleusercontent.com&iframe_id=gsi_1',
        status: 403,
        body: '',
      },
      { type: 'sub_frame', frame: 6, initiator: 'http://localhost:5173' },
    ),
    wait(20_000),
  ),
  situation(
    '46',
    'authorization request',
    'Keycloak says "Cookie not found": it runs on http, and its own cookies are Secure',
    'keycloak/keycloak/issues/33926',
    {
      rootCause: 'idp-cookie-needs-secure-context',
      owner: 'authorization_server',
      not: ['redirect-uri-not-registered', 'state-cookie-lost'],
    },
    navigate(
      {
        url: url('http://keycloak.lab.internal:8080/realms/dev/protocol/openid-connect/auth', {
          client_id: 'wiki',
          redirect_uri: 'http://wiki.lab.internal/oidc/callback',
          response_type: 'code',
          scope: 'openid',
          state: 'wk-1',
        }),
        headers: {
          'Set-Cookie': [
            'AUTH_SESSION_ID=0a1b.node1; Version=1; Path=/realms/dev/; SameSite=None; Secure; HttpOnly',
            'KC_RESTART=eyJhbGciOiJkaXIi; Version=1; Path=/realms/dev/; Secure; HttpOnly',
          ],
        },
        body: signInPage('Sign in to your account'),
      },
      { initiator: 'http://wiki.lab.internal' },
    ),
    wait(8000),
    navigate(
      {
        url: 'http://keycloak.lab.internal:8080/realms/dev/login-actions/authenticate?session_code=Tq&execution=9b&client_id=wiki&tab_id=m2',
        form: { username: 'linus', password: 'x', credentialId: '' },
        requestHeaders: { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' },
        status: 400,
        body: page(
          'We are sorry... Restart login cookie not found. It may have expired; it may have been deleted or cookies are disabled in your browser.',
        ),
      },
      { initiator: 'http://keycloak.lab.internal:8080' },
    ),
  ),
  situation(
    '47',
    'authorization response',
    'invalid_target: the resource of the request is not spelled as its own metadata spells it',
    'ChronoAIProject/NyxID/issues/1226',
    { rootCause: 'resource-not-accepted', owner: 'client', not: ['access-token-audience', 'policy-denied'] },
    call(
      {
        url: 'https://mcp.inkwell.tools/mcp',
        json: { jsonrpc: '2.0', method: 'initialize', id: 0 },
        status: 401,
        headers: {
          'Access-Control-Allow-Origin': '*',
          'WWW-Authenticate':
            'Bearer resource_metadata="https://mcp.inkwell.tools/.well-known/oauth-protected-resource/mcp"',
        },
      },
      { initiator: 'http://localhost:6274' },
    ),
    call(
      {
        url: 'https://mcp.inkwell.tools/.well-known/oauth-protected-resource/mcp',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: { resource: 'https://mcp.inkwell.tools/mcp', authorization_servers: ['https://auth.inkwell.tools'] },
      },
      { initiator: 'http://localhost:6274' },
    ),
    navigate(
      [
        {
          url: url('https://auth.inkwell.tools/authorize', {
            response_type: 'code',
            client_id: 'c-19',
            ...pkce,
            redirect_uri: 'http://localhost:6274/oauth/callback',
            state: 'ink-1',
            resource: 'https://mcp.inkwell.tools/',
          }),
        },
        {
          url: 'http://localhost:6274/oauth/callback?error=invalid_target&error_description=The+requested+resource+is+invalid&state=ink-1',
          body: html,
        },
      ],
      { initiator: 'http://localhost:6274' },
    ),
  ),
  situation(
    '48',
    'callback',
    'Works on localhost, not on 127.0.0.1: the state cookie stays with the host that set it',
    'coreos/go-oidc/issues/324',
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['state-mismatch', 'server-error'] },
    navigate([
      {
        url: 'http://localhost:5556/',
        headers: {
          'Set-Cookie': ['state=Gk1; Max-Age=3600; HttpOnly', 'nonce=Qm2; Max-Age=3600; HttpOnly'],
        },
      },
      {
        url: url('https://accounts.google.com/o/oauth2/auth', {
          client_id: '98-go.apps.googleusercontent.com',
          nonce: 'Qm2',
          redirect_uri: 'http://127.0.0.1:5556/auth/google/callback',
          response_type: 'code',
          scope: 'openid profile email',
          state: 'Gk1',
        }),
      },
      {
        url: 'http://127.0.0.1:5556/auth/google/callback?state=Gk1&code=4%2F0AfJ&scope=email+openid&authuser=0&prompt=none',
        status: 400,
        headers: { 'Content-Type': 'text/plain; charset=utf-8' },
        body: 'state not found',
      },
    ]),
  ),
  situation(
    '49',
    'authorization response',
    'AADSTS700054: the application may not be answered with an ID token from the authorization endpoint',
    'okta/samples-nodejs-express-4/issues/59',
    { rootCause: 'response-type-unsupported', not: ['client-not-authorized', 'policy-denied'] },
    navigate(
      [
        {
          url: url('https://dev-44.okta.com/oauth2/default/v1/authorize', {
            client_id: '0oa44',
            response_type: 'id_token',
            scope: 'openid',
            redirect_uri: 'http://localhost:8080/authorization-code/callback',
            state: 'ok-1',
            nonce: 'ok-n',
          }),
        },
        {
          url: 'http://localhost:8080/authorization-code/callback#error=unsupported_response_type&error_description=The+response+type+is+not+supported+by+the+authorization+server.+Configured+response+types%3A+%5Bcode%5D&state=ok-1',
          body: html,
        },
      ],
      { initiator: 'http://localhost:8080' },
    ),
  ),
  situation(
    '50',
    'silent renewal',
    'AADSTS50076: the server wants a second factor, which a hidden frame cannot ask for',
    'AzureAD/microsoft-authentication-library-for-js/issues/415',
    { rootCause: 'silent-consent-required', owner: 'client', not: ['login-required-silent', 'user-denied'] },
    arrive('mf-1', 'pf-5'),
    exchange('pf-5', {
      body: {
        access_token: 'ping-at-5',
        token_type: 'Bearer',
        expires_in: 3600,
        id_token: idToken('mf-1', '2026-01'),
      },
    }),
    wait(3_000_000),
    navigate(
      [
        {
          url: asked('mf-2', { prompt: 'none', scope: 'openid https://graph.seabird-logistics.com/.default' }),
          requestHeaders: { 'Sec-Fetch-Dest': 'iframe', Cookie: 'PF=session-5' },
        },
        {
          url: `${hub}/oidc-callback?error=interaction_required&error_description=AADSTS50076%3A+Due+to+a+configuration+change+made+by+your+administrator%2C+or+because+you+moved+to+a+new+location%2C+you+must+use+multi-factor+authentication&state=mf-2`,
          body: html,
        },
      ],
      { type: 'sub_frame', frame: 8, initiator: hub },
    ),
  ),
  situation(
    '51-cancelled',
    'authorization response',
    'B2C access_denied with AADB2C90091: the user pressed Cancel',
    'Earlybyte/aad_oauth/issues/72',
    { rootCause: 'user-denied', owner: 'user', not: ['policy-denied', 'client-not-authorized'] },
    navigate(
      { url: b2cRequest('b2c_1_signin', 'oc-1'), body: signInPage('Sign in') },
      { initiator: 'https://store.orchidretail.com' },
    ),
    wait(12_000),
    navigate(
      [
        { url: `${b2c}/B2C_1_signin/api/CombinedSigninAndSignup/cancelled?tx=StateProperties` },
        b2cAnswer('oc-1', 'access_denied', 'AADB2C90091: The user has cancelled entering self-asserted information.'),
      ],
      { initiator: b2c },
    ),
  ),
  situation(
    '51-forgotten',
    'authorization response',
    'B2C access_denied with AADB2C90118: the user forgot the password, and the app goes on to the policy for that',
    'AzureAD/microsoft-authentication-library-for-js/issues/5325',
    { rootCause: null },
    navigate(
      { url: b2cRequest('b2c_1_signin', 'oc-2'), body: signInPage('Sign in') },
      { initiator: 'https://store.orchidretail.com' },
    ),
    wait(9000),
    navigate(
      [
        { url: `${b2c}/B2C_1_signin/api/CombinedSigninAndSignup/forgotPassword?tx=StateProperties` },
        b2cAnswer('oc-2', 'access_denied', 'AADB2C90118: The user has forgotten their password.'),
      ],
      { initiator: b2c },
    ),
    wait(400),
    navigate(
      { url: b2cRequest('b2c_1_passwordreset', 'oc-3'), body: signInPage('Reset your password') },
      { initiator: 'https://store.orchidretail.com' },
    ),
    wait(40_000),
    navigate(
      [
        { url: `${b2c}/B2C_1_passwordreset/api/SelfAsserted/confirmed?tx=StateProperties` },
        { url: 'https://store.orchidretail.com/#code=eyJraWQi.oc&state=oc-3', body: html },
      ],
      { initiator: b2c },
    ),
    call(
      {
        url: `${b2c}/b2c_1_passwordreset/oauth2/v2.0/token`,
        form: {
          grant_type: 'authorization_code',
          client_id: 'a9c2f3de-1111-4222-8333-9f0b0c0d0e0f',
          code: 'eyJraWQi.oc',
          redirect_uri: 'https://store.orchidretail.com/',
          code_verifier: verifier,
        },
        headers: { 'Access-Control-Allow-Origin': 'https://store.orchidretail.com' },
        body: { access_token: 'b2c-at', token_type: 'Bearer', expires_in: 3600 },
      },
      { initiator: 'https://store.orchidretail.com' },
    ),
  ),
  situation(
    '52',
    'authorization response',
    'Okta: "User is not assigned to the client application", and the app starts the login over and over',
    'okta/okta-oidc-js/issues/321',
    { rootCause: 'policy-denied', owner: 'authorization_server', not: ['user-denied', 'redirect-loop'] },
    ...[1, 2, 3].flatMap((turn) => [
      navigate(
        [
          {
            url: url('https://steelyard.okta-emea.com/oauth2/default/v1/authorize', {
              client_id: '0oa9yard',
              code_challenge: challenge,
              code_challenge_method: 'S256',
              nonce: `sy-n${turn}`,
              redirect_uri: 'https://yard.steelyard.works/login/callback',
              response_type: 'code',
              state: `sy-${turn}-81b`,
              scope: 'openid email',
            }),
            requestHeaders: { Cookie: 'sid=102; DT=DI' },
            takes: 130,
          },
          {
            url: `https://yard.steelyard.works/login/callback?state=sy-${turn}-81b&error=access_denied&error_description=User+is+not+assigned+to+the+client+application.`,
            body: html,
          },
        ],
        { initiator: 'https://yard.steelyard.works' },
      ),
      wait(600),
    ]),
  ),
  situation(
    '53',
    'callback',
    'A login loop after success: the session cookie is larger than browsers keep',
    'auth0-samples/auth0-python-web-app/issues/67',
    { rootCause: 'redirect-loop', owner: 'client', not: ['state-cookie-lost'] },
    ...[1, 2, 3].flatMap((turn) => [
      navigate([
        {
          url: 'https://desk.marigold-care.org/dashboard',
          headers: { 'Set-Cookie': `txn=t${turn}; Path=/; HttpOnly; Secure; SameSite=Lax` },
        },
        {
          url: url('https://marigold.auth0.com/authorize', {
            response_type: 'code',
            client_id: 'mg-desk',
            redirect_uri: 'https://desk.marigold-care.org/callback',
            scope: 'openid profile email',
            state: `mg-${turn}-5ac`,
          }),
        },
        {
          url: `https://desk.marigold-care.org/callback?code=mg-code-${turn}&state=mg-${turn}-5ac`,
          requestHeaders: { Cookie: `txn=t${turn}` },
          headers: {
            'Set-Cookie': `session=${'eJyrVkosLcmIz8nPS8lMAQ'.repeat(230)}; Path=/; HttpOnly; Secure; SameSite=Lax`,
          },
          status: 302,
          location: 'https://desk.marigold-care.org/dashboard',
        },
      ]),
      wait(30),
    ]),
  ),
  situation(
    '54',
    'callback',
    'A login loop: the guard of the app asks for a login before the tokens that came are stored',
    'auth0/auth0-angular/issues/128',
    { rootCause: 'redirect-loop', owner: 'client', not: ['session-cookie-too-large', 'code-redeemed-twice'] },
    ...[1, 2, 3, 4].flatMap((turn) => [arrive(`gd-${turn}-77`, `pf-gd-${turn}`), exchange(`pf-gd-${turn}`), wait(700)]),
    event((at) => ({ type: 'tab.closed', tabId: 1, at: at + 2000 })),
  ),
]
