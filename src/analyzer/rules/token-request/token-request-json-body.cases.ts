import {
  authorize,
  call,
  client,
  code,
  codeLogin,
  record,
  redeem,
  request,
  server,
  tokenError,
  verifier,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const parameters = {
  grant_type: 'authorization_code',
  client_id: request.client_id,
  code,
  redirect_uri: request.redirect_uri,
  code_verifier: verifier,
}
const sendJson = (answer: object) =>
  call({ url: `${server}/token`, json: parameters, ...answer }, { initiator: client })

export default {
  fail: {
    JSON: record(authorize(), sendJson(tokenError('invalid_request'))),
    'JSON, and the server misses the grant': record(authorize(), sendJson(tokenError('unsupported_grant_type'))),
    'JSON, and the body of the answer was not visible': record(authorize(), sendJson({ status: 415 })),
    'plain text': record(
      authorize(),
      redeem({
        tokenCall: { ...tokenError('invalid_request'), requestHeaders: { 'Content-Type': 'text/plain;charset=UTF-8' } },
      }),
    ),
  },
  pass: { 'a form': record(authorize(), redeem({ tokenCall: tokenError('invalid_request') })) },
  notApplicable: {
    'a grant of the server’s own, whose API speaks JSON': record(
      call(
        {
          url: `${server}/auth/v1/token?grant_type=pkce`,
          json: { auth_code: code, code_verifier: verifier },
          ...tokenError('invalid_request'),
        },
        { initiator: client },
      ),
    ),
    'a server that takes JSON': record(
      authorize(),
      sendJson({ body: { access_token: 'a-token', token_type: 'Bearer' } }),
    ),
    'a healthy login': record(codeLogin()),
  },
} satisfies RuleCases
