import { tokenEndpoint } from '../shared/endpoint'
import { link } from '../shared/references'
import { defineTransportRule } from '../shared/transport-rule'

export const tokenEndpointDns = defineTransportRule({
  id: 'token-endpoint-dns',
  title: 'The host of the token endpoint was not found',
  owner: 'network',
  of: tokenEndpoint,
  kinds: ['dns'],
  what: 'The browser’s error for the token request when the host has no address.',
  why: 'A host name of the server’s own network, or a misspelt one, works on the server and not in the browser.',
  toldApart:
    'The browser names DNS errors; where metadata was seen, its token endpoint is compared with the one called.',
  silentWhen: 'The host was found.',
  references: [
    link(
      'Chromium network errors',
      'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h',
    ),
  ],
  covers: [],
})
