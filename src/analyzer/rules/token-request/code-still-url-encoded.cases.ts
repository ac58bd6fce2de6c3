import { authorize, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const response = { code: '4/0AX4XfWh-abc/def' }
const tokenCall = tokenError('invalid_grant')

export default {
  fail: {
    'encoded twice': record(
      authorize({ response }),
      redeem({ token: { code: encodeURIComponent(response.code) }, tokenCall }),
    ),
    'encoded three times': record(
      authorize({ response }),
      redeem({ token: { code: encodeURIComponent(encodeURIComponent(response.code)) }, tokenCall }),
    ),
  },
  pass: { 'a code with slashes': record(authorize({ response }), redeem({ response, tokenCall })) },
  notApplicable: { 'no code': record(authorize(), redeem({ token: { code: undefined }, tokenCall })) },
} satisfies RuleCases
