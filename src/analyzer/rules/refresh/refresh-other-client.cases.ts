import { codeLogin, record, wait } from '../../../testing/builders'
import { refresh, refused } from '../../../testing/refresh'
import type { RuleCases } from '../cases'

const login = codeLogin({ tokenAnswer: { refresh_token: 'r1' } })

export default {
  fail: {
    'another application of the page': record(
      login,
      wait(60_000),
      refresh('r1', refused, 1, { client_id: 'admin-web' }),
    ),
  },
  pass: { 'the same client': record(login, wait(60_000), refresh('r1', refused)) },
  notApplicable: { 'no refresh': record(login) },
  indeterminate: { 'the login was not recorded': record(refresh('r0', refused)) },
} satisfies RuleCases
