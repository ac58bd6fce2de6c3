import { authorize, codeLogin, record, redeem } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const token = (error: string) => record(authorize(), redeem({ tokenCall: { error } }))

export default {
  fail: {
    'connect-src': token('net::ERR_BLOCKED_BY_CSP'),
  },
  pass: {
    refused: token('net::ERR_CONNECTION_REFUSED'),
  },
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'the page gave the call up': token('net::ERR_ABORTED'),
  },
} satisfies RuleCases
