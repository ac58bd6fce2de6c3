import { codeLogin, record, verifier } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const plain = (code_challenge_method?: string) =>
  record(codeLogin({ request: { code_challenge: verifier, code_challenge_method } }))

export default {
  fail: { plain: plain('plain'), 'no method': plain() },
  pass: { 'a healthy login': record(codeLogin()) },
  notApplicable: {
    'no PKCE': record(codeLogin({ request: { code_challenge: undefined, code_challenge_method: undefined } })),
  },
} satisfies RuleCases
