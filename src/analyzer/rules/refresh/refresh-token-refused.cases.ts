import { codeLogin, record, wait } from '../../../testing/builders'
import { refresh, refused, renewed } from '../../../testing/refresh'
import type { RuleCases } from '../cases'

const login = codeLogin({ tokenAnswer: { refresh_token: 'r1' } })

export default {
  fail: { 'nothing tells why': record(login, wait(60_000), refresh('r1', refused)) },
  pass: { 'it was renewed': record(login, refresh('r1', renewed('r2'))) },
  notApplicable: { 'no refresh': record(login) },
} satisfies RuleCases
