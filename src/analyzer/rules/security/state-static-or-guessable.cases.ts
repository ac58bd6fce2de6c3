import { codeLogin, record, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const again = { nonce: 'another-nonce-77', code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }

export default {
  fail: {
    'a short one': record(codeLogin({ request: { state: '1234' } })),
    'the same in two logins': record(
      codeLogin(),
      wait(60_000),
      codeLogin({
        request: again,
        token: { code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' },
        idToken: { nonce: again.nonce },
      }),
    ),
  },
  pass: { 'a healthy login': record(codeLogin()) },
  notApplicable: { 'no state': record(codeLogin({ request: { state: undefined } })) },
} satisfies RuleCases
