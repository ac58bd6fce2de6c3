import type { Rule } from '../rule'
import { authorizationRefused } from './authorization-refused'
import { codeInFragmentUnexpected } from './code-in-fragment-unexpected'
import { errorHiddenByApp } from './error-hidden-by-app'
import { issParamMismatch } from './iss-param-mismatch'
import { issParamMissing } from './iss-param-missing-though-advertised'
import { policyDenied } from './policy-denied'
import { stateMismatch } from './state-mismatch'
import { stateMissingInResponse } from './state-missing-in-response'
import { stateNeverSent } from './state-never-sent'
import { userDenied } from './user-denied'

export const authorizationResponseRules: readonly Rule[] = [
  stateMismatch,
  stateMissingInResponse,
  stateNeverSent,
  issParamMismatch,
  issParamMissing,
  codeInFragmentUnexpected,
  userDenied,
  policyDenied,
  errorHiddenByApp,
  authorizationRefused,
]
