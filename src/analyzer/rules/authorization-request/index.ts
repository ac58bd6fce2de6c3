import type { Rule } from '../rule'

export const authorizationRequestRules: readonly Rule[] = []
