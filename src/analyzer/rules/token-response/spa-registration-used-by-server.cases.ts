import { codeLogin, record, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const login = (body: string) => record(serverLogin({ callback: { status: 500, location: undefined, body } as object }))

export default {
  fail: {
    'the error page of the client says it': login(
      '<p>AADSTS9002327: Tokens issued for the Single-Page Application client-type may only be redeemed via cross-origin requests.</p>',
    ),
  },
  pass: { 'another error page': login('<p>Something went wrong</p>') },
  notApplicable: { 'a healthy login': record(codeLogin()) },
} satisfies RuleCases
