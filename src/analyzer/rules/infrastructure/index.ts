import type { Rule } from '../rule'

export const infrastructureRules: readonly Rule[] = []
