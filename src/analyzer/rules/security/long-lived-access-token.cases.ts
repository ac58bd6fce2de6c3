import { codeLogin, record, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: { 'a month': record(codeLogin({ tokenAnswer: { expires_in: 2_592_000 } })) },
  pass: { 'an hour': record(codeLogin()) },
  notApplicable: { 'a server redeems the code': record(serverLogin()) },
} satisfies RuleCases
