import { authorize, codeLogin, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const withoutChallenge = { code_challenge: undefined, code_challenge_method: undefined }

export default {
  fail: {
    'the challenge was dropped on the way': record(
      authorize({ request: withoutChallenge }),
      redeem({ tokenCall: tokenError('invalid_grant') }),
    ),
  },
  pass: {
    'both were sent': record(authorize(), redeem({ tokenCall: tokenError('invalid_grant') })),
    'the server did not mind': record(codeLogin({ request: withoutChallenge })),
  },
  notApplicable: {
    'no PKCE': record(
      authorize({ request: withoutChallenge }),
      redeem({ token: { code_verifier: undefined }, tokenCall: tokenError('invalid_grant') }),
    ),
  },
} satisfies RuleCases
