import { authorize, codeLogin, errorRedirect, metadata, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'tokens in the query': record(
      errorRedirect('invalid_request', { request: { response_type: 'code id_token', response_mode: 'query' } }),
    ),
    'a mode that the metadata does not have': record(
      metadata({ response_modes_supported: ['query', 'fragment'] }),
      errorRedirect('invalid_request', { request: { response_mode: 'web_message' } }),
    ),
    'the server names it': record(
      errorRedirect('unsupported_response_mode', { request: { response_mode: 'form_post' } }),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin({ request: { response_mode: 'query' } })),
    'the server’s words name something else': record(
      metadata({ response_modes_supported: ['query', 'fragment'] }),
      errorRedirect('invalid_request', {
        request: { response_mode: 'web_message' },
        response: { error_description: 'id_token_hint mandatory' },
      }),
    ),
    'the server took the mode in another login': record(
      metadata({ response_modes_supported: ['query', 'fragment'] }),
      authorize({ request: { response_mode: 'web_message', state: 'first' } }),
      errorRedirect('invalid_request', { request: { response_mode: 'web_message' } }),
    ),
    'code in the query': record(errorRedirect('invalid_request', { request: { response_mode: 'query' } })),
  },
  notApplicable: { 'no response_mode was sent': record(errorRedirect('invalid_request')) },
} satisfies RuleCases
