import type { Rule } from '../rule'
import { invalidGrantUndistinguished } from './invalid-grant-undistinguished'
import { tokenRequestRefused } from './token-request-refused'
import { tokenResponseMalformed } from './token-response-malformed'

export const tokenResponseRules: readonly Rule[] = [
  invalidGrantUndistinguished,
  tokenRequestRefused,
  tokenResponseMalformed,
]
