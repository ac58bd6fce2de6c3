import type { Rule } from '../rule'
import { accessTokenAudience } from './access-token-audience'
import { accessTokenExpired } from './access-token-expired'
import { accessTokenNotYetValid } from './access-token-not-yet-valid'
import { accessTokenRejected } from './access-token-rejected'
import { authorizationHeaderMalformed } from './authorization-header-malformed'
import { bearerMissing } from './bearer-missing'
import { idTokenAsAccessToken } from './id-token-as-access-token'
import { insufficientScope } from './insufficient-scope'

export const apiCallRules: readonly Rule[] = [
  accessTokenAudience,
  accessTokenExpired,
  accessTokenNotYetValid,
  accessTokenRejected,
  authorizationHeaderMalformed,
  bearerMissing,
  idTokenAsAccessToken,
  insufficientScope,
]
