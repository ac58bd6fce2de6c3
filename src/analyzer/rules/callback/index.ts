import type { Rule } from '../rule'
import { redirectLoop } from './redirect-loop'
import { stateCookieLost } from './state-cookie-lost'

export const callbackRules: readonly Rule[] = [stateCookieLost, redirectLoop]
