import {
  authorize,
  call,
  client,
  code,
  record,
  redeem,
  request,
  server,
  tokenError,
  url,
  verifier,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const inQuery = (answer: object) =>
  call(
    {
      url: url(`${server}/token`, {
        grant_type: 'authorization_code',
        client_id: request.client_id,
        code,
        redirect_uri: request.redirect_uri,
        code_verifier: verifier,
      }),
      method: 'POST',
      ...answer,
    },
    { initiator: client },
  )

export default {
  fail: {
    'everything in the query': record(authorize(), inQuery(tokenError('invalid_request'))),
    'the answer was not visible': record(authorize(), inQuery({ status: 400 })),
  },
  pass: {
    'everything in the body': record(authorize(), redeem({ tokenCall: tokenError('invalid_request') })),
    'only the grant is named in the URL': record(
      authorize(),
      call(
        {
          url: `${server}/token?grant_type=pkce`,
          json: { auth_code: code, code_verifier: verifier },
          ...tokenError('invalid_request'),
        },
        { initiator: client },
      ),
    ),
  },
  notApplicable: {
    'a server that reads the query': record(
      authorize(),
      inQuery({ body: { access_token: 'a', token_type: 'Bearer' } }),
    ),
  },
} satisfies RuleCases
