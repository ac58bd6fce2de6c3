import { otherEndpoints } from '../shared/endpoint'
import { link } from '../shared/references'
import { defineTransportRule } from '../shared/transport-rule'

export const endpointUnreachable = defineTransportRule({
  id: 'endpoint-unreachable',
  title: 'A server of this login cannot be reached',
  owner: 'network',
  of: [...otherEndpoints, 'authorization_unreachable'],
  kinds: [
    'dns',
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
  what: 'The browser’s error for calls other than the token request: authorization, API, userinfo, logout and others.',
  why: 'Libraries report every one of these as “Failed to fetch” or “Network error”.',
  toldApart:
    'CORS, TLS and what the browser itself blocks have rules of their own; this one also takes what no error name tells.',
  silentWhen: 'The page cancelled the call, or it worked when it was repeated.',
  references: [
    link(
      'Chromium network errors',
      'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h',
    ),
  ],
  covers: [],
})
