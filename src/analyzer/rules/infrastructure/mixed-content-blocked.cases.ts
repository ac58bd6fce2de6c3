import { authorize, codeLogin, record, redeem } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const token = (error: string) => record(authorize(), redeem({ tokenCall: { error } }))

export default {
  fail: {
    'an http token endpoint': record(
      authorize(),
      redeem({ tokenCall: { url: 'http://id.example/token', error: 'no response' } }),
    ),
  },
  pass: {
    https: token('net::ERR_FAILED'),
    loopback: record(
      authorize(),
      redeem({ tokenCall: { url: 'http://127.0.0.1:8080/token', error: 'net::ERR_FAILED' } }),
    ),
  },
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'the page gave the call up': token('net::ERR_ABORTED'),
  },
} satisfies RuleCases
