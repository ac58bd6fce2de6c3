import type { Rule } from '../rule'
import { refreshNotReturnedNewTokenMissing } from './refresh-not-returned-new-token-missing'
import { refreshOtherClient } from './refresh-other-client'
import { refreshRaceRotation } from './refresh-race-rotation'
import { refreshResponseLost } from './refresh-response-lost'
import { refreshScopeWidened } from './refresh-scope-widened'
import { refreshStorm } from './refresh-storm'
import { refreshTokenExpired } from './refresh-token-expired'
import { refreshTokenRefused } from './refresh-token-refused'
import { refreshTokenRevoked } from './refresh-token-revoked'
import { refreshTokenRotatedReused } from './refresh-token-rotated-reused'
import { refreshWithoutDpopKey } from './refresh-without-dpop-key'

export const refreshRules: readonly Rule[] = [
  refreshNotReturnedNewTokenMissing,
  refreshOtherClient,
  refreshRaceRotation,
  refreshResponseLost,
  refreshScopeWidened,
  refreshStorm,
  refreshTokenExpired,
  refreshTokenRefused,
  refreshTokenRevoked,
  refreshTokenRotatedReused,
  refreshWithoutDpopKey,
]
