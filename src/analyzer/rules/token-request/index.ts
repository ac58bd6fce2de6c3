import type { Rule } from '../rule'
import { basicCredentialsNotFormEncoded } from './basic-credentials-not-form-encoded'
import { clientAuthMethodWrong } from './client-auth-method-wrong'
import { clientSecretWrong } from './client-secret-wrong'
import { codeExpired } from './code-expired'
import { codeRedeemedTwice } from './code-redeemed-twice'
import { pkceVerifierFromOtherRequest } from './pkce-verifier-from-other-request'
import { pkceVerifierMalformed } from './pkce-verifier-malformed'
import { pkceVerifierMismatch } from './pkce-verifier-mismatch'
import { pkceVerifierMissing } from './pkce-verifier-missing'
import { pkceVerifierWithoutChallenge } from './pkce-verifier-without-challenge'
import { redirectUriDiffersAtToken } from './redirect-uri-differs-at-token'
import { twoClientAuthMethods } from './two-client-auth-methods'

export const tokenRequestRules: readonly Rule[] = [
  basicCredentialsNotFormEncoded,
  clientAuthMethodWrong,
  clientSecretWrong,
  codeExpired,
  codeRedeemedTwice,
  pkceVerifierFromOtherRequest,
  pkceVerifierMalformed,
  pkceVerifierMismatch,
  pkceVerifierMissing,
  pkceVerifierWithoutChallenge,
  redirectUriDiffersAtToken,
  twoClientAuthMethods,
]
