import type { Rule } from '../rule'
import { idTokenMissing } from './id-token-missing'
import { invalidGrantUndistinguished } from './invalid-grant-undistinguished'
import { originHeaderForwardedByProxy } from './origin-header-forwarded-by-proxy'
import { scopeDowngraded } from './scope-downgraded'
import { secretSentByPublicClient } from './secret-sent-by-public-client'
import { spaRedirectRegisteredAsWeb } from './spa-redirect-registered-as-web'
import { spaRegistrationUsedByServer } from './spa-registration-used-by-server'
import { tokenRequestRefused } from './token-request-refused'
import { tokenResponseDeviates } from './token-response-deviates'
import { tokenResponseMalformed } from './token-response-malformed'
import { tokensRevokedUnused } from './tokens-revoked-unused'

export const tokenResponseRules: readonly Rule[] = [
  idTokenMissing,
  invalidGrantUndistinguished,
  originHeaderForwardedByProxy,
  scopeDowngraded,
  secretSentByPublicClient,
  spaRedirectRegisteredAsWeb,
  spaRegistrationUsedByServer,
  tokenRequestRefused,
  tokenResponseDeviates,
  tokenResponseMalformed,
  tokensRevokedUnused,
]
