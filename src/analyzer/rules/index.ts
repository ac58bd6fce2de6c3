import { apiCallRules } from './api-call'
import { authorizationRequestRules } from './authorization-request'
import { authorizationResponseRules } from './authorization-response'
import { callbackRules } from './callback'
import { deviceRules } from './device'
import { idTokenRules } from './id-token'
import { infrastructureRules } from './infrastructure'
import { logoutRules } from './logout'
import { metadataRules } from './metadata'
import { popupRules } from './popup'
import { refreshRules } from './refresh'
import { securityRules } from './security'
import { silentRenewalRules } from './silent-renewal'
import { tokenRequestRules } from './token-request'
import { tokenResponseRules } from './token-response'
import type { Rule } from './rule'

/** All rules. Their order has no meaning: the diagnosis ranks by evidence. */
export const rules: readonly Rule[] = [
  ...apiCallRules,
  ...authorizationRequestRules,
  ...authorizationResponseRules,
  ...callbackRules,
  ...deviceRules,
  ...idTokenRules,
  ...infrastructureRules,
  ...logoutRules,
  ...metadataRules,
  ...popupRules,
  ...refreshRules,
  ...securityRules,
  ...silentRenewalRules,
  ...tokenRequestRules,
  ...tokenResponseRules,
]
