import type { Rule } from '../rule'
import { stateMismatch } from './state-mismatch'
import { stateMissingInResponse } from './state-missing-in-response'

export const authorizationResponseRules: readonly Rule[] = [stateMismatch, stateMissingInResponse]
