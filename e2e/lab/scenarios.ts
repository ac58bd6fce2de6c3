import { CLIENT_SECRET, CLIENT_WITH_PKCE_REQUIRED, CLIENT_WITHOUT_CORS, UNASSIGNED_CLIENT } from './clients'
import { OTHER_API } from './authorization-server'
import type { FaultyGateway, Origins, ServerName } from './origins'
import type { SpaSetup, SpaStep } from './spa-server'
import type { WebSetup } from './web-client'

export type Group =
  'Healthy' | 'Authorization request' | 'Callback' | 'Token request' | 'API call' | 'Security' | 'Look-alikes'

/** Ids of the rules whose finding is the one reason why a login failed. */
export type RootCause =
  | 'redirect-uri-not-registered'
  | 'redirect-uri-differs-at-token'
  | 'client-id-unknown'
  | 'client-secret-wrong'
  | 'client-auth-method-wrong'
  | 'client-not-authorized'
  | 'response-type-unsupported'
  | 'scope-invalid'
  | 'user-denied'
  | 'login-required-silent'
  | 'code-redeemed-twice'
  | 'code-expired'
  | 'pkce-verifier-mismatch'
  | 'pkce-required'
  | 'state-mismatch'
  | 'state-missing-in-response'
  | 'state-never-sent'
  | 'state-cookie-lost'
  | 'nonce-mismatch'
  | 'token-response-malformed'
  | 'token-endpoint-cors'
  | 'token-endpoint-unreachable'
  | 'token-endpoint-dns'
  | 'token-endpoint-tls'
  | 'token-endpoint-not-found'
  | 'token-endpoint-method'
  | 'server-error'
  | 'access-token-rejected'
  | 'access-token-expired'
  | 'authorization-header-malformed'
  | 'bearer-missing'
  | 'insufficient-scope'
  | 'id-token-as-access-token'
  | 'access-token-audience'
  | 'redirect-loop'
  | 'callback-not-found'
  | 'callback-error'

/** Ids of the security findings a scenario is about; a login succeeds in spite of them. */
export type Risk =
  | 'implicit-grant'
  | 'pkce-missing'
  | 'pkce-plain'
  | 'state-and-nonce-missing'
  | 'token-in-url'
  | 'client-secret-in-page'
  | 'redirect-uri-insecure'

/** What the user does: nothing, signs in, cancels, signs in after a while, or submits the form of the page. */
export type Drive = 'none' | 'sign-in' | 'cancel' | 'slow-sign-in' | 'submit'

/** One exchange that must have been on the wire; exactly one of `status` and `failure` is its outcome. */
export interface WireFact {
  readonly method?: string
  /** The request URL starts with this. */
  readonly url: (origins: Origins) => string
  readonly status?: number
  /** As Chromium names it, `net::ERR_…`. */
  readonly failure?: string
  /** How many such exchanges there are; at least one, where left out. */
  readonly count?: number
}

export interface Expectation {
  /** Null where the login succeeds, or where there is no login at all. */
  readonly rootCause: RootCause | null
  readonly owner?: 'client' | 'authorization_server' | 'resource_server' | 'browser' | 'network' | 'user'
  readonly risks?: readonly Risk[]
  /** False where nothing on the wire is a login. */
  readonly login?: boolean
}

export interface Scenario {
  readonly id: string
  readonly group: Group
  readonly title: string
  readonly description: string
  /** The URL that starts the scenario by being opened. */
  readonly start: (origins: Origins) => string
  readonly drive: Drive
  readonly expected: Expectation
  /** What the status line of the last page says; null where the browser shows an error page of its own. */
  readonly ends: string | null
  /** What must have been on the wire for the scenario to be what it says. */
  readonly wire: readonly WireFact[]
  readonly spa?: SpaSetup
  readonly web?: WebSetup
}

type Described = Pick<Scenario, 'id' | 'group' | 'title' | 'description' | 'expected'> &
  Partial<Pick<Scenario, 'start' | 'drive' | 'ends' | 'wire'>>

const SIGNED_IN = 'Signed in as Ada Lovelace'

function spa({ setup = {}, ...described }: Described & { setup?: SpaSetup }): Scenario {
  const start = (origins: Origins) => `${origins.spa}/?scenario=${described.id}`
  return { start, drive: 'sign-in', ends: SIGNED_IN, wire: [], ...described, spa: setup }
}

function web({ setup = {}, ...described }: Described & { setup?: WebSetup }): Scenario {
  const start = (origins: Origins) => `${origins.web}/login?scenario=${described.id}`
  return { start, drive: 'sign-in', ends: SIGNED_IN, wire: [], ...described, web: setup }
}

