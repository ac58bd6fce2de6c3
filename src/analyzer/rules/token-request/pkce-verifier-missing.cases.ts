import { authorize, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'the verifier was lost': record(
      authorize(),
      redeem({ token: { code_verifier: undefined }, tokenCall: tokenError('invalid_grant') }),
    ),
    'the server calls it an invalid request': record(
      authorize(),
      redeem({ token: { code_verifier: undefined }, tokenCall: tokenError('invalid_request') }),
    ),
    'the answer was not visible': record(
      authorize(),
      redeem({ token: { code_verifier: undefined }, tokenCall: { status: 400 } }),
    ),
  },
  pass: { 'it was sent': record(authorize(), redeem({ tokenCall: tokenError('invalid_grant') })) },
  notApplicable: {
    'no challenge either': record(
      authorize({ request: { code_challenge: undefined, code_challenge_method: undefined } }),
      redeem({ token: { code_verifier: undefined }, tokenCall: tokenError('invalid_grant') }),
    ),
  },
} satisfies RuleCases
