import {
  authorize,
  handover,
  codeLogin,
  record,
  redeem,
  serverLogin,
  tokenError,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'an effect that runs twice': record(codeLogin(), wait(18), redeem({ tokenCall: tokenError('invalid_grant') })),
    'a page that hands its code over twice': record(authorize(), handover(), handover({ status: 400 })),
  },
  pass: {
    'one exchange': record(codeLogin()),
    'the first exchange was the one that failed': record(
      authorize(),
      redeem({ tokenCall: tokenError('invalid_grant') }),
      redeem({ tokenCall: tokenError('invalid_grant') }),
    ),
  },
  indeterminate: {
    'a page hands its code to a server, which refuses': record(authorize(), handover({ status: 400 })),
    'a server redeems the code': record(serverLogin()),
  },
} satisfies RuleCases
