import type { Rule } from '../rule'

export const refreshRules: readonly Rule[] = []
