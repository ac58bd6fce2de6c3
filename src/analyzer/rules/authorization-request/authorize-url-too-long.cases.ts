import { codeLogin, errorPage, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const long = { state: 'x'.repeat(9000) }

export default {
  fail: {
    'status 414': record(errorPage({ request: long, authorization: { status: 414 } })),
    'a proxy answers 400': record(errorPage({ request: long, authorization: { body: '<h1>Bad Request</h1>' } })),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'a long URL that the server took': record(codeLogin({ request: long })),
    'a long URL and another reason': record(
      errorPage({ request: long, authorization: { body: '<p>Unknown client</p>' } }),
    ),
    'a short URL': record(errorPage()),
  },
  notApplicable: { 'the login page is open': record(errorPage({ authorization: { status: 200 } })) },
} satisfies RuleCases
