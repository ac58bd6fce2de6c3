import type { Rule } from '../rule'

export const authorizationResponseRules: readonly Rule[] = []
