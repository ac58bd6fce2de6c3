import { authorize, codeLogin, errorRedirect, idTokenClaims, jwt, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const hybrid = { response_type: 'code id_token', response_mode: 'form_post' }

export default {
  fail: {
    'the server refuses it': record(errorRedirect('invalid_request', { request: { ...hybrid, nonce: undefined } })),
    'the server goes on': {
      recording: record(
        authorize({
          request: { ...hybrid, nonce: undefined, response_mode: undefined },
          response: { id_token: jwt({ ...idTokenClaims, nonce: undefined }) },
        }),
      ),
      rootCause: null,
    },
  },
  pass: {
    'a nonce was sent': record(errorRedirect('invalid_request', { request: hybrid })),
    'another error': record(errorRedirect('access_denied', { request: { ...hybrid, nonce: undefined } })),
  },
  notApplicable: { 'the code flow': record(codeLogin({ request: { nonce: undefined } })) },
} satisfies RuleCases
