import { otherEndpoints, tokenEndpoint } from '../shared/endpoint'
import { link } from '../shared/references'
import { defineTransportRule } from '../shared/transport-rule'

export const localNetworkAccessDenied = defineTransportRule({
  id: 'local-network-access-denied',
  title: 'The browser did not let a page reach the local network',
  owner: 'browser',
  of: [...otherEndpoints, ...tokenEndpoint, 'authorization_unreachable', 'callback_unreachable'],
  kinds: ['local-network'],
  what: 'The browser’s local (private) network access checks on any call of the login.',
  why: 'A public page, or a frame of one, may reach private addresses only with the user’s permission; consoles call the refusal CORS.',
  toldApart: 'The browser names it.',
  silentWhen: 'The call was allowed.',
  references: [link('Local Network Access', 'https://wicg.github.io/local-network-access/')],
  covers: ['local-network-access-denied'],
})
