import { codeLogin, record, tokenError, wait } from '../../../testing/builders'
import { refresh, refused, renewed } from '../../../testing/refresh'
import type { RuleCases } from '../cases'

const login = codeLogin({ tokenAnswer: { refresh_token: 'r1', refresh_expires_in: 1800 } })

export default {
  fail: {
    'older than its lifetime': record(login, wait(2_000_000), refresh('r1', refused)),
    'the server says so': record(
      refresh('r-old', tokenError('invalid_grant', { error_description: 'Session not active' })),
    ),
    'the answer was not visible': record(login, wait(2_000_000), refresh('r1', { status: 400 })),
  },
  pass: {
    'still young': record(login, wait(60_000), refresh('r1', refused)),
    'it was renewed': record(login, wait(60_000), refresh('r1', renewed('r2'))),
  },
  notApplicable: { 'no refresh': record(login) },
  indeterminate: { 'it was issued before the recording': record(refresh('r-old', refused)) },
} satisfies RuleCases
