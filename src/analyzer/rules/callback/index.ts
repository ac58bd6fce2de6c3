import type { Rule } from '../rule'
import { callbackError } from './callback-error'
import { callbackNotFound } from './callback-not-found'
import { redirectLoop } from './redirect-loop'
import { stateCookieLost } from './state-cookie-lost'

export const callbackRules: readonly Rule[] = [stateCookieLost, redirectLoop, callbackNotFound, callbackError]
