import { codeLogin, errorRedirect, metadata, record } from '../../../testing/builders'
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
    'code in the query': record(errorRedirect('invalid_request', { request: { response_mode: 'query' } })),
  },
  notApplicable: { 'no response_mode was sent': record(errorRedirect('invalid_request')) },
} satisfies RuleCases
