import { codeLogin, errorRedirect, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'claims is no JSON': record(errorRedirect('invalid_request', { request: { claims: '[object Object]x' } })),
    'authorization_details is an object': record(
      errorRedirect('invalid_request', { request: { authorization_details: '{"type":"payment"}' } }),
    ),
    'the server refuses the details': record(
      errorRedirect('invalid_authorization_details', { request: { authorization_details: '[{"type":"payment"}]' } }),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin({ request: { claims: '{"userinfo":{"email":null}}' } })),
    'neither was sent': record(errorRedirect('invalid_request')),
  },
} satisfies RuleCases
