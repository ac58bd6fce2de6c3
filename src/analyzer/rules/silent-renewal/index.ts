import type { Rule } from '../rule'
import { loginRequiredSilent } from './login-required-silent'

export const silentRenewalRules: readonly Rule[] = [loginRequiredSilent]
