import { codeLogin, record, tokenError, wait } from '../../../testing/builders'
import { refresh, refused, renewed } from '../../../testing/refresh'
import type { RuleCases } from '../cases'

const login = codeLogin({ tokenAnswer: { refresh_token: 'r1' } })

export default {
  fail: {
    'dropped after a renewal without a new one': record(
      login,
      refresh('r1', renewed()),
      wait(60_000),
      refresh(undefined, tokenError('invalid_request')),
    ),
    'the text undefined': record(login, wait(60_000), refresh('undefined', refused)),
    'the answers before were not seen': record(
      codeLogin({ request: { scope: 'openid offline_access' }, tokenCall: { body: undefined } }),
      refresh('null', refused),
    ),
  },
  pass: { 'a refresh token was sent': record(login, wait(60_000), refresh('r1', refused)) },
  notApplicable: { 'no refresh': record(login) },
} satisfies RuleCases
