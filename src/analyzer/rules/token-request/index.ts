import { codeRedeemedTwice } from './code-redeemed-twice'

export const tokenRequestRules = [codeRedeemedTwice]
