import type { Rule } from '../rule'
import { corsRefused } from './cors-refused'
import { tokenEndpointCors } from './token-endpoint-cors'

export const infrastructureRules: readonly Rule[] = [corsRefused, tokenEndpointCors]
