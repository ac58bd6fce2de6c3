import { codeLogin, record, tokenError, wait } from '../../../testing/builders'
import { refresh, refused, renewed } from '../../../testing/refresh'
import type { RuleCases } from '../cases'

const login = codeLogin({ tokenAnswer: { refresh_token: 'r1', scope: 'openid profile' } })
const asking = (scope: string, answer = tokenError('invalid_scope')) =>
  record(login, wait(60_000), refresh('r1', answer, 1, { scope }))

export default {
  fail: {
    'one scope more': asking('openid profile orders:write'),
    'called an invalid grant': asking('openid admin', refused),
  },
  pass: {
    'less than was granted': asking('openid'),
    'the refresh before asked for the same and was answered': record(
      login,
      refresh('r1', renewed('r2', { scope: 'openid profile' }), 1, { scope: 'openid email' }),
      wait(60_000),
      refresh('r2', refused, 1, { scope: 'openid email' }),
    ),
  },
  notApplicable: { 'no scope in it': record(login, wait(60_000), refresh('r1', refused)) },
  indeterminate: { 'the login was not recorded': record(refresh('r0', refused, 1, { scope: 'openid' })) },
} satisfies RuleCases
