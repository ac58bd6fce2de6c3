import {
  type HopSpec,
  challenge,
  verifier,
  type Happening,
  api,
  authorize,
  call,
  client,
  code,
  idTokenClaims,
  jwt,
  codeLogin,
  errorRedirect,
  metadata,
  navigate,
  record,
  request,
  server,
  url,
  wait,
} from '../builders'
import { asHarFile } from '../as-har-file'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'
import { page, signInPage } from './situation'

const oauth2orize = 'https://github.com/jaredhanson/oauth2orize'
const oktaAuthJs = 'https://github.com/okta/okta-auth-js'
const mcpSdk = 'https://github.com/modelcontextprotocol/typescript-sdk'
const gotrue = 'https://github.com/supabase/auth'
const arctic = 'https://github.com/pilcrowonpaper/arctic'
const lemonLdap = 'https://github.com/LemonLDAPNG/lemonldap-ng'
const betterAuth = 'https://github.com/better-auth/better-auth'
const glewlwyd = 'https://github.com/babelouest/glewlwyd'
const badgateway = 'https://github.com/badgateway/oauth2-client'

/** The defaults of a package that sets security headers. */
const strictForms = { 'Content-Security-Policy': "default-src 'self';base-uri 'self';form-action 'self'" }

const callbackHeaders = {
  'Content-Security-Policy': `default-src 'self'; script-src 'self' 'unsafe-inline'; connect-src 'self' https://api.example`,
}

const modes = { response_modes_supported: ['query', 'fragment', 'form_post'] }

const open = { 'Access-Control-Allow-Origin': '*' }
const resourceMetadata = `${api}/.well-known/oauth-protected-resource/mcp`
const serverMetadata = {
  issuer: server,
  authorization_endpoint: `${server}/authorize`,
  token_endpoint: `${server}/token`,
  response_types_supported: ['code'],
}
const withRegistration = { ...serverMetadata, registration_endpoint: `${server}/register` }

const read = (from: string, body: unknown, status = 200): Happening =>
  call({ url: from, headers: open, body, status }, { initiator: client })

/** The first call of an MCP client, which knows nothing but the URL of the MCP server. */
const mcpCall = call(
  {
    url: `${api}/mcp`,
    json: { method: 'initialize', jsonrpc: '2.0', id: 0 },
    status: 401,
    headers: {
      ...open,
      'Access-Control-Expose-Headers': 'WWW-Authenticate',
      'WWW-Authenticate': `Bearer resource_metadata="${resourceMetadata}"`,
    },
    body: { jsonrpc: '2.0', error: { code: -32001, message: 'Unauthorized' }, id: null },
  },
  { initiator: client },
)

/** The cookies that so many unfinished logins left. */
const returns = (count: number): string =>
  Array.from({ length: count }, (_, index) => `oauth_return_${1_000_000_007 * (index + 1)}=${'x'.repeat(600)}`).join(
    '; ',
  )

const shop = 'https://shop.example'
const broker = 'https://broker.example'

/** A site whose broker lets another server authenticate the user: one redirect to it, one back, and one to the site. */
const throughBroker = (end: HopSpec): readonly Happening[] => {
  const asked = url(`${server}/authorize`, {
    client_id: 'broker-uid',
    redirect_uri: `${broker}/auth/v1/callback`,
    response_type: 'code',
    scope: 'read',
    state: '0cd919fa6ace0d2f6dba7a86',
  })
  const answered = url(`${broker}/auth/v1/callback`, { code, state: '0cd919fa6ace0d2f6dba7a86' })
  return [
    navigate(
      [
        {
          url: url(`${broker}/auth/v1/authorize`, {
            provider: 'id',
            redirect_to: shop,
            code_challenge: challenge,
            code_challenge_method: 's256',
          }),
        },
        { url: asked, body: signInPage('Sign in') },
      ],
      { initiator: shop },
    ),
    wait(2000),
    navigate(
      [
        { url: `${server}/login`, form: { username: 'ada' }, status: 302, location: asked },
        { url: asked, status: 302, location: answered },
        { url: answered, status: 302, location: end.url },
        end,
      ],
      { initiator: server },
    ),
  ]
}

