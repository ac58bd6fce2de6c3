import { authorize, codeLogin, record, redeem } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const token = (error: string) => record(authorize(), redeem({ tokenCall: { error } }))

export default {
  fail: {
    'at the token endpoint': token('net::ERR_HTTP2_PROTOCOL_ERROR'),
    'packed twice': { recording: token('net::ERR_CONTENT_DECODING_FAILED'), owner: 'authorization_server' },
    'chunks cut': token('net::ERR_INCOMPLETE_CHUNKED_ENCODING'),
  },
  pass: {
    refused: token('net::ERR_CONNECTION_REFUSED'),
  },
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'the page gave the call up': token('net::ERR_ABORTED'),
  },
} satisfies RuleCases
