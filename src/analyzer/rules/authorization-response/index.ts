import type { Rule } from '../rule'
import { authorizationRefused } from './authorization-refused'
import { policyDenied } from './policy-denied'
import { stateMismatch } from './state-mismatch'
import { stateMissingInResponse } from './state-missing-in-response'
import { stateNeverSent } from './state-never-sent'
import { userDenied } from './user-denied'

export const authorizationResponseRules: readonly Rule[] = [
  stateMismatch,
  stateMissingInResponse,
  stateNeverSent,
  userDenied,
  policyDenied,
  authorizationRefused,
]
