import { codeLogin, record, wait } from '../../../testing/builders'
import { refresh, refused, renewed } from '../../../testing/refresh'
import type { RuleCases } from '../cases'

const login = codeLogin({ tokenAnswer: { refresh_token: 'r1' } })

export default {
  fail: {
    'nothing tells why': record(login, wait(60_000), refresh('r1', refused)),
    'no code at all, from an endpoint that served the client before': record(
      login,
      wait(60_000),
      refresh('r1', { status: 400, body: '' }),
    ),
  },
  pass: {
    'it was renewed': record(login, refresh('r1', renewed('r2'))),
    'no code at all, and the endpoint has not served the client yet': record(refresh('r1', { status: 400, body: '' })),
    'the answer was not visible': record(login, wait(60_000), refresh('r1', { status: 400, body: undefined })),
  },
  notApplicable: { 'no refresh': record(login) },
} satisfies RuleCases
