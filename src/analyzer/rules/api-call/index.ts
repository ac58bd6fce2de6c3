import type { Rule } from '../rule'

export const apiCallRules: readonly Rule[] = []
