import { codeLogin, errorRedirect, metadata, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'plain at a server with S256 only': record(
      metadata(),
      errorRedirect('invalid_request', { request: { code_challenge_method: 'plain' } }),
    ),
    'no method, and the server names it': record(
      errorRedirect('invalid_request', {
        request: { code_challenge_method: undefined },
        response: { error_description: 'transform algorithm not supported' },
      }),
    ),
    'a wrong spelling': record(
      metadata(),
      errorRedirect('invalid_request', { request: { code_challenge_method: 's256' } }),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'S256 and another reason': record(metadata(), errorRedirect('invalid_request')),
  },
  notApplicable: { 'no PKCE': record(errorRedirect('invalid_request', { request: { code_challenge: undefined } })) },
} satisfies RuleCases
