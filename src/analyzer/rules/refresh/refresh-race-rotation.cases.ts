import { codeLogin, record, wait } from '../../../testing/builders'
import { refresh, refused, renewed } from '../../../testing/refresh'
import type { RuleCases } from '../cases'

const login = codeLogin({ tokenAnswer: { refresh_token: 'r1' } })

export default {
  fail: {
    'two tabs at the same moment': record(
      login,
      wait(300_000),
      refresh('r1', { takes: 80, ...renewed('r2') }),
      wait(-60),
      refresh('r1', { takes: 90, ...refused }, 2),
    ),
    'two requests of one page, answers not visible': record(
      login,
      wait(300_000),
      refresh('r1', { takes: 80, status: 200 }),
      wait(-60),
      refresh('r1', { takes: 90, status: 400 }),
    ),
  },
  pass: {
    'one after the other': record(
      login,
      wait(1000),
      refresh('r1', renewed('r2')),
      wait(20_000),
      refresh('r1', refused),
    ),
    'both were renewed': record(
      login,
      refresh('r1', { takes: 80, ...renewed('r2') }),
      wait(-60),
      refresh('r1', { takes: 90, ...renewed('r3') }, 2),
    ),
  },
  notApplicable: { 'no refresh': record(login) },
} satisfies RuleCases
