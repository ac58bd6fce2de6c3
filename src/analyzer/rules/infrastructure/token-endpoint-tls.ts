import { tokenEndpoint } from '../shared/endpoint'
import { rfc } from '../shared/references'
import { defineTransportRule } from '../shared/transport-rule'

export const tokenEndpointTls = defineTransportRule({
  id: 'token-endpoint-tls',
  title: 'No secure connection to the token endpoint',
  owner: 'authorization_server',
  of: tokenEndpoint,
  kinds: ['tls', 'certificate'],
  what: 'The browser’s error for the token request when the TLS handshake fails or the certificate is not trusted.',
  why: 'A user can click a certificate warning away in a tab; a script’s call just fails.',
  toldApart:
    'The browser names TLS errors. Whether the same host and port answered over http in this recording tells a wrong scheme.',
  silentWhen: 'The connection came about.',
  references: [rfc(6749, '3.2')],
  covers: [],
})