const atToken = (server: ServerName, outcome: Omit<WireFact, 'url'>): WireFact => ({
  method: 'POST',
  url: (origins) => `${origins.servers[server]}/token`,
  ...outcome,
})
const atAuthorization = (status: number): WireFact => ({ url: (origins) => `${origins.servers.main}/auth?`, status })
const atSpaCallback = (query: string): WireFact => ({
  url: (origins) => `${origins.spa}/callback?${query}`,
  status: 200,
})
const atApi = (path: string, status: number): WireFact => ({
  method: 'GET',
  url: (origins) => origins.api + path,
  status,
})

const callOrders = (origins: Origins, call: Partial<Extract<SpaStep, { step: 'call-api' }>> = {}): SpaStep => ({
  step: 'call-api',
  url: `${origins.api}/orders`,
  authorization: 'Bearer {token}',
  token: 'access_token',
  ...call,
})

const healthy: readonly Scenario[] = [
  spa({
    id: 'spa-healthy',
    group: 'Healthy',
    title: 'Single-page app signs in',
    description: 'Code with PKCE, then a call to the API with the access token.',
    setup: { afterSignIn: (origins) => [callOrders(origins)] },
    wire: [atToken('main', { status: 200, count: 1 }), atApi('/orders', 200)],
    expected: { rootCause: null },
  }),
  web({
    id: 'web-healthy',
    group: 'Healthy',
    title: 'Web client signs in',
    description: 'A server with a session cookie redeems the code itself.',
    wire: [{ url: (origins) => `${origins.web}/callback?`, status: 302 }],
    expected: { rootCause: null },
  }),
  web({
    id: 'web-healthy-form-post',
    group: 'Healthy',
    title: 'Web client signs in, answered by form_post',
    description: 'The answer comes as a cross-site POST; the cookie of the login is SameSite=None and Secure.',
    setup: { parameters: { response_mode: 'form_post' }, loginCookie: { sameSite: 'none', secure: true } },
    wire: [{ method: 'POST', url: (origins) => `${origins.web}/callback`, status: 302 }],
    expected: { rootCause: null },
  }),
  web({
    id: 'web-healthy-handover',
    group: 'Healthy',
    title: 'A page hands its code to its server',
    description: 'The callback is a page of the client, which posts the code to its server as JSON.',
    setup: { handovers: 1 },
    wire: [{ method: 'POST', url: (origins) => `${origins.web}/api/session`, status: 200, count: 1 }],
    expected: { rootCause: null },
  }),
  spa({
    id: 'spa-healthy-userinfo',
    group: 'Healthy',
    title: 'Single-page app asks for userinfo',
    description: 'No API: the opaque access token is used at the userinfo endpoint.',
    setup: { settings: () => ({ resource: undefined, scope: 'openid profile', loadUserInfo: true }) },
    wire: [{ method: 'GET', url: (origins) => `${origins.servers.main}/me`, status: 200 }],
    expected: { rootCause: null },
  }),
  spa({
    id: 'spa-healthy-silent-renewal',
    group: 'Healthy',
    title: 'Silent renewal in an iframe',
    description: 'After the login new tokens are fetched with prompt=none in a hidden frame.',
    setup: { server: 'same-site', afterSignIn: (origins) => [{ step: 'renew' }, callOrders(origins)] },
    wire: [
      atToken('same-site', { status: 200, count: 2 }),
      { url: (origins) => `${origins.spa}/silent-callback?code=`, status: 200 },
    ],
    expected: { rootCause: null },
  }),
  spa({
    id: 'spa-healthy-refresh',
    group: 'Healthy',
    title: 'Renewal with a refresh token',
    description: 'After the login the refresh token is exchanged for new tokens.',
    setup: {
      settings: () => ({ client_id: 'spa-refresh' }),
      afterSignIn: (origins) => [{ step: 'renew' }, callOrders(origins)],
    },
    wire: [atToken('main', { status: 200, count: 2 })],
    expected: { rootCause: null },
  }),
  spa({
    id: 'spa-healthy-probe',
    group: 'Healthy',
    title: 'Probe with prompt=none, then login',
    description: 'The probe is answered login_required, as it should be; the login that follows succeeds.',
    setup: { probesFirst: true },
    wire: [
      { url: (origins) => `${origins.spa}/silent-callback?error=login_required`, status: 200 },
      atToken('main', { status: 200, count: 1 }),
    ],
    expected: { rootCause: null },
  }),
  spa({
    id: 'spa-healthy-sign-out',
    group: 'Healthy',
    title: 'Login and sign-out',
    description: 'After the login the session is ended at the authorization server too.',
    setup: { afterSignIn: () => [{ step: 'sign-out' }] },
    ends: 'Signed out',
    wire: [{ url: (origins) => `${origins.spa}/signed-out`, status: 200 }],
    expected: { rootCause: null },
  }),
]

