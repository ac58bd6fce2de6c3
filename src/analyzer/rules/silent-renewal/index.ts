import type { Rule } from '../rule'

export const silentRenewalRules: readonly Rule[] = []
