import { codeLogin, record, wait } from '../../../testing/builders'
import { refresh, refused, renewed } from '../../../testing/refresh'
import type { RuleCases } from '../cases'

const login = codeLogin({ tokenAnswer: { refresh_token: 'r1' } })

export default {
  fail: {
    'another tab had renewed it': record(
      login,
      wait(60_000),
      refresh('r1', renewed('r2'), 2),
      wait(60_000),
      refresh('r1', refused),
    ),
    'the answers were not visible': record(
      login,
      wait(60_000),
      refresh('r1', { status: 200 }),
      wait(60_000),
      refresh('r1', { status: 400 }),
    ),
  },
  pass: {
    'the server does not replace tokens': record(login, refresh('r1', renewed()), wait(60_000), refresh('r1', refused)),
    'the new one was used': record(login, refresh('r1', renewed('r2')), wait(60_000), refresh('r2', renewed('r3'))),
  },
  notApplicable: { 'no refresh': record(login) },
} satisfies RuleCases
