import { codeLogin, record, wait } from '../../../testing/builders'
import { refresh, renewed } from '../../../testing/refresh'
import type { RuleCases } from '../cases'

const login = codeLogin({ tokenAnswer: { refresh_token: 'r0' } })
const times = (count: number, more = {}) =>
  Array.from({ length: count }, (_, index) => [refresh(`r${index}`, renewed(`r${index + 1}`, more)), wait(2000)]).flat()

export default {
  fail: { 'twelve in half a minute': record(login, ...times(12)) },
  pass: {
    'a few': record(login, ...times(4)),
    'tokens of half a minute': record(login, ...times(12, { expires_in: 30 })),
  },
  notApplicable: { 'no refresh': record(login) },
} satisfies RuleCases
