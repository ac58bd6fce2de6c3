import { authorize, call, client, codeLogin, record, redeem } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const token = (error: string) => record(authorize(), redeem({ tokenCall: { error } }))

export default {
  fail: {
    'an ad blocker': token('net::ERR_BLOCKED_BY_CLIENT'),
    'a policy': token('net::ERR_BLOCKED_BY_ADMINISTRATOR'),
  },
  pass: {
    refused: token('net::ERR_CONNECTION_REFUSED'),
  },
  notApplicable: {
    'a blocked tracker beside a healthy login': record(
      codeLogin(),
      call({ url: 'https://stats.example/p', error: 'net::ERR_BLOCKED_BY_CLIENT' }, { initiator: client }),
    ),
  },
} satisfies RuleCases
