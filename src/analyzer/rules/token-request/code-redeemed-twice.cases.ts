import { authorize, codeLogin, record, redeem, serverLogin, tokenError, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'an effect that runs twice': record(codeLogin(), wait(18), redeem({ tokenCall: tokenError('invalid_grant') })),
  },
  pass: {
    'one exchange': record(codeLogin()),
    'the first exchange was the one that failed': record(
      authorize(),
      redeem({ tokenCall: tokenError('invalid_grant') }),
      redeem({ tokenCall: tokenError('invalid_grant') }),
    ),
  },
  indeterminate: { 'a server redeems the code': record(serverLogin()) },
} satisfies RuleCases
