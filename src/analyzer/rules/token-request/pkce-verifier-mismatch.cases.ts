import { authorize, challenge, record, redeem, serverLogin, tokenError, verifier } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const tokenCall = tokenError('invalid_grant')

export default {
  fail: {
    'another verifier': record(authorize(), redeem({ token: { code_verifier: 'b'.repeat(64) }, tokenCall })),
    'hashed, but the method was left out': record(
      authorize({ request: { code_challenge_method: undefined } }),
      redeem({ tokenCall }),
    ),
    'sent as plain, but the method is S256': record(
      authorize({ request: { code_challenge: 'p'.repeat(43) } }),
      redeem({ token: { code_verifier: 'p'.repeat(43) }, tokenCall }),
    ),
    'the answer was not visible': record(
      authorize(),
      redeem({ token: { code_verifier: 'b'.repeat(64) }, tokenCall: { status: 400 } }),
    ),
  },
  pass: {
    'the right verifier': record(authorize(), redeem({ tokenCall })),
    'plain on both ends': record(
      authorize({ request: { code_challenge: verifier, code_challenge_method: 'plain' } }),
      redeem({ tokenCall }),
    ),
  },
  notApplicable: {
    'no verifier at all': record(authorize(), redeem({ token: { code_verifier: undefined }, tokenCall })),
  },
  indeterminate: {
    'a server redeems the code': record(serverLogin({ callback: { status: 500 } })),
    'parameters were pushed': record(
      authorize({ request: { code_challenge: undefined, request_uri: `urn:pushed:${challenge}` } }),
      redeem({ tokenCall }),
    ),
  },
} satisfies RuleCases
