import { authorizationRequestRefused } from './authorization-request-refused'
import { clientIdUnknown } from './client-id-unknown'
import { redirectUriMalformed } from './redirect-uri-malformed'
import { redirectUriNotRegistered } from './redirect-uri-not-registered'
import type { Rule } from '../rule'

export const authorizationRequestRules: readonly Rule[] = [
  authorizationRequestRefused,
  clientIdUnknown,
  redirectUriMalformed,
  redirectUriNotRegistered,
]
