import { authorize, codeLogin, record, redeem } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const token = (error: string) => record(authorize(), redeem({ tokenCall: { error } }))

export default {
  fail: {
    'no TLS': token('net::ERR_SSL_PROTOCOL_ERROR'),
    'a certificate nobody trusts': token('net::ERR_CERT_AUTHORITY_INVALID'),
    'Firefox in words': token('Peer’s Certificate issuer is not recognized.'),
  },
  pass: {
    refused: token('net::ERR_CONNECTION_REFUSED'),
  },
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'the page gave the call up': token('net::ERR_ABORTED'),
  },
} satisfies RuleCases
