import { clientSecretInPage } from './client-secret-in-page'
import { codeInHistory } from './code-in-history'
import { httpEndpoint } from './http-endpoint'
import { implicitGrant } from './implicit-grant'
import { longLivedAccessToken } from './long-lived-access-token'
import { openRedirectParam } from './open-redirect-param'
import { passwordGrant } from './password-grant'
import { pkceMissing } from './pkce-missing'
import { pkcePlain } from './pkce-plain'
import { redirect307FromIdp } from './redirect-307-from-idp'
import { redirectUriInsecure } from './redirect-uri-insecure'
import { refererLeakOfCode } from './referer-leak-of-code'
import { refreshTokenInSpaNoRotation } from './refresh-token-in-spa-no-rotation'
import { sessionCookieFlags } from './session-cookie-flags'
import { stateAndNonceMissing } from './state-and-nonce-missing'
import { stateStaticOrGuessable } from './state-static-or-guessable'
import { tokenInUrl } from './token-in-url'
import type { Rule } from '../rule'

export const securityRules: readonly Rule[] = [
  clientSecretInPage,
  codeInHistory,
  httpEndpoint,
  implicitGrant,
  longLivedAccessToken,
  openRedirectParam,
  passwordGrant,
  pkceMissing,
  pkcePlain,
  redirect307FromIdp,
  redirectUriInsecure,
  refererLeakOfCode,
  refreshTokenInSpaNoRotation,
  sessionCookieFlags,
  stateAndNonceMissing,
  stateStaticOrGuessable,
  tokenInUrl,
]
