import type { Rule } from '../rule'
import { invalidGrantUndistinguished } from './invalid-grant-undistinguished'
import { secretSentByPublicClient } from './secret-sent-by-public-client'
import { spaRedirectRegisteredAsWeb } from './spa-redirect-registered-as-web'
import { spaRegistrationUsedByServer } from './spa-registration-used-by-server'
import { tokenRequestRefused } from './token-request-refused'
import { tokenResponseMalformed } from './token-response-malformed'

export const tokenResponseRules: readonly Rule[] = [
  invalidGrantUndistinguished,
  secretSentByPublicClient,
  spaRedirectRegisteredAsWeb,
  spaRegistrationUsedByServer,
  tokenRequestRefused,
  tokenResponseMalformed,
]
