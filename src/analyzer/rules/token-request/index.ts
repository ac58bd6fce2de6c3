import type { Rule } from '../rule'
import { codeRedeemedTwice } from './code-redeemed-twice'
import { pkceVerifierFromOtherRequest } from './pkce-verifier-from-other-request'
import { pkceVerifierMalformed } from './pkce-verifier-malformed'
import { pkceVerifierMismatch } from './pkce-verifier-mismatch'
import { pkceVerifierMissing } from './pkce-verifier-missing'
import { pkceVerifierWithoutChallenge } from './pkce-verifier-without-challenge'
import { redirectUriDiffersAtToken } from './redirect-uri-differs-at-token'

export const tokenRequestRules: readonly Rule[] = [
  codeRedeemedTwice,
  pkceVerifierFromOtherRequest,
  pkceVerifierMalformed,
  pkceVerifierMismatch,
  pkceVerifierMissing,
  pkceVerifierWithoutChallenge,
  redirectUriDiffersAtToken,
]
