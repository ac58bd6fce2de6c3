import {
  all,
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
import { html, page } from './situation'

const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

interface Party {
  readonly app: string
  readonly server: string
  readonly client_id: string
  readonly authorize?: string
  readonly token?: string
}

/** A login of a page that went well, with what the token endpoint answered. */
const loggedIn = (
  { app, server, client_id, authorize = '/authorize', token = '/oauth/token' }: Party,
  answer: object,
  asked: Record<string, string> = {},
): Happening =>
  all(
    navigate(
      [
        {
          url: url(`${server}${authorize}`, {
            client_id,
            response_type: 'code',
            redirect_uri: `${app}/cb`,
            scope: 'profile offline_access',
            state: 'hV2kS9dQwXz0aLmE',
            ...pkce,
            ...asked,
          }),
        },
        { url: `${app}/cb?code=first-code-1&state=hV2kS9dQwXz0aLmE`, body: html },
      ],
      { initiator: app },
    ),
    call(
      {
        url: `${server}${token}`,
        form: {
          grant_type: 'authorization_code',
          client_id,
          redirect_uri: `${app}/cb`,
          code: 'first-code-1',
          code_verifier: verifier,
        },
        headers: { 'Access-Control-Allow-Origin': app },
        body: { token_type: 'Bearer', expires_in: 300, ...answer },
      },
      { initiator: app },
    ),
  )

const refresh = (
  { app, server, client_id, token = '/oauth/token' }: Party,
  refresh_token: string,
  more: Partial<HopSpec>,
  { tab = 1, fields = {} }: { tab?: number; fields?: Record<string, string> } = {},
): Happening =>
  call(
    {
      url: `${server}${token}`,
      form: { grant_type: 'refresh_token', client_id, refresh_token, ...fields },
      headers: { 'Access-Control-Allow-Origin': app },
      ...more,
    },
    { initiator: app, tab },
  )

const renewed = (access_token: string, refresh_token: string) => ({
  body: { access_token, refresh_token, token_type: 'Bearer', expires_in: 300 },
})

const apiCall = (app: string, target: string, token: string, more: Partial<HopSpec>): Happening =>
  call(
    {
      url: target,
      requestHeaders: { Authorization: `Bearer ${token}`, Origin: app },
      headers: { 'Access-Control-Allow-Origin': app },
      ...more,
    },
    { initiator: app },
  )

const jwe =
  'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwiaXNzIjoiaHR0cHM6Ly9taXN0bGV0b2UuZXUuYXV0aDAuY29tLyJ9..5YzkSPr4Wv0A.Qk3.Zc7q'

const mistletoe: Party = {
  app: 'https://shop.mistletoe.gifts',
  server: 'https://mistletoe.eu.auth0.com',
  client_id: 'mt95',
}
const argon: Party = {
  app: 'https://agents.argonlab.io',
  server: 'https://dex.argonlab.io',
  client_id: 'ark',
  authorize: '/auth',
  token: '/token',
}
const gatehouse: Party = {
  app: 'https://portal.gatehouse.sg',
  server: 'https://idp.gatehouse.sg',
  client_id: 'gh',
  token: '/token',
}
const flicker: Party = {
  app: 'https://tv.flicker.box',
  server: 'https://auth.flicker.box',
  client_id: 'web',
  token: '/token',
}

const argonToken = jwt(
  { iss: argon.server, aud: 'ark-api', sub: 'u', iat: seconds(START), exp: seconds(START) + 86_400 },
  { kid: 'e9b1c4' },
)

const rotatedKeys = (server: string, kids: readonly string[], path: string): Happening =>
  call(
    {
      url: `${server}${path}`,
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: { keys: kids.map((kid) => ({ kty: 'RSA', use: 'sig', alg: 'RS256', kid, n: '0vx7', e: 'AQAB' })) },
    },
    { initiator: server },
  )

/** What happened after the login: APIs, renewals, the way out, and what stands between browser and server. */
export const cases5: readonly CorpusEntry[] = [
  reported(
    '95',
    'API',
    'The access token is encrypted for the server itself, as no API was named; the API calls it malformed',
    'auth0/auth0-spa-js/issues/822',
    { rootCause: 'access-token-rejected', owner: 'client', not: ['access-token-expired', 'access-token-audience'] },
    loggedIn(mistletoe, { access_token: jwe, scope: 'profile' }),
    apiCall(mistletoe.app, 'https://api.mistletoe.gifts/baskets', jwe, {
      status: 401,
      headers: {
        'Access-Control-Allow-Origin': mistletoe.app,
        'WWW-Authenticate': 'Bearer error="invalid_token", error_description="jwt malformed"',
      },
    }),
  ),
  reported(
    '100',
    'API',
    '"Unable to find key with kid": the API holds old keys, while the server’s key set has the new one',
    'mckinsey/agents-at-scale-ark/pull/2457',
    {
      rootCause: 'signing-key-not-found-by-api',
      owner: 'resource_server',
      not: ['kid-not-in-jwks', 'access-token-expired'],
    },
    loggedIn(argon, { access_token: argonToken }),
    rotatedKeys(argon.server, ['e9b1c4', '77aa01'], '/keys'),
    apiCall(argon.app, 'https://agents.argonlab.io/api/v1/teams', argonToken, {
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer' },
      body: { detail: 'Unable to find key with kid: e9b1c4' },
    }),
    apiCall(argon.app, 'https://agents.argonlab.io/api/v1/models', argonToken, {
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer' },
      body: { detail: 'Unable to find key with kid: e9b1c4' },
    }),
  ),
  reported(
    '101',
    'API',
    'A gateway says "No matching KID" for some minutes after the server changed its keys',
    'TykTechnologies/tyk/issues/6378',
    { rootCause: 'signing-key-not-found-by-api', not: ['insufficient-scope', 'access-token-expired'] },
    loggedIn(gatehouse, {
      access_token: jwt(
        { iss: gatehouse.server, aud: 'orders', iat: seconds(START), exp: seconds(START) + 600 },
        { kid: 'k-2026-02' },
      ),
    }),
    rotatedKeys(gatehouse.server, ['k-2026-02', 'k-2025-11'], '/jwks'),
    apiCall(
      gatehouse.app,
      'https://gw.gatehouse.sg/orders/',
      jwt(
        { iss: gatehouse.server, aud: 'orders', iat: seconds(START), exp: seconds(START) + 600 },
        { kid: 'k-2026-02' },
      ),
      { status: 403, body: { error: 'Key not authorized: No matching KID could be found' } },
    ),
  ),
  reported(
    '103',
    'refresh',
    'Two tabs refresh with one token; the server takes the second for a replay',
    'fliks-app/fliks/pull/457',
    { rootCause: 'refresh-race-rotation', owner: 'client', not: ['refresh-token-expired', 'refresh-token-revoked'] },
    loggedIn(flicker, { access_token: 'fl-at-1', refresh_token: 'fl-rt-one-8c41' }),
    wait(290_000),
    refresh(flicker, 'fl-rt-one-8c41', { ...renewed('fl-at-2', 'fl-rt-two-11d0'), takes: 120 }),
    wait(-110),
    refresh(
      flicker,
      'fl-rt-one-8c41',
      { status: 400, body: { error: 'invalid_grant', error_description: 'Refresh token reuse detected' }, takes: 150 },
      { tab: 4 },
    ),
  ),
  reported(
    '104',
    'refresh',
    'One entry of the cache still holds the refresh token that another one had rotated away',
    'auth0/auth0-spa-js/pull/1503',
    {
      rootCause: 'refresh-token-rotated-reused',
      owner: 'client',
      not: ['refresh-token-expired', 'refresh-race-rotation'],
    },
    loggedIn(mistletoe, { access_token: 'mt-at-1', refresh_token: 'v1.first-rt-Mx83' }),
    wait(300_000),
    refresh(mistletoe, 'v1.first-rt-Mx83', renewed('mt-at-2', 'v1.second-rt-Kp20'), {
      fields: { scope: 'profile offline_access' },
    }),
    wait(60_000),
    refresh(
      mistletoe,
      'v1.first-rt-Mx83',
      { status: 403, body: { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' } },
      { fields: { scope: 'baskets:write offline_access' } },
    ),
  ),
  reported(
    '106',
    'refresh',
    'A quick reload cancels the refresh; its answer with the new token is lost, and the old one is used again',
    'nhost/hasura-backend-plus/issues/220',
    { rootCause: 'refresh-response-lost', not: ['refresh-token-expired', 'refresh-race-rotation'] },
    loggedIn(gatehouse, { access_token: 'gh-at', refresh_token: 'gh-rt-one-55e1' }),
    wait(280_000),
    refresh(gatehouse, 'gh-rt-one-55e1', { error: 'net::ERR_ABORTED', takes: 30 }),
    navigate({ url: 'https://portal.gatehouse.sg/', body: html }),
    refresh(gatehouse, 'gh-rt-one-55e1', { status: 401, body: { error: 'invalid_grant' } }),
  ),
  reported(
    '107',
    'refresh',
    'Two refresh calls thirteen milliseconds apart; the family is revoked and both are signed out',
    'HQBase/hqbase/issues/41',
    { rootCause: 'refresh-race-rotation', not: ['refresh-token-expired', 'refresh-response-lost'] },
    loggedIn(argon, { access_token: argonToken, refresh_token: 'hq-rt-one-90aa' }),
    wait(86_000_000),
    refresh(argon, 'hq-rt-one-90aa', { ...renewed('hq-at-2', 'hq-rt-two-7712'), takes: 40 }),
    wait(-27),
    refresh(argon, 'hq-rt-one-90aa', { status: 400, body: { error: 'invalid_grant' }, takes: 50 }),
  ),
  reported(
    '112',
    'discovery',
    'The application strips the slash at the end of the issuer, and then finds that the issuers differ',
    'Freika/dawarich/issues/2925',
    { rootCause: 'issuer-mismatch', not: ['discovery-unreachable'] },
    call(
      {
        url: 'https://auth.trailmark.earth/application/o/dawarich/.well-known/openid-configuration',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: {
          issuer: 'https://auth.trailmark.earth/application/o/dawarich/',
          authorization_endpoint: 'https://auth.trailmark.earth/application/o/authorize/',
          token_endpoint: 'https://auth.trailmark.earth/application/o/token/',
          jwks_uri: 'https://auth.trailmark.earth/application/o/dawarich/jwks/',
        },
      },
      { initiator: 'https://map.trailmark.earth' },
    ),
    navigate({ url: 'https://map.trailmark.earth/users/sign_in', body: page('Issuer mismatch') }),
  ),
  reported(
    '113',
    'authorization response',
    'The metadata says an issuer with a slash at its end, the iss of the answer has none',
    'JavaScriptSolidServer/JavaScriptSolidServer/issues/524',
    { rootCause: 'iss-param-mismatch', owner: 'authorization_server', not: ['state-mismatch', 'code-not-redeemed'] },
    call(
      {
        url: 'https://pod.riverstone.social/.well-known/openid-configuration',
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: {
          issuer: 'https://pod.riverstone.social/',
          authorization_endpoint: 'https://pod.riverstone.social/idp/auth',
          token_endpoint: 'https://pod.riverstone.social/idp/token',
          jwks_uri: 'https://pod.riverstone.social/.well-known/jwks.json',
          authorization_response_iss_parameter_supported: true,
          code_challenge_methods_supported: ['S256'],
        },
      },
      { initiator: 'https://penny.riverstone.tools' },
    ),
    navigate(
      [
        {
          url: url('https://pod.riverstone.social/idp/auth', {
            response_type: 'code',
            redirect_uri: 'https://penny.riverstone.tools/',
            scope: 'openid offline_access webid',
            client_id: 'dyn-113',
            state: '2b6e86f0e3a04d1f',
            prompt: 'consent',
            ...pkce,
          }),
        },
        {
          url: 'https://penny.riverstone.tools/?code=jss-113&state=2b6e86f0e3a04d1f&iss=https%3A%2F%2Fpod.riverstone.social',
          body: html,
        },
      ],
      { initiator: 'https://penny.riverstone.tools' },
    ),
    wait(40_000),
  ),
  reported(
    '121',
    'logout',
    'AADSTS90015: the hint in the sign-out URL is four kilobytes long',
    'aspnet/Security/issues/1892',
    { rootCause: 'logout-url-too-long', not: ['post-logout-uri-not-registered', 'logout-hint-invalid'] },
    navigate([
      { url: 'https://erp.copperfield.biz/signout' },
      {
        url: url('https://login.microsoftonline.com/cf/oauth2/v2.0/logout', {
          post_logout_redirect_uri: 'https://erp.copperfield.biz/signout-callback-oidc',
          id_token_hint: jwt({
            iss: 'https://login.microsoftonline.com/cf/v2.0',
            aud: 'erp',
            groups: 'g'.repeat(3000),
          }),
          state: 'CfDJ8cf',
          'x-client-SKU': 'ID_NETSTANDARD2_0',
        }),
        status: 400,
        body: page('AADSTS90015: Requested query string is too long.'),
      },
    ]),
  ),
  reported(
    '122',
    'logout',
    '414 at the sign-out: the ID token with all its claims makes the URL eighteen kilobytes long',
    'okta/okta-auth-js/issues/1346',
    { rootCause: 'logout-url-too-long', owner: 'client', not: ['logout-hint-invalid', 'logout-refused'] },
    navigate(
      {
        url: url('https://id.tallgrass.dev/oauth2/default/v1/logout', {
          id_token_hint: jwt({
            iss: 'https://id.tallgrass.dev/oauth2/default',
            aud: '0oa122',
            roles: 'r'.repeat(13_500),
          }),
          post_logout_redirect_uri: 'https://range.tallgrass.dev',
        }),
        status: 414,
        body: '<html><head><title>414 Request-URI Too Large</title></head></html>',
      },
      { initiator: 'https://range.tallgrass.dev' },
    ),
  ),
  reported(
    '134',
    'logout',
    '"Invalid parameter: id_token_hint": after a long pause there is no ID token, and its parameter is empty',
    'itpropro/nuxt-oidc-auth/issues/62',
    { rootCause: 'logout-missing-hint', owner: 'client', not: ['post-logout-uri-not-registered'] },
    navigate([
      { url: 'https://desk.papercrane.jp/auth/keycloak/logout' },
      {
        url: 'https://sso.papercrane.jp/realms/desk/protocol/openid-connect/logout?post_logout_redirect_uri=https%3A%2F%2Fdesk.papercrane.jp&id_token_hint=',
        status: 400,
        body: page('We are sorry... Invalid parameter: id_token_hint'),
      },
    ]),
  ),
]
