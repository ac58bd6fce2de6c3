import {
  api,
  call,
  client,
  codeLogin,
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
import { page } from './situation'

const djangoToolkit = 'https://github.com/django-oauth/django-oauth-toolkit'
const nodeOauthServer = 'https://github.com/node-oauth/node-oauth2-server'

/** A login that was caused to fail at a server this project does not use itself, rebuilt from what was recorded of it. */
const heldOut = (
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
]
