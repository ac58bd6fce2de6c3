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

const get = (answer: object) =>
  call(
    {
      url: url(`${server}/token`, {
        grant_type: 'authorization_code',
        client_id: request.client_id,
        code,
        redirect_uri: request.redirect_uri,
        code_verifier: verifier,
      }),
      ...answer,
    },
    { initiator: client },
  )

export default {
  fail: {
    'the method is not allowed': record(authorize(), get({ status: 405, body: '' })),
    'called an invalid request': record(authorize(), get(tokenError('invalid_request'))),
  },
  pass: { 'a POST': record(authorize(), redeem({ tokenCall: tokenError('invalid_request') })) },
  notApplicable: {
    'a server that takes GET': record(authorize(), get({ body: { access_token: 'a', token_type: 'Bearer' } })),
  },
} satisfies RuleCases
