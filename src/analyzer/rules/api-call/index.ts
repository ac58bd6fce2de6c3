import type { Rule } from '../rule'
import { accessTokenAudience } from './access-token-audience'
import { accessTokenExpired } from './access-token-expired'
import { accessTokenFromBeforeLogin } from './access-token-from-before-login'
import { accessTokenIssuerRefused } from './access-token-issuer-refused'
import { accessTokenNotYetValid } from './access-token-not-yet-valid'
import { accessTokenRejected } from './access-token-rejected'
import { apiCorsPreflight401 } from './api-cors-preflight-401'
import { apiRedirectsToLogin } from './api-redirects-to-login'
import { authorizationHeaderMalformed } from './authorization-header-malformed'
import { bearerMissing } from './bearer-missing'
import { challengeMissing } from './challenge-missing'
import { dpopNonceNotRetried } from './dpop-nonce-not-retried'
import { dpopSchemeMismatch } from './dpop-scheme-mismatch'
import { idTokenAsAccessToken } from './id-token-as-access-token'
import { insufficientScope } from './insufficient-scope'
import { signingKeyNotFoundByApi } from './signing-key-not-found-by-api'
import { stepUpRequired } from './step-up-required'
import { tokenSentToForeignHost } from './token-sent-to-foreign-host'
import { dpopProofInvalid } from './dpop-proof-invalid'

export const apiCallRules: readonly Rule[] = [
  dpopProofInvalid,
  accessTokenAudience,
  accessTokenExpired,
  accessTokenFromBeforeLogin,
  accessTokenIssuerRefused,
  accessTokenNotYetValid,
  accessTokenRejected,
  apiCorsPreflight401,
  apiRedirectsToLogin,
  authorizationHeaderMalformed,
  bearerMissing,
  challengeMissing,
  dpopNonceNotRetried,
  dpopSchemeMismatch,
  idTokenAsAccessToken,
  insufficientScope,
  signingKeyNotFoundByApi,
  stepUpRequired,
  tokenSentToForeignHost,
]
