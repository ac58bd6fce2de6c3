import type { Rule } from '../rule'

export const popupRules: readonly Rule[] = []