const authorizationFaults: readonly Scenario[] = [
  spa({
    id: 'redirect-uri-not-registered',
    group: 'Authorization request',
    title: 'redirect_uri with a slash too many',
    description: 'The app sends /callback/, registered is /callback.',
    setup: { settings: (origins) => ({ redirect_uri: `${origins.spa}/callback/` }) },
    drive: 'none',
    ends: 'invalid_redirect_uri',
    wire: [atAuthorization(400)],
    expected: { rootCause: 'redirect-uri-not-registered' },
  }),
  spa({
    id: 'redirect-uri-not-registered-again',
    group: 'Authorization request',
    title: 'redirect_uri that differs from one that worked',
    description: 'A good login with /callback is followed by one with /Callback.',
    setup: { afterSignIn: (origins) => [{ step: 'sign-in-again', redirectUri: `${origins.spa}/Callback` }] },
    ends: 'invalid_redirect_uri',
    wire: [atToken('main', { status: 200, count: 1 }), atAuthorization(303), atAuthorization(400)],
    expected: { rootCause: 'redirect-uri-not-registered' },
  }),
  spa({
    id: 'redirect-uri-other-host',
    group: 'Authorization request',
    title: 'redirect_uri with 127.0.0.1 for the host',
    description: 'The app sends an address, registered is a name.',
    setup: {
      settings: (origins) => ({ redirect_uri: `${origins.spa.replace('spa.localhost', '127.0.0.1')}/callback` }),
    },
    drive: 'none',
    ends: 'invalid_redirect_uri',
    wire: [atAuthorization(400)],
    expected: { rootCause: 'redirect-uri-not-registered' },
  }),
  spa({
    id: 'client-id-unknown',
    group: 'Authorization request',
    title: 'Unknown client_id',
    description: 'The app was given a client_id that nobody registered.',
    setup: { settings: () => ({ client_id: 'spa-staging' }) },
    drive: 'none',
    ends: 'invalid_client',
    wire: [atAuthorization(400)],
    expected: { rootCause: 'client-id-unknown' },
  }),
  spa({
    id: 'client-not-authorized',
    group: 'Authorization request',
    title: 'Client not enabled for this account',
    description: 'The server answers unauthorized_client after the sign-in.',
    setup: { settings: () => ({ client_id: UNASSIGNED_CLIENT, prompt: 'login' }) },
    ends: 'Sign-in failed: unauthorized_client',
    wire: [atSpaCallback('error=unauthorized_client')],
    expected: { rootCause: 'client-not-authorized', owner: 'authorization_server' },
  }),
  spa({
    id: 'response-type-unsupported',
    group: 'Authorization request',
    title: 'Unsupported response_type',
    description: 'An old app asks for "token", which the server does not offer.',
    setup: {
      flow: 'implicit',
      settings: (origins) => ({
        client_id: 'spa-implicit',
        redirect_uri: `${origins.spa}/implicit-callback`,
        response_type: 'token',
      }),
    },
    drive: 'none',
    ends: 'Sign-in failed: unsupported_response_type',
    wire: [atAuthorization(303)],
    expected: { rootCause: 'response-type-unsupported' },
  }),
  spa({
    id: 'scope-invalid',
    group: 'Authorization request',
    title: 'Scope the client may not ask for',
    description: 'The client may ask for openid only and asks for e-mail too.',
    setup: { settings: () => ({ client_id: 'spa-openid-only', scope: 'openid email', resource: undefined }) },
    drive: 'none',
    ends: 'Sign-in failed: invalid_scope',
    wire: [atSpaCallback('error=invalid_scope')],
    expected: { rootCause: 'scope-invalid' },
  }),
  spa({
    id: 'user-denied',
    group: 'Authorization request',
    title: 'The user cancels',
    description: 'Press Cancel on the sign-in page.',
    setup: { settings: () => ({ prompt: 'login' }) },
    drive: 'cancel',
    ends: 'Sign-in failed: access_denied',
    wire: [atSpaCallback('error=access_denied')],
    expected: { rootCause: 'user-denied', owner: 'user' },
  }),
  spa({
    id: 'pkce-required',
    group: 'Authorization request',
    title: 'PKCE required but not sent',
    description: 'The server insists on PKCE for this client, the app has it switched off.',
    setup: { settings: () => ({ client_id: CLIENT_WITH_PKCE_REQUIRED, disablePKCE: true }) },
    drive: 'none',
    ends: 'Sign-in failed: invalid_request',
    wire: [atSpaCallback('error=invalid_request')],
    expected: { rootCause: 'pkce-required', owner: 'client' },
  }),
  spa({
    id: 'login-required-silent',
    group: 'Authorization request',
    title: 'Silent renewal without the session cookie',
    description: 'The session cookie of the server is SameSite=Lax, so the hidden frame goes without it.',
    setup: { server: 'lax-cookies', afterSignIn: () => [{ step: 'renew' }] },
    ends: 'but then: login_required',
    wire: [{ url: (origins) => `${origins.spa}/silent-callback?error=login_required`, status: 200 }],
    expected: { rootCause: 'login-required-silent' },
  }),
]

