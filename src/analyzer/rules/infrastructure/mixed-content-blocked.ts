import { otherEndpoints, tokenEndpoint } from '../shared/endpoint'
import { link } from '../shared/references'
import { defineTransportRule } from '../shared/transport-rule'

export const mixedContentBlocked = defineTransportRule({
  id: 'mixed-content-blocked',
  title: 'A secure page called a server over http',
  owner: 'client',
  of: [...otherEndpoints, ...tokenEndpoint, 'authorization_unreachable', 'callback_unreachable'],
  kinds: ['mixed-content'],
  what: 'Calls from an https page to an http URL that ended without an answer.',
  why: 'Browsers block them before anything is sent. Servers behind a TLS proxy often announce http endpoints in their metadata.',
  toldApart: 'By the two schemes and the missing answer; loopback is exempt, as in browsers.',
  silentWhen: 'An answer came, or the browser names another error.',
  references: [link('Mixed Content', 'https://www.w3.org/TR/mixed-content/')],
  covers: [],
})
