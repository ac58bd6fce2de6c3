import type { Rule } from '../rule'
import { frontchannelLogoutIframeBlocked } from './frontchannel-logout-iframe-blocked'
import { logoutHintInvalid } from './logout-hint-invalid'
import { logoutLegacyParameter } from './logout-legacy-parameter'
import { logoutMissingHint } from './logout-missing-hint'
import { logoutRefused } from './logout-refused'
import { logoutThenAutoLogin } from './logout-then-auto-login'
import { logoutUrlTooLong } from './logout-url-too-long'
import { postLogoutUriNotRegistered } from './post-logout-uri-not-registered'

export const logoutRules: readonly Rule[] = [
  frontchannelLogoutIframeBlocked,
  logoutHintInvalid,
  logoutLegacyParameter,
  logoutMissingHint,
  logoutRefused,
  logoutThenAutoLogin,
  logoutUrlTooLong,
  postLogoutUriNotRegistered,
]
