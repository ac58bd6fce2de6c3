import { codeLogin, tokenError } from '../builders'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'

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
]
