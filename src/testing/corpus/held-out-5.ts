import {
  api,
  authorize,
  call,
  client,
  codeLogin,
  errorRedirect,
  metadata,
  navigate,
  redeem,
  request,
  server,
  tokenError,
  url,
  wait,
} from '../builders'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'
import { signInPage } from './situation'

const hub = 'http://hub.example'
const jupyterHub = 'https://github.com/jupyterhub/jupyterhub'
const workersProvider = 'https://github.com/cloudflare/workers-oauth-provider'
const atproto = 'https://github.com/bluesky-social/atproto'
const document = `${client}/client-metadata.json`
const authlib = 'https://github.com/authlib/authlib'

/** Failures and healthy logins of pages that redeem their codes themselves, at servers that played no part before. */
export const heldOut5: readonly CorpusEntry[] = [
  heldOut(
    'hs256-public-client',
    'healthy',
    'The server signs ID tokens with a shared secret, and the page, which has none, never looks at the signature',
    authlib,
    { rootCause: null, says: 'alg-mismatch' },
    codeLogin({ idTokenHeader: { alg: 'HS256', kid: undefined } }),
  ),
  heldOut(
    'challenge-with-padding-unread-answer',
    'token endpoint',
    'The page sends its code_challenge with padding, and the body of the refusal was not seen',
    authlib,
    { rootCause: 'pkce-challenge-malformed', owner: 'client' },
    codeLogin({
      request: { code_challenge: 'qjrzSW9gMiUgpUvqgEPE4_-8swvyCtfOVvg55o5S_es=' },
      tokenCall: { ...tokenError('invalid_grant'), body: undefined },
    }),
  ),
  heldOut(
    'session-of-the-server-secure-on-http',
    'infrastructure',
    'The server believes that it is behind TLS and marks its session cookie Secure; the user signs in over http, and is asked to again',
    jupyterHub,
    { rootCause: 'idp-cookie-needs-secure-context', owner: 'authorization_server' },
    navigate(
      [
        { url: url(`${hub}/hub/api/oauth2/authorize`, request), location: '/hub/login?next=authorize' },
        { url: `${hub}/hub/login?next=authorize`, body: signInPage('Sign in') },
      ],
      { initiator: client },
    ),
    wait(5000),
    navigate(
      [
        {
          url: `${hub}/hub/login?next=authorize`,
          form: { username: 'mia', password: 'pw' },
          headers: { 'Set-Cookie': ['hub-login=2; HttpOnly; Path=/hub/; Secure', 'session-id=a6; Path=/; Secure'] },
        },
        { url: url(`${hub}/hub/api/oauth2/authorize`, request) },
        { url: `${hub}/hub/login?next=authorize`, body: signInPage('Sign in') },
      ],
      { initiator: hub },
    ),
  ),
  heldOut(
    'redeemed-twice-by-streams',
    'token endpoint',
    'An effect runs twice and redeems the code twice, with request bodies that no browser shows',
    workersProvider,
    { rootCause: 'code-redeemed-twice', owner: 'client', not: ['grant-type-missing-or-wrong'] },
    metadata(),
    authorize(),
    ...[200, 400].map((status) =>
      call(
        {
          url: `${server}/token`,
          method: 'POST',
          requestHeaders: { 'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8', Origin: client },
          headers: { 'Access-Control-Allow-Origin': client },
          status,
        },
        { initiator: client },
      ),
    ),
  ),
  heldOut(
    'api-call-with-stored-token',
    'API',
    'The page sends its API the token of a deployment before, although the login gave it one for this API',
    workersProvider,
    { rootCause: 'access-token-from-before-login', owner: 'client', not: ['authorization-header-malformed'] },
    codeLogin({
      request: { resource: `${api}/notes` },
      tokenAnswer: { access_token: 'mia:KMcRiibIUH9C0qAr:Mcq0MX-V0MZoB1ge7Z7uwRlGNBBdUkbE' },
    }),
    call(
      {
        url: `${api}/notes`,
        requestHeaders: { Authorization: 'Bearer mia:Qm0aZ1xKp2vLw9Ty:k3J9sD2fG7hL0qW8eR5tY1uI4oP6aZ' },
        status: 401,
        headers: {
          'WWW-Authenticate': 'Bearer realm="OAuth", error="invalid_token"',
          'Access-Control-Allow-Origin': client,
        },
      },
      { initiator: client },
    ),
  ),
  ...(
    [
      [
        'document-of-client-gone',
        'The server cannot read the document that the client_id leads to',
        'client-id-unknown',
        { error: 'invalid_client_metadata', error_description: `Unable to obtain client metadata for "${document}"` },
      ],
      [
        'redirect-uri-not-in-document',
        'The redirect_uri is not in the document that the client_id leads to',
        'redirect-uri-not-registered',
        { error: 'invalid_request', error_description: `Invalid redirect_uri ${request.redirect_uri}` },
      ],
    ] as const
  ).map(([id, title, rootCause, answer]) =>
    heldOut(
      id,
      'authorization request',
      title,
      atproto,
      { rootCause, owner: 'client', not: ['pushed-request-refused'] },
      metadata({ pushed_authorization_request_endpoint: `${server}/par` }),
      call(
        {
          url: `${server}/par`,
          form: { ...request, client_id: document },
          headers: { 'Access-Control-Allow-Origin': client },
          status: 400,
          body: answer,
        },
        { initiator: client },
      ),
    ),
  ),
  heldOut(
    'token-endpoint-kept-back-by-proxy',
    'token endpoint',
    'The proxy in front of the server passes requests of other sites on to nowhere, the token endpoint among them',
    atproto,
    { rootCause: 'token-endpoint-not-found', owner: 'authorization_server' },
    metadata(),
    authorize(),
    redeem({ tokenCall: { status: 404, headers: { Server: 'nginx' }, body: undefined, error: 'net::ERR_FAILED' } }),
  ),
  heldOut(
    'constant-nonce',
    'authorization request',
    'The page has a constant nonce in its configuration, and the server refuses its second login as a replay',
    authlib,
    { rootCause: 'nonce-reused', owner: 'client' },
    codeLogin(),
    wait(30_000),
    errorRedirect('invalid_request', {
      request: { state: 'b81fe4c07d2a95e3' },
      response: { error_description: 'Replay attack' },
    }),
  ),
]
