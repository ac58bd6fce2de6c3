import { codeRedeemedTwice } from './token-request/code-redeemed-twice'
import { invalidGrantUndistinguished } from './token-response/invalid-grant-undistinguished'
import type { Rule } from './rule'

/** All rules. Their order has no meaning: the diagnosis ranks by evidence. */
export const rules: readonly Rule[] = [codeRedeemedTwice, invalidGrantUndistinguished]
