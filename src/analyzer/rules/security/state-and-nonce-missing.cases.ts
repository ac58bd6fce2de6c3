import { codeLogin, record, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'neither, with PKCE': record(serverLogin({ request: { state: undefined, nonce: undefined } })),
    'neither, without PKCE': record(
      serverLogin({
        request: { state: undefined, nonce: undefined, code_challenge: undefined, code_challenge_method: undefined },
      }),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'a nonce does': record(codeLogin({ request: { state: undefined } })),
  },
} satisfies RuleCases
