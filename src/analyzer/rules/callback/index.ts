import type { Rule } from '../rule'
import { callbackError } from './callback-error'
import { callbackFetchedTwice } from './callback-fetched-twice'
import { callbackNotFound } from './callback-not-found'
import { callbackUnreachable } from './callback-unreachable'
import { clientReportedError } from './client-reported-error'
import { codeNotRedeemed } from './code-not-redeemed'
import { redirectLoop } from './redirect-loop'
import { stateCookieLost } from './state-cookie-lost'

export const callbackRules: readonly Rule[] = [
  stateCookieLost,
  redirectLoop,
  callbackFetchedTwice,
  callbackNotFound,
  callbackUnreachable,
  callbackError,
  clientReportedError,
  codeNotRedeemed,
]
