import { codeLogin, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'no sub': record(codeLogin({ idToken: { sub: undefined } })),
    'no JWT': record(codeLogin({ tokenAnswer: { id_token: 'not-a-token' } })),
  },
  pass: { 'a complete one': record(codeLogin()) },
  notApplicable: { 'no ID token': record(codeLogin({ tokenAnswer: { id_token: undefined } })) },
} satisfies RuleCases
