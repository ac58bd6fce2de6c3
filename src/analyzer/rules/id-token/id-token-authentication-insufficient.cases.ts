import { START, codeLogin, record, seconds } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ['gold'] } } })

export default {
  fail: {
    'signed in an hour ago': record(
      codeLogin({ request: { max_age: '300' }, idToken: { auth_time: seconds(START) - 3600 } }),
    ),
    'no auth_time': record(codeLogin({ request: { max_age: '300' } })),
    'a weaker sign-in': record(codeLogin({ request: { claims }, idToken: { acr: 'bronze' } })),
  },
  pass: {
    'signed in just now': record(
      codeLogin({ request: { max_age: '300' }, idToken: { auth_time: seconds(START) - 5 } }),
    ),
    'strong enough': record(codeLogin({ request: { claims }, idToken: { acr: 'gold' } })),
  },
  notApplicable: {
    'a wish only': record(codeLogin({ request: { acr_values: 'gold' }, idToken: { acr: 'bronze' } })),
    'a healthy login': record(codeLogin()),
  },
} satisfies RuleCases
