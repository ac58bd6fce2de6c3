import type { Rule } from '../rule'
import { acrUnsupported } from './acr-unsupported'
import { authorizationEndpointNotFound } from './authorization-endpoint-not-found'
import { authorizationRequestRefused } from './authorization-request-refused'
import { authorizationServerPageFailed } from './authorization-server-page-failed'
import { authorizeInIframeWithoutPromptNone } from './authorize-in-iframe-without-prompt-none'
import { authorizeUrlTooLong } from './authorize-url-too-long'
import { authorizeViaXhr } from './authorize-via-xhr'
import { claimsParameterInvalid } from './claims-parameter-invalid'
import { clientIdUnknown } from './client-id-unknown'
import { clientNotAuthorized } from './client-not-authorized'
import { duplicateParameter } from './duplicate-parameter'
import { embeddedWebviewBlocked } from './embedded-webview-blocked'
import { federatedRequestRefused } from './federated-request-refused'
import { googleRefreshTokenOnlyFirstConsent } from './google-refresh-token-only-first-consent'
import { jsOriginNotRegistered } from './js-origin-not-registered'
import { loginHintNotEscapedPlus } from './login-hint-not-escaped-plus'
import { loginStartRefused } from './login-start-refused'
import { maxAgeInvalid } from './max-age-invalid'
import { nonceMissing } from './nonce-missing'
import { nonceReused } from './nonce-reused'
import { offlineAccessMissing } from './offline-access-missing'
import { oneTimeLinkUsedUp } from './one-time-link-used-up'
import { parRequired } from './par-required'
import { parameterRefused } from './parameter-refused'
import { parametersHtmlEscaped } from './parameters-html-escaped'
import { pkceChallengeMalformed } from './pkce-challenge-malformed'
import { pkceMethodUnsupported } from './pkce-method-unsupported'
import { pkceRequired } from './pkce-required'
import { placeholderOrUndefinedParam } from './placeholder-or-undefined-param'
import { promptInvalid } from './prompt-invalid'
import { pushedRequestRefused } from './pushed-request-refused'
import { redirectUriMalformed } from './redirect-uri-malformed'
import { redirectUriNotRegistered } from './redirect-uri-not-registered'
import { requestObjectRefused } from './request-object-refused'
import { requestUriExpiredOrReused } from './request-uri-expired-or-reused'
import { resourceNotAccepted } from './resource-not-accepted'
import { responseModeUnsupported } from './response-mode-unsupported'
import { responseTypeUnsupported } from './response-type-unsupported'
import { scopeInvalid } from './scope-invalid'
import { scopeMissingOpenid } from './scope-missing-openid'
import { wrongTenantOrAccount } from './wrong-tenant-or-account'

export const authorizationRequestRules: readonly Rule[] = [
  acrUnsupported,
  authorizationEndpointNotFound,
  authorizationRequestRefused,
  authorizationServerPageFailed,
  authorizeInIframeWithoutPromptNone,
  authorizeUrlTooLong,
  authorizeViaXhr,
  claimsParameterInvalid,
  clientIdUnknown,
  clientNotAuthorized,
  duplicateParameter,
  embeddedWebviewBlocked,
  federatedRequestRefused,
  googleRefreshTokenOnlyFirstConsent,
  jsOriginNotRegistered,
  loginHintNotEscapedPlus,
  loginStartRefused,
  maxAgeInvalid,
  nonceMissing,
  nonceReused,
  offlineAccessMissing,
  oneTimeLinkUsedUp,
  parRequired,
  parameterRefused,
  parametersHtmlEscaped,
  pkceChallengeMalformed,
  pkceMethodUnsupported,
  pkceRequired,
  placeholderOrUndefinedParam,
  promptInvalid,
  pushedRequestRefused,
  redirectUriMalformed,
  redirectUriNotRegistered,
  requestObjectRefused,
  requestUriExpiredOrReused,
  resourceNotAccepted,
  responseModeUnsupported,
  responseTypeUnsupported,
  scopeInvalid,
  scopeMissingOpenid,
  wrongTenantOrAccount,
]
