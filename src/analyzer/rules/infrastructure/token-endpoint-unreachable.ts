import { tokenEndpoint } from '../shared/endpoint'
import { link } from '../shared/references'
import { defineTransportRule } from '../shared/transport-rule'

export const tokenEndpointUnreachable = defineTransportRule({
  id: 'token-endpoint-unreachable',
  title: 'The token endpoint cannot be reached',
  owner: 'network',
  of: tokenEndpoint,
  kinds: [
    'refused',
    'timeout',
    'reset',
    'offline',
    'proxy',
    'redirect-loop',
    'response-blocked',
    'unsupported',
    'unnamed',
    'cors',
  ],
  what: 'The browser’s error for the token request: refused, timed out, cut, offline, proxy, or none that is named.',
  why: 'Without an answer the login ends there; the script sees “Failed to fetch”, as with every other network problem.',
  toldApart:
    'DNS, TLS, CORS and what the browser itself blocks have rules of their own; this one also takes what no error name tells.',
  silentWhen: 'The page cancelled the call, or a later one got tokens.',
  references: [
    link(
      'Chromium network errors',
      'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h',
    ),
  ],
  covers: [],
})
