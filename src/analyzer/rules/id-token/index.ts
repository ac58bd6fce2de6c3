import type { Rule } from '../rule'

export const idTokenRules: readonly Rule[] = []
