import { codeLogin, errorPage, errorRedirect, metadata, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const fragment = { request: { response_type: 'token' } }

export default {
  fail: {
    'the server says so': record(errorRedirect('unsupported_response_type', fragment)),
    'unauthorized_client, and the metadata lists code only': record(
      metadata(),
      errorRedirect('unauthorized_client', fragment),
    ),
    'a comma between the types': record(
      errorRedirect('invalid_request', { request: { response_type: 'code,id_token' } }),
    ),
    'a page speaks of it': record(
      errorPage({
        ...fragment,
        authorization: { status: 501, body: '<html><body>Unsupported response type: token</body></html>' },
      }),
    ),
    'no response_type': record(errorRedirect('invalid_request', { request: { response_type: undefined } })),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'the order of the types means nothing': record(
      metadata({ response_types_supported: ['code id_token'] }),
      errorRedirect('unauthorized_client', { request: { response_type: 'id_token code' } }),
    ),
    'another error': record(errorRedirect('access_denied', fragment)),
  },
  notApplicable: { 'the login page is open': record(errorPage({ authorization: { status: 200 } })) },
} satisfies RuleCases
