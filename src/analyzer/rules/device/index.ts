import type { Rule } from '../rule'
import { deviceCodeExpired } from './device-code-expired'
import { deviceDenied } from './device-denied'
import { devicePollingTooFast } from './device-polling-too-fast'
import { deviceRequestRefused } from './device-request-refused'

export const deviceRules: readonly Rule[] = [
  deviceCodeExpired,
  deviceDenied,
  devicePollingTooFast,
  deviceRequestRefused,
]
