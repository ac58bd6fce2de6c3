import { authorizationRequestRefused } from './authorization-request-refused'
import { clientIdUnknown } from './client-id-unknown'
import { clientNotAuthorized } from './client-not-authorized'
import { pkceChallengeMalformed } from './pkce-challenge-malformed'
import { pkceMethodUnsupported } from './pkce-method-unsupported'
import { pkceRequired } from './pkce-required'
import { redirectUriMalformed } from './redirect-uri-malformed'
import { redirectUriNotRegistered } from './redirect-uri-not-registered'
import { responseModeUnsupported } from './response-mode-unsupported'
import { responseTypeUnsupported } from './response-type-unsupported'
import { scopeInvalid } from './scope-invalid'
import type { Rule } from '../rule'

export const authorizationRequestRules: readonly Rule[] = [
  authorizationRequestRefused,
  clientIdUnknown,
  clientNotAuthorized,
  pkceChallengeMalformed,
  pkceMethodUnsupported,
  pkceRequired,
  redirectUriMalformed,
  redirectUriNotRegistered,
  responseModeUnsupported,
  responseTypeUnsupported,
  scopeInvalid,
]
