import { acrUnsupported } from './acr-unsupported'
import { authorizationRequestRefused } from './authorization-request-refused'
import { claimsParameterInvalid } from './claims-parameter-invalid'
import { clientIdUnknown } from './client-id-unknown'
import { clientNotAuthorized } from './client-not-authorized'
import { duplicateParameter } from './duplicate-parameter'
import { maxAgeInvalid } from './max-age-invalid'
import { nonceMissing } from './nonce-missing'
import { parameterRefused } from './parameter-refused'
import { pkceChallengeMalformed } from './pkce-challenge-malformed'
import { pkceMethodUnsupported } from './pkce-method-unsupported'
import { pkceRequired } from './pkce-required'
import { placeholderOrUndefinedParam } from './placeholder-or-undefined-param'
import { promptInvalid } from './prompt-invalid'
import { redirectUriMalformed } from './redirect-uri-malformed'
import { redirectUriNotRegistered } from './redirect-uri-not-registered'
import { responseModeUnsupported } from './response-mode-unsupported'
import { responseTypeUnsupported } from './response-type-unsupported'
import { scopeInvalid } from './scope-invalid'
import type { Rule } from '../rule'

export const authorizationRequestRules: readonly Rule[] = [
  acrUnsupported,
  authorizationRequestRefused,
  claimsParameterInvalid,
  clientIdUnknown,
  clientNotAuthorized,
  duplicateParameter,
  maxAgeInvalid,
  nonceMissing,
  parameterRefused,
  pkceChallengeMalformed,
  pkceMethodUnsupported,
  pkceRequired,
  placeholderOrUndefinedParam,
  promptInvalid,
  redirectUriMalformed,
  redirectUriNotRegistered,
  responseModeUnsupported,
  responseTypeUnsupported,
  scopeInvalid,
]
