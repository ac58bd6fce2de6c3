import type { Rule } from '../rule'
import { authRedirectCached } from './auth-redirect-cached'
import { callbackError } from './callback-error'
import { callbackFetchedTwice } from './callback-fetched-twice'
import { callbackNotFound } from './callback-not-found'
import { callbackParamsStripped } from './callback-params-stripped-by-router'
import { callbackUnreachable } from './callback-unreachable'
import { clientReportedError } from './client-reported-error'
import { codeNotRedeemed } from './code-not-redeemed'
import { foreignCodeSwallowed } from './foreign-code-param-swallowed'
import { idpCookieLost } from './idp-cookie-needs-secure-context'
import { nobodySignedIn } from './nobody-signed-in'
import { redirectLoop } from './redirect-loop'
import { serviceWorkerSwallowsCallback } from './service-worker-swallows-callback'
import { sessionCookieLost } from './session-cookie-lost'
import { sessionMissingInCalls } from './session-missing-in-calls'
import { stateCookieLost } from './state-cookie-lost'
import { stateStorageOriginMismatch } from './state-storage-origin-mismatch'
import { upstreamCallbackPointsToApp } from './upstream-callback-points-to-app'

export const callbackRules: readonly Rule[] = [
  stateCookieLost,
  sessionCookieLost,
  stateStorageOriginMismatch,
  idpCookieLost,
  authRedirectCached,
  serviceWorkerSwallowsCallback,
  callbackParamsStripped,
  upstreamCallbackPointsToApp,
  foreignCodeSwallowed,
  nobodySignedIn,
  sessionMissingInCalls,
  redirectLoop,
  callbackFetchedTwice,
  callbackNotFound,
  callbackUnreachable,
  callbackError,
  clientReportedError,
  codeNotRedeemed,
]
