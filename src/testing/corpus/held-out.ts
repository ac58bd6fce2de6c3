import {
  api,
  authorize,
  call,
  client,
  codeLogin,
  event,
  type Happening,
  type HopSpec,
  navigate,
  record,
  request,
  server,
  url,
  wait,
} from '../builders'
import type { Area, CorpusEntry } from './entry'
import { fromFile, page, signInPage } from './situation'

const djangoToolkit = 'https://github.com/django-oauth/django-oauth-toolkit'
const nodeOauthServer = 'https://github.com/node-oauth/node-oauth2-server'

/** A login that was caused to fail at a server this project does not use itself, rebuilt from what was recorded of it. */
export const heldOut = (
  id: string,
  area: Area,
  title: string,
  source: string,
  expected: CorpusEntry['expected'],
  ...happenings: readonly Happening[]
): CorpusEntry => ({ id: `held-out-${id}`, area, title, source, expected, recording: record(...happenings) })

const asked = url(`${server}/o/authorize/`, request)
const loginPage = url(`${server}/accounts/login/`, { next: asked.slice(server.length) })

/** The server asks the user to sign in, takes the browser back to the request, and looks at its parameters only then. */
const signedInFirst = (answer: Partial<HopSpec>, ...after: readonly HopSpec[]): readonly Happening[] => [
  navigate(
    [
      { url: asked, status: 302, location: loginPage.slice(server.length) },
      {
        url: loginPage,
        body: '<form method="post"><input name="username"><input name="password" type="password"></form>',
      },
    ],
    { initiator: client },
  ),
  navigate(
    [
      {
        url: loginPage,
        method: 'POST',
        form: { csrfmiddlewaretoken: 'vR7', username: 'alice', password: 'pw' },
        status: 302,
        location: asked.slice(server.length),
      },
      { url: asked, ...answer },
      ...after,
    ],
    { initiator: server },
  ),
]

const answered = (parameters: Record<string, string>): string =>
  url(request.redirect_uri, { ...parameters, state: request.state })

const unauthorized = answered({ error: 'unauthorized_client' })
const denied = answered({ error: 'access_denied' })

const order = (token: string): Happening =>
  call(
    {
      url: `${api}/items`,
      requestHeaders: { Authorization: `Bearer ${token}` },
      status: 403,
      headers: { 'Content-Type': 'text/html; charset=utf-8', 'Access-Control-Allow-Origin': client },
      body: '',
    },
    { initiator: client },
  )

const passport = 'https://github.com/jaredhanson/passport-oauth2'
const keycloakJs = 'https://github.com/keycloak/keycloak-js'
const auth0Spa = 'https://github.com/auth0/auth0-spa-js'
const expressOidc = 'https://github.com/auth0/express-openid-connect'

const inPlain = { ...request, redirect_uri: 'http://shop.example/callback', state: 'yJ0kGZ0l5bB4RzVwQm1q' }
const answeredInPlain = url(inPlain.redirect_uri, { code: '66d7baca5f658ec5', state: inPlain.state })

const signIn = signInPage('Sign in')

/** The server asks in a page of its own whether to go on, and then answers from the same request with one more parameter. */
const confirmed = (tab: number, code: string, state: string, callback: Partial<HopSpec>): Happening =>
  navigate(
    [
      {
        url: url(`${server}/authorize`, { ...request, state, go: '1' }),
        status: 302,
        location: url(request.redirect_uri, { code, state }),
      },
      { url: url(request.redirect_uri, { code, state }), ...callback },
    ],
    { tab, initiator: server },
  )

const start = (tab: number, state: string, cookie: string): Happening =>
  navigate(
    [
      { url: `${client}/login`, status: 302, headers: { 'Set-Cookie': cookie } },
      { url: url(`${server}/authorize`, { ...request, state }), body: signIn },
    ],
    { tab, initiator: client },
  )

