import { codeLogin, record, wait } from '../../../testing/builders'
import { refresh, refused, renewed } from '../../../testing/refresh'
import type { RuleCases } from '../cases'

const login = codeLogin({ tokenAnswer: { refresh_token: 'r1' } })

export default {
  fail: {
    'a navigation cut it off': record(
      login,
      wait(60_000),
      refresh('r1', { error: 'net::ERR_ABORTED' }),
      wait(60_000),
      refresh('r1', refused),
    ),
  },
  pass: {
    'every refresh was answered': record(login, refresh('r1', renewed('r2')), wait(60_000), refresh('r2', refused)),
  },
  notApplicable: { 'no refresh': record(login) },
} satisfies RuleCases