const callbackFaults: readonly Scenario[] = [
  spa({
    id: 'state-mismatch',
    group: 'Callback',
    title: 'A gateway cuts the state short (single-page app)',
    description: 'Faulty gateway: eight characters of state are left when it comes back.',
    setup: { server: 'altered-state' },
    ends: 'Sign-in failed: No matching state found in storage',
    wire: [atToken('altered-state', { status: 200, count: 0 }), atSpaCallback('code=')],
    expected: { rootCause: 'state-mismatch' },
  }),
  web({
    id: 'state-mismatch-web',
    group: 'Callback',
    title: 'A gateway cuts the state short (web client)',
    description: 'Faulty gateway: eight characters of state are left when it comes back.',
    setup: { server: 'altered-state' },
    ends: 'Sign-in failed: unexpected "state" response parameter value',
    wire: [{ url: (origins) => `${origins.web}/callback?`, status: 400 }],
    expected: { rootCause: 'state-mismatch' },
  }),
  spa({
    id: 'state-missing-in-response',
    group: 'Callback',
    title: 'A gateway drops the state',
    description: 'Faulty gateway: the answer comes back without any state.',
    setup: { server: 'dropped-state' },
    ends: 'Sign-in failed: No state in response',
    wire: [atToken('dropped-state', { status: 200, count: 0 }), atSpaCallback('code=')],
    expected: { rootCause: 'state-missing-in-response' },
  }),
  spa({
    id: 'state-never-sent',
    group: 'Callback',
    title: 'A bookmarked callback',
    description: 'After a good login the callback URL of another browser is opened.',
    setup: {
      afterSignIn: (origins) => [
        {
          step: 'open',
          url: `${origins.spa}/callback?${new URLSearchParams({
            code: 'Zk9yQm9va21hcmtlZENhbGxiYWNrT2ZBbm90aGVyQnJvd3Nlcg',
            state: '5d0f4c1b8a3e4f6f9b7a2c1d0e9f8a7b',
            iss: origins.servers.main,
          })}`,
        },
      ],
    },
    ends: 'Sign-in failed: No matching state found in storage',
    wire: [atSpaCallback('code=Zk9y'), atToken('main', { status: 200, count: 1 })],
    expected: { rootCause: 'state-never-sent' },
  }),
  web({
    id: 'state-cookie-lost-form-post',
    group: 'Callback',
    title: 'SameSite=Lax cookie and form_post',
    description: 'The answer is a cross-site POST, and browsers do not send Lax cookies with that.',
    setup: { parameters: { response_mode: 'form_post' } },
    ends: 'Sign-in failed: there is no login in progress in this browser',
    wire: [{ method: 'POST', url: (origins) => `${origins.web}/callback`, status: 400 }],
    expected: { rootCause: 'state-cookie-lost', owner: 'client' },
  }),
  web({
    id: 'state-cookie-lost-path',
    group: 'Callback',
    title: 'Cookie for the wrong path',
    description: 'The cookie of the login is for /login, the callback is /callback.',
    setup: { loginCookie: { path: '/login' } },
    ends: 'Sign-in failed: there is no login in progress in this browser',
    wire: [{ url: (origins) => `${origins.web}/callback?`, status: 400 }],
    expected: { rootCause: 'state-cookie-lost', owner: 'client' },
  }),
  web({
    id: 'state-cookie-lost-host',
    group: 'Callback',
    title: 'Login and callback on different hosts',
    description: 'The login starts at a name, the callback is at 127.0.0.1; the cookie belongs to the name.',
    setup: { redirectOrigin: (origins) => origins.webByAddress },
    ends: 'Sign-in failed: there is no login in progress in this browser',
    wire: [{ url: (origins) => `${origins.webByAddress}/callback?`, status: 400 }],
    expected: { rootCause: 'state-cookie-lost', owner: 'client' },
  }),
  web({
    id: 'state-cookie-lost-expired',
    group: 'Callback',
    title: 'Cookie that expires during the login',
    description: 'The cookie lives one second; take two to sign in.',
    setup: { loginCookie: { maxAge: 1000 }, parameters: { prompt: 'login' } },
    drive: 'slow-sign-in',
    ends: 'Sign-in failed: there is no login in progress in this browser',
    wire: [{ url: (origins) => `${origins.web}/callback?`, status: 400 }],
    expected: { rootCause: 'state-cookie-lost', owner: 'client' },
  }),
  web({
    id: 'callback-not-found',
    group: 'Callback',
    title: 'No route for the callback',
    description: 'Registered and asked for is /oauth/callback, the server knows /callback only.',
    setup: { redirectPath: '/oauth/callback' },
    ends: 'Not found: /oauth/callback',
    wire: [{ url: (origins) => `${origins.web}/oauth/callback?`, status: 404 }],
    expected: { rootCause: 'callback-not-found', owner: 'client' },
  }),
  web({
    id: 'callback-error',
    group: 'Callback',
    title: 'The callback breaks on the server',
    description: 'The web client has a wrong secret; its own token request is refused where no browser can see it.',
    setup: { clientSecret: 'last-years-secret' },
    ends: 'Internal server error',
    wire: [{ url: (origins) => `${origins.web}/callback?`, status: 500 }],
    expected: { rootCause: 'callback-error', owner: 'client' },
  }),
  web({
    id: 'handed-over-in-vain',
    group: 'Callback',
    title: 'The page hands its code to a server that cannot redeem it',
    description: 'The callback is a page; its server has a wrong secret, and answers the page with 500.',
    setup: { handovers: 1, clientSecret: 'last-years-secret' },
    ends: 'Sign-in failed: failed',
    wire: [{ method: 'POST', url: (origins) => `${origins.web}/api/session`, status: 500, count: 1 }],
    expected: { rootCause: 'callback-error', owner: 'client' },
  }),
  web({
    id: 'handed-over-twice',
    group: 'Callback',
    title: 'The page hands its code over twice',
    description: 'An effect of the callback page runs twice; the second call shows the error.',
    setup: { handovers: 2 },
    ends: 'Sign-in failed: invalid_grant',
    wire: [200, 400].map((status) => ({ method: 'POST', url: (origins) => `${origins.web}/api/session`, status })),
    expected: { rootCause: 'code-redeemed-twice', owner: 'client' },
  }),
  web({
    id: 'redirect-loop',
    group: 'Callback',
    title: 'Redirect loop',
    description: 'The session cookie names a foreign domain, so it is never kept and every visit starts a login.',
    setup: { sessionCookie: { domain: 'shop.example' } },
    ends: null,
    wire: [
      { url: (origins) => `${origins.web}/account?`, status: 302 },
      { url: () => 'http://', failure: 'net::ERR_TOO_MANY_REDIRECTS' },
    ],
    expected: { rootCause: 'redirect-loop' },
  }),
]

