import { authorize, codeLogin, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'the server says that it was used': record(
      authorize(),
      redeem({ tokenCall: tokenError('invalid_grant', { error_description: 'Code was already redeemed.' }) }),
    ),
    'everything matched and it was refused': record(authorize(), redeem({ tokenCall: tokenError('invalid_grant') })),
  },
  pass: {},
  notApplicable: { 'a healthy login': record(codeLogin()) },
} satisfies RuleCases
