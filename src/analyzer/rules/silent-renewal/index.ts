import type { Rule } from '../rule'
import { loginRequiredSilent } from './login-required-silent'
import { silentConsentRequired } from './silent-consent-required'
import { silentFrameBlocked } from './silent-iframe-blocked-by-idp'
import { silentTimeout } from './silent-timeout'

export const silentRenewalRules: readonly Rule[] = [
  loginRequiredSilent,
  silentFrameBlocked,
  silentConsentRequired,
  silentTimeout,
]
