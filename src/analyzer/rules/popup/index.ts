import type { Rule } from '../rule'
import { coopSeversPopup } from './coop-severs-popup'
import { popupCallbackWrongOrigin } from './popup-callback-wrong-origin'
import { popupClosed } from './popup-closed-by-user'

export const popupRules: readonly Rule[] = [coopSeversPopup, popupCallbackWrongOrigin, popupClosed]