const malformedTokenResponse = (
  gateway: FaultyGateway,
  title: string,
  description: string,
  ends: string,
  setup: SpaSetup = {},
): Scenario =>
  spa({
    id: gateway,
    group: 'Token request',
    title,
    description: `Faulty gateway: ${description}`,
    setup: { ...setup, server: gateway },
    ends,
    wire: [atToken(gateway, { status: 200, count: 1 })],
    expected: { rootCause: 'token-response-malformed' },
  })

const callWithTypeOfToken: SpaSetup = {
  afterSignIn: (origins) => [callOrders(origins, { authorization: '{type} {token}' })],
}

const tokenFaults: readonly Scenario[] = [
  spa({
    id: 'redirect-uri-differs-at-token',
    group: 'Token request',
    title: 'Another redirect_uri at the token endpoint',
    description: 'The token request names /callback/, the authorization request named /callback.',
    setup: { faults: { alteredState: (origins) => ({ redirect_uri: `${origins.spa}/callback/` }) } },
    ends: 'Sign-in failed: invalid_grant',
    wire: [atToken('main', { status: 400, count: 1 })],
    expected: { rootCause: 'redirect-uri-differs-at-token', owner: 'client' },
  }),
  spa({
    id: 'client-secret-wrong',
    group: 'Token request',
    title: 'Wrong client secret',
    description: 'The app authenticates with last year’s secret.',
    setup: {
      settings: () => ({
        client_id: 'spa-with-secret',
        client_secret: 'last-years-secret',
        client_authentication: 'client_secret_basic',
      }),
    },
    ends: 'Sign-in failed: invalid_client',
    wire: [atToken('main', { status: 401, count: 1 })],
    expected: { rootCause: 'client-secret-wrong', risks: ['client-secret-in-page'] },
  }),
  spa({
    id: 'client-auth-method-wrong',
    group: 'Token request',
    title: 'Wrong authentication method',
    description: 'The secret goes into the body; the server takes it in the Authorization header only.',
    setup: {
      server: 'basic-only',
      settings: () => ({
        client_id: 'spa-with-secret',
        client_secret: CLIENT_SECRET,
        client_authentication: 'client_secret_post',
      }),
    },
    ends: 'Sign-in failed: invalid_client',
    wire: [atToken('basic-only', { status: 401, count: 1 })],
    expected: { rootCause: 'client-auth-method-wrong', risks: ['client-secret-in-page'] },
  }),
  spa({
    id: 'code-redeemed-twice',
    group: 'Token request',
    title: 'Code redeemed twice',
    description: 'The callback runs twice, 40 ms apart, as effects do in React StrictMode.',
    setup: { faults: { redeemsTwice: true } },
    ends: 'Sign-in failed: invalid_grant',
    wire: [atToken('main', { status: 200, count: 1 }), atToken('main', { status: 400, count: 1 })],
    expected: { rootCause: 'code-redeemed-twice', owner: 'client' },
  }),
  spa({
    id: 'code-expired',
    group: 'Token request',
    title: 'Code expired',
    description: 'The code lives one second, the app waits twelve before it redeems it.',
    setup: { settings: () => ({ client_id: 'spa-short-code' }), faults: { waitsBeforeExchange: 12_000 } },
    ends: 'Sign-in failed: invalid_grant',
    wire: [atToken('main', { status: 400, count: 1 })],
    expected: { rootCause: 'code-expired' },
  }),
  spa({
    id: 'pkce-verifier-mismatch',
    group: 'Token request',
    title: 'Another code_verifier',
    description: 'The verifier in the app’s storage was replaced between request and callback.',
    setup: { faults: { alteredState: () => ({ code_verifier: 'a7f3'.repeat(24) }) } },
    ends: 'Sign-in failed: invalid_grant',
    wire: [atToken('main', { status: 400, count: 1 })],
    expected: { rootCause: 'pkce-verifier-mismatch', owner: 'client' },
  }),
  spa({
    id: 'nonce-mismatch',
    group: 'Token request',
    title: 'ID token with the nonce of another login',
    description: 'Faulty gateway: the nonce of the request is mixed up with another one.',
    setup: { server: 'mixed-up-nonce' },
    ends: 'Sign-in failed: nonce in id_token does not match nonce in client storage',
    wire: [atToken('mixed-up-nonce', { status: 200, count: 1 })],
    expected: { rootCause: 'nonce-mismatch' },
  }),
  malformedTokenResponse(
    'token-html',
    'Token endpoint answers HTML',
    'an intranet page with status 200.',
    'Sign-in failed:',
  ),
  malformedTokenResponse('token-empty', 'Token endpoint answers nothing', 'status 200 and no body.', 'Sign-in failed:'),
  malformedTokenResponse(
    'token-form-encoded',
    'Token endpoint does not answer JSON',
    'the tokens come form-encoded.',
    'Sign-in failed:',
  ),
  malformedTokenResponse(
    'token-without-access-token',
    'Token response without access_token',
    'the member is missing, so the API gets "undefined".',
    'but then: the API answered 401',
    callWithTypeOfToken,
  ),
  malformedTokenResponse(
    'token-without-token-type',
    'Token response without token_type',
    'the member is missing, so the API gets "undefined" for the scheme.',
    'but then: the API answered 401',
    callWithTypeOfToken,
  ),
  malformedTokenResponse(
    'token-error-200',
    'Error with status 200',
    'an OAuth error comes with the status of a success.',
    'Sign-in failed: Invalid token specified',
  ),
  spa({
    id: 'token-endpoint-cors',
    group: 'Token request',
    title: 'Token endpoint without CORS for this client',
    description: 'The server does not allow the origin of the app, so the script may not read the answer.',
    setup: { settings: () => ({ client_id: CLIENT_WITHOUT_CORS }) },
    ends: 'Sign-in failed: Failed to fetch',
    wire: [atToken('main', { failure: 'net::ERR_FAILED' })],
    expected: { rootCause: 'token-endpoint-cors' },
  }),
  spa({
    id: 'token-endpoint-cors-gateway',
    group: 'Token request',
    title: 'A gateway drops the CORS headers',
    description: 'Faulty gateway: the tokens come with status 200, but the script may not read them.',
    setup: { server: 'token-without-cors' },
    ends: 'Sign-in failed: Failed to fetch',
    wire: [atToken('token-without-cors', { failure: 'net::ERR_FAILED' })],
    expected: { rootCause: 'token-endpoint-cors' },
  }),
  spa({
    id: 'token-endpoint-cors-preflight',
    group: 'Token request',
    title: 'A gateway refuses the preflight',
    description: 'Faulty gateway: OPTIONS is answered 403, so the token request is never sent.',
    setup: { server: 'token-refuses-preflight', settings: () => ({ extraHeaders: { 'X-App-Version': '4.2' } }) },
    ends: 'Sign-in failed: Failed to fetch',
    wire: [atToken('token-refuses-preflight', { failure: 'net::ERR_FAILED' })],
    expected: { rootCause: 'token-endpoint-cors' },
  }),
  ...(
    [
      ['token-endpoint-unreachable', 'refused', 'Nothing listens at the token endpoint', 'net::ERR_CONNECTION_REFUSED'],
      [
        'token-endpoint-dns',
        'unresolvable',
        'The host of the token endpoint does not exist',
        'net::ERR_NAME_NOT_RESOLVED',
      ],
      ['token-endpoint-tls', 'brokenTls', 'The token endpoint does not speak TLS', 'net::ERR_SSL_PROTOCOL_ERROR'],
    ] as const
  ).map(([id, origin, title, failure]) =>
    spa({
      id,
      group: 'Token request',
      title,
      description: `The app was given ${origin === 'brokenTls' ? 'https for a server that has http' : 'a wrong host'}.`,
      setup: { settings: (origins) => ({ metadataSeed: { token_endpoint: `${origins[origin]}/token` } }) },
      ends: 'Sign-in failed: Failed to fetch',
      wire: [{ method: 'POST', url: (origins) => `${origins[origin]}/token`, failure }],
      expected: { rootCause: id },
    }),
  ),
  spa({
    id: 'token-endpoint-not-found',
    group: 'Token request',
    title: 'Wrong path of the token endpoint',
    description: 'The app was given /oauth2/token; the server has /token.',
    setup: { settings: (origins) => ({ metadataSeed: { token_endpoint: `${origins.servers.main}/oauth2/token` } }) },
    ends: 'Sign-in failed: Failed to fetch',
    wire: [{ method: 'POST', url: (origins) => `${origins.servers.main}/oauth2/token`, failure: 'net::ERR_FAILED' }],
    expected: { rootCause: 'token-endpoint-not-found' },
  }),
  spa({
    id: 'token-endpoint-method',
    group: 'Token request',
    title: 'A gateway refuses POST',
    description: 'Faulty gateway: 405, only GET is allowed.',
    setup: { server: 'token-405' },
    ends: 'Sign-in failed:',
    wire: [atToken('token-405', { status: 405, count: 1 })],
    expected: { rootCause: 'token-endpoint-method' },
  }),
  spa({
    id: 'server-error',
    group: 'Token request',
    title: 'A gateway is overloaded',
    description: 'Faulty gateway: the token endpoint answers 503.',
    setup: { server: 'token-503' },
    ends: 'Sign-in failed:',
    wire: [atToken('token-503', { status: 503, count: 1 })],
    expected: { rootCause: 'server-error' },
  }),
]

