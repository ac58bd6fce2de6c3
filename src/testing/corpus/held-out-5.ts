import { client, codeLogin, navigate, request, tokenError, url, wait } from '../builders'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'
import { signInPage } from './situation'

const hub = 'http://hub.example'
const jupyterHub = 'https://github.com/jupyterhub/jupyterhub'
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
]
