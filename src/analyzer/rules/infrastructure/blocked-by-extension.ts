import { otherEndpoints, tokenEndpoint } from '../shared/endpoint'
import { link } from '../shared/references'
import { defineTransportRule } from '../shared/transport-rule'

export const blockedByExtension = defineTransportRule({
  id: 'blocked-by-extension',
  title: 'A browser extension or policy blocked a call of this login',
  owner: 'browser',
  of: [...otherEndpoints, ...tokenEndpoint, 'authorization_unreachable', 'callback_unreachable'],
  kinds: ['blocked-by-extension', 'blocked-by-policy'],
  what: 'ERR_BLOCKED_BY_CLIENT, ERR_BLOCKED_BY_ADMINISTRATOR and their likes on any call of the login.',
  why: 'Blockers stop login hosts that resemble trackers; the application only sees a network error, and other users see none.',
  toldApart: 'The browser names it.',
  silentWhen: 'Something else than a call of the login was blocked.',
  references: [
    link(
      'Chromium network errors',
      'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h',
    ),
  ],
  covers: ['extension-or-adblock'],
})