const apiFault = (
  id: string,
  rootCause: RootCause,
  title: string,
  description: string,
  status: 401 | 403,
  call: Partial<Extract<SpaStep, { step: 'call-api' }>>,
  setup: SpaSetup = {},
  path = '/orders',
): Scenario =>
  spa({
    id,
    group: 'API call',
    title,
    description,
    setup: {
      ...setup,
      afterSignIn: (origins) => [
        ...(setup.afterSignIn?.(origins) ?? []),
        callOrders(origins, { url: origins.api + path, ...call }),
      ],
    },
    ends: `but then: the API answered ${status}`,
    wire: [atApi(path, status)],
    expected: { rootCause },
  })

const apiFaults: readonly Scenario[] = [
  apiFault(
    'access-token-rejected',
    'access-token-rejected',
    'Opaque token for an API that wants a JWT',
    'The app forgot the resource parameter; the API cannot verify what it got.',
    401,
    {},
    { settings: () => ({ resource: undefined, scope: 'openid profile' }) },
  ),
  apiFault(
    'access-token-rejected-terse',
    'access-token-rejected',
    'Token of another issuer, 401 without a word',
    'The API trusts the main authorization server only and sends no WWW-Authenticate.',
    401,
    {},
    { server: 'lax-cookies' },
    '/terse/orders',
  ),
  apiFault(
    'access-token-expired',
    'access-token-expired',
    'Expired access token',
    'The token lives one second; the app waits three and does not renew it.',
    401,
    {},
    { settings: () => ({ client_id: 'spa-short-token' }), afterSignIn: () => [{ step: 'wait', ms: 3000 }] },
  ),
  apiFault('bearer-missing', 'bearer-missing', 'No Authorization header', 'The app forgot the token.', 401, {
    authorization: '',
  }),
  apiFault(
    'authorization-header-no-scheme',
    'authorization-header-malformed',
    'Authorization header without "Bearer"',
    'The header holds the bare token.',
    401,
    { authorization: '{token}' },
  ),
  apiFault(
    'authorization-header-doubled',
    'authorization-header-malformed',
    'Authorization header with "Bearer Bearer"',
    'The scheme is there twice.',
    401,
    { authorization: 'Bearer Bearer {token}' },
  ),
  apiFault(
    'authorization-header-quoted',
    'authorization-header-malformed',
    'Authorization header with quotes',
    'The token went through JSON.stringify.',
    401,
    { authorization: 'Bearer "{token}"' },
  ),
  apiFault(
    'authorization-header-space',
    'authorization-header-malformed',
    'Authorization header with a space too many',
    'Two spaces stand between scheme and token.',
    401,
    { authorization: 'Bearer  {token}' },
  ),
  apiFault(
    'insufficient-scope',
    'insufficient-scope',
    'Scope missing at the API',
    'The token has orders:read, the API wants orders:write.',
    403,
    {},
    {},
    '/orders/cancelled',
  ),
  apiFault(
    'insufficient-scope-terse',
    'insufficient-scope',
    'Scope missing, 403 without a word',
    'The same at an API that sends no WWW-Authenticate.',
    403,
    {},
    {},
    '/terse/orders/cancelled',
  ),
  apiFault(
    'id-token-as-access-token',
    'id-token-as-access-token',
    'ID token sent to the API',
    'The app sends the wrong one of its two tokens.',
    401,
    { token: 'id_token' },
  ),
  apiFault(
    'access-token-audience',
    'access-token-audience',
    'Access token for another API',
    'The app asked for a token for billing.example.',
    401,
    {},
    { settings: () => ({ resource: OTHER_API, scope: 'openid profile invoices:read' }) },
  ),
]

