import { authorize, codeLogin, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'everything matched and it was refused': record(authorize(), redeem({ tokenCall: tokenError('invalid_grant') })),
  },
  pass: {},
  notApplicable: { 'a healthy login': record(codeLogin()) },
} satisfies RuleCases
