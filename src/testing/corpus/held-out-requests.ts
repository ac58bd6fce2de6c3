import { authorize, errorPage, navigate, redeem, request, server, url } from '../builders'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'
import { page, signInPage } from './situation'

const django = 'https://github.com/django/django'
const nodeServer = 'https://github.com/oauthjs/node-oauth2-server'

/** The server leads from the request to its sign-in page. */
const ledToSignIn = navigate([
  { url: url(`${server}/authorize`, request) },
  { url: `${server}/accounts/login/`, body: signInPage('Sign in') },
])

const signInAnswered = (status: number, body: string) =>
  navigate(
    { url: `${server}/accounts/login/`, form: { username: 'ada', password: 'lovelace' }, status, body },
    { initiator: server },
  )

const answered = authorize({ place: { initiator: server } })

/** Rebuilt from logins in which requests, tokens and calls of an API went wrong, and their healthy neighbours. */
export const heldOutRequests: readonly CorpusEntry[] = [
  heldOut(
    'own-form-refused',
    'authorization request',
    'Behind a proxy the server takes its own sign-in form for one of another site',
    django,
    {
      rootCause: 'authorization-server-page-failed',
      owner: 'authorization_server',
      likeliest: 'policy-denied',
      not: ['authorization-request-refused', 'client-id-unknown', 'redirect-uri-not-registered'],
    },
    ledToSignIn,
    signInAnswered(403, page('Forbidden. The request was aborted, because its origin is another one.')),
  ),
  heldOut(
    'wrong-password-with-a-status',
    'healthy',
    'The server answers a wrong password 403 with its form; the next one is right',
    django,
    { rootCause: null },
    ledToSignIn,
    signInAnswered(403, signInPage('Sign in')),
    answered,
    redeem(),
  ),
  heldOut(
    'request-by-post',
    'authorization request',
    'The authorization endpoint is there for GET only, and the client sends its request as a form',
    nodeServer,
    {
      rootCause: 'authorization-endpoint-not-found',
      owner: 'client',
      fix: `${server}/authorize`,
      not: ['authorization-request-refused'],
    },
    navigate(
      { url: `${server}/authorize`, form: { ...request }, status: 404, body: page('Cannot POST /authorize') },
      { initiator: 'https://app.example' },
    ),
  ),
  heldOut(
    'request-by-post-taken',
    'healthy',
    'The client sends its request as a form, which the server takes',
    'https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest',
    { rootCause: null },
    navigate(
      { url: `${server}/authorize`, form: { ...request }, body: signInPage('Sign in') },
      { initiator: 'https://app.example' },
    ),
    answered,
    redeem(),
  ),
  heldOut(
    'bare-status',
    'authorization request',
    'The server answers every request at this host name with its status and no other word',
    django,
    { rootCause: 'authorization-request-refused', likeliest: 'answered-by-gateway' },
    errorPage({ authorization: { body: '<html><body><h1>Bad Request (400)</h1></body></html>' } }),
  ),
]