const risks: readonly Scenario[] = [
  spa({
    id: 'risk-implicit-grant',
    group: 'Security',
    title: 'Implicit grant',
    description: 'An old app takes its tokens out of the fragment.',
    setup: {
      flow: 'implicit',
      settings: (origins) => ({
        client_id: 'spa-implicit',
        redirect_uri: `${origins.spa}/implicit-callback`,
        response_type: 'id_token token',
      }),
    },
    wire: [{ url: (origins) => `${origins.spa}/implicit-callback`, status: 200 }],
    expected: { rootCause: null, risks: ['implicit-grant'] },
  }),
  web({
    id: 'risk-pkce-missing',
    group: 'Security',
    title: 'No PKCE',
    description: 'The web client signs in without a code_challenge.',
    setup: { pkce: 'none' },
    expected: { rootCause: null, risks: ['pkce-missing'] },
  }),
  web({
    id: 'risk-pkce-plain',
    group: 'Security',
    title: 'PKCE with "plain"',
    description: 'The verifier itself is the challenge. A gateway lets it pass; the server takes S256 only.',
    setup: { pkce: 'plain', server: 'accepts-plain' },
    wire: [{ url: (origins) => `${origins.servers['accepts-plain']}/auth?`, status: 303 }],
    expected: { rootCause: null, risks: ['pkce-plain'] },
  }),
  web({
    id: 'risk-no-state-no-nonce',
    group: 'Security',
    title: 'Neither state nor nonce',
    description: 'The web client does not tie the answer to its request, not by PKCE either.',
    setup: { sendsStateAndNonce: false, pkce: 'none' },
    expected: { rootCause: null, risks: ['pkce-missing', 'state-and-nonce-missing'] },
  }),
  spa({
    id: 'risk-token-in-url',
    group: 'Security',
    title: 'Access token in a URL',
    description: 'The app calls the API with ?access_token=.',
    setup: {
      afterSignIn: (origins) => [
        callOrders(origins, { url: `${origins.api}/orders?access_token={token}`, authorization: '' }),
      ],
    },
    wire: [atApi('/orders?access_token=', 200)],
    expected: { rootCause: null, risks: ['token-in-url'] },
  }),
  spa({
    id: 'risk-client-secret-in-page',
    group: 'Security',
    title: 'Client secret sent by a page',
    description: 'The single-page app carries the secret of a confidential client.',
    setup: {
      settings: () => ({
        client_id: 'spa-with-secret',
        client_secret: CLIENT_SECRET,
        client_authentication: 'client_secret_basic',
      }),
    },
    wire: [atToken('main', { status: 200, count: 1 })],
    expected: { rootCause: null, risks: ['client-secret-in-page'] },
  }),
  web({
    id: 'risk-redirect-uri-http',
    group: 'Security',
    title: 'http redirect_uri off loopback',
    description: 'The callback is plain http on web.lab.test; needs a browser started for the lab.',
    start: (origins) => `${origins.webOffLoopback}/login?scenario=risk-redirect-uri-http`,
    wire: [{ url: (origins) => `${origins.webOffLoopback}/callback?`, status: 302 }],
    expected: { rootCause: null, risks: ['redirect-uri-insecure'] },
  }),
]

