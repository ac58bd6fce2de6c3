import type { Rule } from '../rule'

export const logoutRules: readonly Rule[] = []
