import { codeLogin, errorRedirect, metadata, record, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const without = { code_challenge: undefined, code_challenge_method: undefined, state: 'second-login-1' }

export default {
  fail: {
    'the server says so': record(
      errorRedirect('invalid_request', { request: without, response: { error_description: 'PKCE is required' } }),
    ),
    'the client logged in with a challenge before': record(
      codeLogin(),
      wait(60_000),
      errorRedirect('invalid_request', { request: without }),
    ),
    'the metadata speaks of PKCE and the server says nothing': record(
      metadata(),
      errorRedirect('invalid_request', { request: without }),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'a challenge was sent': record(errorRedirect('invalid_request')),
    'the words are about something else': record(
      errorRedirect('invalid_request', { request: without, response: { error_description: 'display is not valid' } }),
    ),
    'another error': record(errorRedirect('access_denied', { request: without })),
  },
  indeterminate: { 'nothing tells': record(errorRedirect('invalid_request', { request: without })) },
  notApplicable: {
    'no code is asked for': record(
      errorRedirect('invalid_request', { request: { ...without, response_type: 'id_token' } }),
    ),
  },
} satisfies RuleCases
