import type { Rule } from '../rule'
import { appleClientSecretInvalid } from './apple-client-secret-invalid'
import { basicCredentialsNotFormEncoded } from './basic-credentials-not-form-encoded'
import { clientAssertionInvalid } from './client-assertion-invalid'
import { clientAuthMethodWrong } from './client-auth-method-wrong'
import { clientIdDiffersAtToken } from './client-id-differs-at-token'
import { clientSecretWrong } from './client-secret-wrong'
import { codeExpired } from './code-expired'
import { codeRedeemedTwice } from './code-redeemed-twice'
import { codeSpentByFailedExchange } from './code-spent-by-failed-exchange'
import { codeStillUrlEncoded } from './code-still-url-encoded'
import { codeTruncatedOrWithFragment } from './code-truncated-or-with-fragment'
import { grantTypeMissingOrWrong } from './grant-type-missing-or-wrong'
import { oldPageRedeemsCode } from './old-page-redeems-code'
import { pkceVerifierFromOtherRequest } from './pkce-verifier-from-other-request'
import { pkceVerifierMalformed } from './pkce-verifier-malformed'
import { pkceVerifierMismatch } from './pkce-verifier-mismatch'
import { pkceVerifierMissing } from './pkce-verifier-missing'
import { pkceVerifierWithoutChallenge } from './pkce-verifier-without-challenge'
import { redirectUriDiffersAtToken } from './redirect-uri-differs-at-token'
import { tokenHostDiffers } from './token-host-differs'
import { tokenParamsInQuery } from './token-params-in-query'
import { tokenRequestGet } from './token-request-get'
import { tokenRequestJsonBody } from './token-request-json-body'
import { twoClientAuthMethods } from './two-client-auth-methods'

export const tokenRequestRules: readonly Rule[] = [
  appleClientSecretInvalid,
  basicCredentialsNotFormEncoded,
  clientAssertionInvalid,
  clientAuthMethodWrong,
  clientIdDiffersAtToken,
  clientSecretWrong,
  codeExpired,
  codeRedeemedTwice,
  codeSpentByFailedExchange,
  codeStillUrlEncoded,
  codeTruncatedOrWithFragment,
  grantTypeMissingOrWrong,
  oldPageRedeemsCode,
  pkceVerifierFromOtherRequest,
  pkceVerifierMalformed,
  pkceVerifierMismatch,
  pkceVerifierMissing,
  pkceVerifierWithoutChallenge,
  redirectUriDiffersAtToken,
  tokenHostDiffers,
  tokenParamsInQuery,
  tokenRequestGet,
  tokenRequestJsonBody,
  twoClientAuthMethods,
]
