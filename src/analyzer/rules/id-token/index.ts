import type { Rule } from '../rule'
import { nonceMismatch } from './nonce-mismatch'

export const idTokenRules: readonly Rule[] = [nonceMismatch]