/** Failures of servers and libraries that played no part in the making of the rules. */
export const heldOut1: readonly CorpusEntry[] = [
  heldOut(
    'unknown-client-after-sign-in',
    'authorization request',
    'The server looks at the client_id only after the user has signed in',
    djangoToolkit,
    { rootCause: 'client-id-unknown', owner: 'client' },
    ...signedInFirst({ status: 400, body: page('Error: invalid_request Invalid client_id parameter value.') }),
  ),
  heldOut(
    'grant-not-allowed-after-sign-in',
    'authorization response',
    'The client is registered for another grant, which the server notices after the sign-in',
    djangoToolkit,
    { rootCause: 'client-not-authorized', owner: 'authorization_server' },
    ...signedInFirst({ status: 302, location: unauthorized }, { url: unauthorized }),
  ),
  heldOut(
    'redirect-uri-called-invalid-client',
    'authorization request',
    'The server answers in JSON, with invalid_client for a redirect_uri that is not registered',
    nodeOauthServer,
    { rootCause: 'redirect-uri-not-registered', owner: 'authorization_server', not: ['client-id-unknown'] },
    navigate(
      {
        url: url(`${server}/authorize`, request),
        status: 400,
        body: {
          error: 'invalid_client',
          error_description: 'Invalid client: `redirect_uri` does not match client value',
        },
      },
      { initiator: client },
    ),
  ),
  heldOut(
    'consent-refused-right-after-sign-in',
    'authorization response',
    'The user signs in and refuses on the consent page, whose form has a field against forgery',
    djangoToolkit,
    { rootCause: 'user-denied', owner: 'user', not: ['policy-denied'] },
    ...signedInFirst({ body: '<form method="post"><input type="submit" name="allow" value="Authorize"></form>' }),
    navigate(
      [
        {
          url: asked,
          method: 'POST',
          form: { csrfmiddlewaretoken: 'vR8', client_id: request.client_id, scope: request.scope },
          status: 302,
          location: denied,
        },
        { url: denied },
      ],
      { initiator: server },
    ),
  ),
  heldOut(
    'expired-token-403',
    'API',
    'The framework of the API answers 403 with an empty text/html to an expired token',
    djangoToolkit,
    { rootCause: 'access-token-expired', owner: 'client', not: ['answered-by-gateway'] },
    codeLogin({ tokenAnswer: { access_token: 'qJZhpoi5fkUJGXlC9wkkcl5zWNULjn', expires_in: 1 } }),
    wait(5000),
    order('qJZhpoi5fkUJGXlC9wkkcl5zWNULjn'),
  ),
  heldOut(
    'scope-missing-403',
    'API',
    'The framework of the API answers 403 with an empty text/html to a token without the scope',
    djangoToolkit,
    { rootCause: 'insufficient-scope', not: ['answered-by-gateway'] },
    codeLogin({ tokenAnswer: { access_token: 'C5QrwoIy36lIWa7FvMxnjAq6hJRDQN' } }),
    order('C5QrwoIy36lIWa7FvMxnjAq6hJRDQN'),
  ),
  heldOut(
    'session-cookie-never-set',
    'callback',
    'The session cookie is to be Secure, the app runs on http, and its framework leaves the cookie out of the answer',
    passport,
    { rootCause: 'state-cookie-lost', owner: 'client' },
    navigate(
      [
        { url: 'http://shop.example/login', status: 302 },
        { url: url(`${server}/authorize`, inPlain), status: 302, location: answeredInPlain },
        { url: answeredInPlain, status: 403, body: 'Forbidden' },
      ],
      { initiator: 'http://shop.example' },
    ),
  ),
  heldOut(
    'two-tabs-one-state',
    'callback',
    'The client sends the same state with each login, and the cookie of the first tab was overwritten by the second',
    expressOidc,
    { rootCause: 'state-cookie-lost', owner: 'client', not: ['callback-error'] },
    start(1, 'eyJyZXR1cm5UbyI6Ii8ifQ', 'auth_verification=one; Path=/; HttpOnly; SameSite=Lax'),
    start(2, 'eyJyZXR1cm5UbyI6Ii8ifQ', 'auth_verification=two; Path=/; HttpOnly; SameSite=Lax'),
    confirmed(1, 'first-code-1', 'eyJyZXR1cm5UbyI6Ii8ifQ', {
      status: 400,
      requestHeaders: { Cookie: 'auth_verification=two' },
    }),
  ),
  heldOut(
    'answer-in-query-instead-of-fragment',
    'authorization response',
    'The library asks for the answer in the fragment, and the server answers in the query',
    keycloakJs,
    { rootCause: 'code-in-fragment-unexpected', owner: 'authorization_server' },
    authorize({ request: { response_mode: 'fragment' } }),
  ),
  heldOut(
    'web-message-not-supported',
    'silent renewal',
    'The library asks for a web message in a hidden frame, and the server redirects the frame',
    auth0Spa,
    { rootCause: 'code-in-fragment-unexpected', owner: 'authorization_server' },
    codeLogin(),
    authorize({
      request: { response_mode: 'web_message', prompt: 'none', state: 'silent-1', nonce: 'silent-1' },
      response: { state: 'silent-1', code: 'silent-code-1' },
      place: { frame: 2, parentFrame: 0, type: 'sub_frame', initiator: client },
    }),
  ),
  heldOut(
    'metadata-without-cors',
    'discovery',
    'The server gives its metadata, and not to pages of other origins',
    keycloakJs,
    { rootCause: 'cors-refused', owner: 'authorization_server', not: ['discovery-unreachable'] },
    call(
      {
        url: `${server}/.well-known/openid-configuration`,
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
        status: 200,
        error: 'net::ERR_FAILED',
      },
      { initiator: client },
    ),
  ),
  heldOut(
    'grant-refused-in-json',
    'authorization request',
    'The server answers the browser in JSON that the client may not use this grant',
    nodeOauthServer,
    { rootCause: 'client-not-authorized', owner: 'authorization_server', not: ['client-id-unknown'] },
    navigate(
      {
        url: url(`${server}/authorize`, request),
        status: 400,
        body: { error: 'unauthorized_client', error_description: 'Unauthorized client: `grant_type` is invalid' },
      },
      { initiator: client },
    ),
  ),
  fromFile(
    heldOut(
      'state-lost-in-page',
      'callback',
      'The page lost its state and did not take the answer; nothing else in the file shows it',
      'https://github.com/panva/oauth4webapi',
      { rootCause: 'code-not-redeemed', owner: 'client' },
      authorize({ callback: { body: page('Shop') } }),
      call({ url: `${client}/lib.js` }, { type: 'script', initiator: client }),
    ),
  ),
  heldOut(
    'preflight-refused-live',
    'API',
    'The API allows its origin and not the Authorization header; the call itself never left the browser',
    djangoToolkit,
    { rootCause: 'cors-refused', owner: 'resource_server' },
    codeLogin(),
    call(
      {
        url: `${api}/items`,
        method: 'OPTIONS',
        requestHeaders: {
          Origin: client,
          'Access-Control-Request-Method': 'GET',
          'Access-Control-Request-Headers': 'authorization',
        },
        headers: { 'Access-Control-Allow-Origin': client, 'Access-Control-Allow-Headers': 'content-type' },
      },
      { initiator: client },
    ),
    event((at) => ({
      type: 'request.started',
      at,
      requestId: 'never-sent',
      url: `${api}/items`,
      method: 'GET',
      resourceType: 'xmlhttprequest',
      tabId: 1,
      frameId: 0,
      parentFrameId: -1,
      initiator: client,
    })),
    event((at) => ({
      type: 'request.failed',
      at: at + 5,
      requestId: 'never-sent',
      url: `${api}/items`,
      error: 'net::ERR_FAILED',
    })),
  ),
]
