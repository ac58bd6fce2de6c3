import { codeLogin, errorRedirect, metadata, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const insists = metadata({
  require_pushed_authorization_requests: true,
  pushed_authorization_request_endpoint: `${server}/par`,
})

export default {
  fail: {
    'the metadata says so': record(insists, errorRedirect('invalid_request')),
    'the server says so': record(
      errorRedirect('invalid_request', {
        response: { error_description: 'Pushed Authorization Request must be used' },
      }),
    ),
  },
  pass: {
    'a healthy login': record(insists, codeLogin()),
    'another error': record(insists, errorRedirect('access_denied')),
    'nothing speaks of it': record(metadata(), errorRedirect('invalid_request')),
  },
} satisfies RuleCases
