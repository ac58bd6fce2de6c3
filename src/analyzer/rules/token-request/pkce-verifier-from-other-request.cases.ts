import { authorize, navigate, record, redeem, request, server, tokenError, url, wait } from '../../../testing/builders'
import { digest } from '../../facts/digest'
import type { RuleCases } from '../cases'

const otherVerifier = 'o'.repeat(43)
const otherLogin = navigate(
  {
    url: url(`${server}/authorize`, {
      ...request,
      state: 'other-tab-state',
      code_challenge: digest('S256', otherVerifier),
    }),
    body: '<html></html>',
  },
  { tab: 2 },
)
const tokenCall = tokenError('invalid_grant')

export default {
  fail: {
    'a login in a second tab overwrote it': record(
      authorize(),
      otherLogin,
      wait(100),
      redeem({ token: { code_verifier: otherVerifier }, tokenCall }),
    ),
  },
  pass: {
    'two tabs, each with its own': record(otherLogin, authorize(), redeem({ tokenCall })),
    'a verifier of nobody': record(
      otherLogin,
      authorize(),
      redeem({ token: { code_verifier: 'x'.repeat(50) }, tokenCall }),
    ),
  },
} satisfies RuleCases
