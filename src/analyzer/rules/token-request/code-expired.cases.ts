import { authorize, record, redeem, tokenError, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const after = (ms: number, tokenCall = tokenError('invalid_grant')) =>
  record(authorize(), wait(ms), redeem({ tokenCall }))

export default {
  fail: {
    'eleven minutes': after(660_000),
    'ninety seconds': after(90_000),
    'twelve seconds, and nothing else is wrong': after(12_000),
    'the server says so': after(
      15_000,
      tokenError('invalid_grant', { error_description: 'authorization code expired' }),
    ),
    'the answer was not visible': after(90_000, { status: 400 }),
    'a wrong verifier explains it better': {
      recording: record(
        authorize(),
        wait(15_000),
        redeem({ token: { code_verifier: 'v'.repeat(43) }, tokenCall: tokenError('invalid_grant') }),
      ),
      rootCause: 'pkce-verifier-mismatch',
    },
  },
  pass: {
    'at once': after(300),
    'four seconds, which no server finds too long': after(4_000),
    'the server says something else': after(
      15_000,
      tokenError('invalid_grant', { error_description: 'code was already used' }),
    ),
  },
  notApplicable: {
    'a slow login that worked': record(authorize(), wait(90_000), redeem()),
    'the client was refused': after(90_000, tokenError('invalid_client', {}, 401)),
  },
  indeterminate: { 'no callback was seen': record(redeem({ tokenCall: tokenError('invalid_grant') })) },
} satisfies RuleCases
