import { authorize, codeLogin, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const cached = (value: string) =>
  record(codeLogin({ tokenCall: { headers: { 'Access-Control-Allow-Origin': '*', 'Cache-Control': value } } }))

export default {
  fail: {
    'an hour in caches': cached('public, max-age=3600'),
    'no expires_in': record(codeLogin({ tokenAnswer: { expires_in: undefined } })),
  },
  pass: { 'a healthy login': record(codeLogin()), 'not to be stored': cached('no-store') },
  notApplicable: { 'no tokens': record(authorize(), redeem({ tokenCall: tokenError('invalid_grant') })) },
} satisfies RuleCases
