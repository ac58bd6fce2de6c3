import { authorize, codeLogin, record, redeem } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const token = (error: string) => record(authorize(), redeem({ tokenCall: { error } }))

export default {
  fail: {
    'a token endpoint in the company network': token('net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS'),
    'a callback on loopback': record(
      authorize({
        request: { redirect_uri: 'http://127.0.0.1:38219/' },
        callback: { error: 'net::ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS' },
      }),
    ),
  },
  pass: {
    refused: token('net::ERR_CONNECTION_REFUSED'),
  },
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'the page gave the call up': token('net::ERR_ABORTED'),
  },
} satisfies RuleCases
