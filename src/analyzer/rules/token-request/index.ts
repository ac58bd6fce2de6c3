import type { Rule } from '../rule'
import { codeRedeemedTwice } from './code-redeemed-twice'
import { redirectUriDiffersAtToken } from './redirect-uri-differs-at-token'

export const tokenRequestRules: readonly Rule[] = [codeRedeemedTwice, redirectUriDiffersAtToken]