/** Failures of further servers and libraries that played no part in the making of the rules. */
export const heldOut3: readonly CorpusEntry[] = [
  heldOut(
    'form-action-on-consent-page',
    'authorization request',
    'The consent page allows forms to lead to its own origin only, and the answer to the form leads to the client',
    oauth2orize,
    {
      rootCause: 'blocked-by-content-security-policy',
      owner: 'authorization_server',
      not: ['callback-unreachable', 'user-denied'],
    },
    navigate({ url: url(`${server}/dialog/authorize`, request), headers: strictForms, body: signInPage('Allow') }),
    wait(900),
    navigate(
      {
        url: `${server}/dialog/authorize/decision`,
        form: { transaction_id: 'D5uxHE0t', allow: '1' },
        requestHeaders: { Referer: url(`${server}/dialog/authorize`, request) },
        headers: strictForms,
        status: 302,
        location: url(request.redirect_uri, { code, state: request.state }),
        error: 'net::ERR_ABORTED',
      },
      { initiator: server },
    ),
  ),
  {
    id: 'held-out-connect-src-of-callback-page',
    area: 'callback',
    title: 'The policy of the callback page lets scripts call the API and not the token endpoint',
    source: badgateway,
    expected: { rootCause: 'blocked-by-content-security-policy', owner: 'client' },
    recording: asHarFile(
      record(
        authorize({ callback: { headers: callbackHeaders } }),
        navigate({ url: `${client}/lib/oauth2.js`, headers: callbackHeaders, body: '' }, { type: 'script' }),
      ),
    ),
  },
  heldOut(
    'popup-waits-for-a-message',
    'popup',
    'The SDK asks for a message between windows, which only the servers of its own maker send',
    oktaAuthJs,
    { rootCause: 'code-in-fragment-unexpected', owner: 'client', not: ['state-storage-origin-mismatch'] },
    metadata(modes),
    authorize({ request: { display: 'popup', response_mode: 'okta_post_message' } }),
  ),
  heldOut(
    'silent-renewal-refused-for-another-reason',
    'silent renewal',
    'A renewal asks for a mode that the metadata does not list, and is refused for something else',
    oktaAuthJs,
    {
      rootCause: 'authorization-refused',
      not: ['response-mode-unsupported', 'silent-iframe-blocked-by-idp'],
    },
    metadata(modes),
    codeLogin(),
    wait(60_000),
    errorRedirect('invalid_request', {
      request: { prompt: 'none', response_mode: 'okta_post_message', state: 'silent-state' },
      response: { error_description: 'id_token mandatory' },
      callback: { headers: { 'X-Frame-Options': 'DENY' } },
      place: { type: 'sub_frame', frame: 3 },
    }),
  ),
  heldOut(
    'form-post-ignored',
    'callback',
    'The client has a route for POST only, and the server answers in the query whatever it is asked for',
    oauth2orize,
    { rootCause: 'code-in-fragment-unexpected', owner: 'authorization_server' },
    navigate([
      { url: `${client}/auth`, headers: { 'Set-Cookie': 'login_state=x1; Path=/; Secure; HttpOnly; SameSite=None' } },
      { url: url(`${server}/dialog/authorize`, { ...request, response_mode: 'form_post' }) },
      {
        url: url(request.redirect_uri, { code, state: request.state }),
        requestHeaders: { Cookie: 'login_state=x1' },
        status: 404,
        body: page('Cannot GET /callback'),
      },
    ]),
  ),
  heldOut(
    'mcp-resource-of-an-inner-address',
    'discovery',
    'An MCP server behind a proxy names its inner address as the resource, and the SDK stops',
    mcpSdk,
    {
      rootCause: 'resource-metadata-mismatch',
      owner: 'resource_server',
      not: ['registration-not-offered', 'bearer-missing', 'discovery-unreachable'],
    },
    mcpCall,
    read(resourceMetadata, { resource: 'http://10.0.3.7:8080/mcp', authorization_servers: [server] }),
    read(`${server}/.well-known/oauth-authorization-server`, withRegistration),
  ),
  heldOut(
    'mcp-without-registration',
    'discovery',
    'The authorization server of an MCP server offers no registration, and the SDK has no client_id',
    mcpSdk,
    {
      rootCause: 'registration-not-offered',
      owner: 'authorization_server',
      not: ['resource-metadata-mismatch', 'bearer-missing'],
    },
    mcpCall,
    read(resourceMetadata, { resource: `${api}/mcp`, authorization_servers: [server] }),
    read(`${server}/.well-known/oauth-authorization-server`, serverMetadata),
  ),
  heldOut(
    'mcp-without-metadata',
    'discovery',
    'An MCP server has no metadata of its own; the SDK takes it for its authorization server and fails to register there',
    mcpSdk,
    { rootCause: 'discovery-unreachable', owner: 'resource_server', not: ['bearer-missing'] },
    mcpCall,
    read(resourceMetadata, '', 404),
    read(`${api}/.well-known/oauth-authorization-server`, '', 404),
    read(`${api}/.well-known/openid-configuration`, '', 404),
    call(
      { url: `${api}/register`, json: { redirect_uris: [request.redirect_uri] }, status: 404, headers: open },
      { initiator: client },
    ),
  ),
  heldOut(
    'mcp-healthy',
    'healthy',
    'An MCP client is sent from 401 over both metadata documents and a registration to a login that works',
    mcpSdk,
    { rootCause: null, not: ['resource-metadata-mismatch', 'registration-not-offered', 'bearer-missing'] },
    mcpCall,
    read(resourceMetadata, { resource: `${api}/mcp`, authorization_servers: [server] }),
    read(`${server}/.well-known/oauth-authorization-server`, withRegistration),
    call(
      {
        url: `${server}/register`,
        json: { redirect_uris: [request.redirect_uri] },
        status: 201,
        headers: open,
        body: { client_id: request.client_id },
      },
      { initiator: client },
    ),
    codeLogin({ request: { resource: `${api}/mcp` } }),
  ),
  heldOut(
    'broker-cannot-redeem',
    'callback',
    'A broker logs in at another server and cannot redeem the code; it tells the site that it serves',
    gotrue,
    { rootCause: 'client-reported-error', not: ['open-redirect-param'] },
    ...throughBroker({
      url: url(`${shop}/`, { error: 'server_error', error_description: 'Unable to exchange external code' }),
      body: page('Hello'),
    }),
  ),
  heldOut(
    'broker-falls-back-to-its-own-address',
    'callback',
    'The site’s address is not on the broker’s list, which falls back to its default, a development server',
    gotrue,
    { rootCause: 'redirect-to-internal-host', owner: 'authorization_server', not: ['open-redirect-param'] },
    ...throughBroker({ url: 'http://localhost:3000/?code=84bcd760-73c8', error: 'net::ERR_CONNECTION_REFUSED' }),
  ),
  heldOut(
    'broker-healthy',
    'healthy',
    'A broker logs in at another server and hands a code of its own on to the site that it serves',
    gotrue,
    { rootCause: null, not: ['open-redirect-param', 'client-reported-error'] },
    ...throughBroker({ url: `${shop}/?code=301cf945-ff16`, body: page('Hello') }),
    call(
      {
        url: `${broker}/auth/v1/token?grant_type=pkce`,
        json: { auth_code: '301cf945-ff16', code_verifier: verifier },
        headers: { 'Access-Control-Allow-Origin': shop },
        body: { access_token: '2YotnFZFEjr1zCsicMWpAA', token_type: 'bearer', expires_in: 3600 },
      },
      { initiator: shop },
    ),
  ),
  heldOut(
    'cookies-pile-up-at-the-start',
    'infrastructure',
    'Each unfinished login leaves a cookie; after some of them the URL that begins logins answers 431',
    arctic,
    { rootCause: 'request-headers-too-large', owner: 'client', not: ['login-start-refused'] },
    ...[1, 2, 3].map((turn) =>
      navigate(
        [
          { url: `${client}/login`, requestHeaders: { Cookie: returns(turn) } },
          { url: url(`${server}/authorize`, { ...request, state: `unfinished-${turn}` }), body: signInPage('Sign in') },
        ],
        { initiator: client },
      ),
    ),
    navigate({ url: `${client}/login`, requestHeaders: { Cookie: returns(24) }, status: 431 }, { initiator: client }),
  ),
  heldOut(
    'logout-ends-on-a-sign-in-page',
    'logout',
    'The return address is not registered; the server logs out and shows its page for signing in, with status 200',
    lemonLdap,
    { rootCause: 'post-logout-uri-not-registered', owner: 'authorization_server' },
    navigate(
      {
        url: url(`${server}/oauth2/logout`, {
          id_token_hint: jwt(idTokenClaims),
          post_logout_redirect_uri: `${client}/bye`,
        }),
        body: '<html><body><div role="alert"><span data-message="108"></span></div><form method="post"><input name="user"><input name="password" type="password"></form></body></html>',
      },
      { initiator: client },
    ),
  ),
  heldOut(
    'client-may-not-log-out',
    'logout',
    'The server does not let this client log users out, and says so on a page',
    betterAuth,
    { rootCause: 'logout-refused', not: ['post-logout-uri-not-registered', 'logout-missing-hint'] },
    navigate(
      {
        url: url(`${server}/oauth2/end-session`, {
          client_id: request.client_id,
          post_logout_redirect_uri: `${client}/bye`,
        }),
        status: 401,
        body: '<!doctype html><html><body><h1>Logout error</h1><p>The client is not allowed to initiate logout</p></body></html>',
      },
      { initiator: client },
    ),
  ),
  heldOut(
    'consent-refused',
    'authorization response',
    'The user is asked for consent, says no, and the server calls that consent_required',
    lemonLdap,
    { rootCause: 'user-denied', owner: 'user', not: ['authorization-refused', 'silent-consent-required'] },
    navigate({ url: url(`${server}/oauth2/authorize`, request), body: signInPage('Sign in') }, { initiator: client }),
    wait(2000),
    navigate(
      {
        url: url(`${server}/oauth2/authorize`, request),
        form: { user: 'ada', password: 'pw' },
        body: signInPage('Share your profile with timetable?'),
      },
      { initiator: server },
    ),
    wait(1500),
    navigate(
      [
        { url: url(`${server}/oauth2/authorize`, request), form: { confirm: '-1' }, status: 302 },
        {
          url: url(request.redirect_uri, {
            error: 'consent_required',
            error_description: 'consent not given',
            state: request.state,
          }),
          body: page(''),
        },
      ],
      { initiator: server },
    ),
  ),
  heldOut(
    'nonce-required-for-code',
    'authorization request',
    'The server wants a nonce with every request, and the client, which uses the code flow, sends none',
    glewlwyd,
    { rootCause: 'parameter-refused', owner: 'client' },
    errorRedirect('invalid_request', {
      request: { nonce: undefined },
      response: { error_description: 'nonce required' },
    }),
  ),
  heldOut(
    'payment-page',
    'healthy',
    'A payment with a client_id, an address to return to and a state, and an answer with a code',
    'https://www.emvco.com/emv-technologies/3-d-secure/',
    { rootCause: null },
    navigate(
      [
        { url: `${client}/pay` },
        {
          url: url('https://acs.bank.example/3ds', {
            client_id: 'merchant-9',
            redirect_uri: `${client}/checkout/return`,
            state: 'order-4711',
          }),
          body: signInPage('Confirm'),
        },
      ],
      { initiator: client },
    ),
    navigate(
      [
        { url: `${client}/checkout/return?token=EC-77X`, form: { state: 'AUTHORIZED', code: '00' }, status: 303 },
        { url: `${client}/thanks?code=4711&state=paid`, body: page('Thanks') },
      ],
      { initiator: 'https://acs.bank.example' },
    ),
  ),
]
