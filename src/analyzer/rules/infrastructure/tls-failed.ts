import { otherEndpoints } from '../shared/endpoint'
import { rfc } from '../shared/references'
import { defineTransportRule } from '../shared/transport-rule'

export const tlsFailed = defineTransportRule({
  id: 'tls-failed',
  title: 'No secure connection to a server of this login',
  owner: 'authorization_server',
  of: [...otherEndpoints, 'authorization_unreachable', 'callback_unreachable'],
  kinds: ['tls', 'certificate'],
  what: 'The browser’s error for the authorization endpoint, the callback, the API and others when the TLS handshake fails or the certificate is not trusted.',
  why: 'Self-signed certificates stop a login at a warning page, and scripts’ calls without any.',
  toldApart:
    'The browser names TLS errors. Whether the same host and port answered over http in this recording tells a wrong scheme.',
  silentWhen: 'The connection came about.',
  references: [rfc(9110, '4.3.4')],
  covers: ['tls-error-on-idp-or-callback'],
})
