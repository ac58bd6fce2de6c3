import { authorize, codeLogin, errorRedirect, record, redeem } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'the token endpoint': record(authorize(), redeem({ tokenCall: { url: 'http://id.example/token' } })),
    'the authorization endpoint': {
      recording: record(errorRedirect('access_denied', { authorizationUrl: 'http://id.example/authorize' })),
      rootCause: 'policy-denied',
    },
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'a server on loopback': record(
      authorize({ authorizationUrl: 'http://auth.localhost:9000/auth' }),
      redeem({ tokenCall: { url: 'http://auth.localhost:9000/token' } }),
    ),
  },
} satisfies RuleCases
