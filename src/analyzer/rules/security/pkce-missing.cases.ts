import { authorize, codeLogin, errorRedirect, record, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const without = { request: { code_challenge: undefined, code_challenge_method: undefined } }

export default {
  fail: {
    'a page without PKCE': record(codeLogin({ ...without, token: { code_verifier: undefined } })),
    'a server without PKCE': record(serverLogin(without)),
  },
  pass: { 'a healthy login': record(codeLogin()) },
  notApplicable: {
    'no code is asked for': record(authorize({ request: { ...without.request, response_type: 'id_token' } })),
    'the request was refused': record(errorRedirect('invalid_request', without)),
  },
} satisfies RuleCases
