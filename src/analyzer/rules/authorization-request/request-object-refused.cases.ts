import { START, codeLogin, errorRedirect, jwt, metadata, record, request, seconds } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const signed = (claims: Record<string, unknown>) => ({
  request: {
    request: jwt({ ...request, aud: 'https://id.example', exp: seconds(START) + 300, ...claims }),
  },
})

export default {
  fail: {
    expired: record(errorRedirect('invalid_request_object', signed({ exp: seconds(START) - 60 }))),
    'for another audience': record(
      metadata(),
      errorRedirect('invalid_request_object', signed({ aud: 'https://old.example' })),
    ),
    'of another client': record(errorRedirect('invalid_request_object', signed({ client_id: 'shop-app' }))),
    'nothing to see': record(errorRedirect('invalid_request_object', signed({}))),
    'the server has no such feature': record(errorRedirect('request_not_supported', signed({}))),
  },
  pass: { 'a healthy login': record(codeLogin(signed({}))) },
  notApplicable: { 'another error': record(errorRedirect('access_denied', signed({}))) },
} satisfies RuleCases
