import { otherEndpoints, tokenEndpoint } from '../shared/endpoint'
import { rfc } from '../shared/references'
import { defineTransportRule } from '../shared/transport-rule'

export const httpConnectionBroken = defineTransportRule({
  id: 'http-connection-broken',
  title: 'An answer broke off in the middle',
  owner: 'network',
  of: [...otherEndpoints, ...tokenEndpoint, 'authorization_unreachable', 'callback_unreachable'],
  kinds: ['protocol', 'encoding'],
  what: 'HTTP/2, QUIC, chunking and encoding errors of any call of the login.',
  why: 'Proxies reset a stream when headers are larger than their buffers; large cookies and tokens are how logins get there.',
  toldApart: 'The browser names these errors, apart from connections that were never made.',
  silentWhen: 'The call was repeated with success.',
  references: [rfc(9113, '5.4')],
  covers: ['http2-protocol-error'],
})