const lookAlikes: readonly Scenario[] = [
  {
    id: 'look-alike-coupon',
    group: 'Look-alikes',
    title: 'Shop with ?code= and ?state=',
    description: 'A coupon code and a federal state; no login at all.',
    start: (origins) => `${origins.shop}/?code=COUPON&state=CA`,
    drive: 'none',
    ends: 'Coupon applied for California',
    wire: [{ url: (origins) => `${origins.shop}/?code=COUPON`, status: 200 }],
    expected: { rootCause: null, login: false },
  },
  {
    id: 'look-alike-form-token',
    group: 'Look-alikes',
    title: 'Form that posts a token',
    description: 'A newsletter form with a hidden field against forgery; press Subscribe.',
    start: (origins) => `${origins.shop}/newsletter`,
    drive: 'submit',
    ends: 'Subscribed',
    wire: [{ method: 'POST', url: (origins) => `${origins.shop}/newsletter`, status: 200 }],
    expected: { rootCause: null, login: false },
  },
  {
    id: 'look-alike-basic-challenge',
    group: 'Look-alikes',
    title: 'API with a Basic challenge',
    description: 'An API answers 401 for reasons that have nothing to do with OAuth.',
    start: (origins) => `${origins.shop}/warehouse`,
    drive: 'none',
    ends: 'The warehouse answered 401',
    wire: [atApi('/basic/orders', 401)],
    expected: { rootCause: null, login: false },
  },
]

/** Every scenario of the lab, in the order of the start page. */
export const scenarios: readonly Scenario[] = [
  ...healthy,
  ...authorizationFaults,
  ...callbackFaults,
  ...tokenFaults,
  ...apiFaults,
  ...risks,
  ...lookAlikes,
]
