import {
  authorize,
  call,
  client,
  codeLogin,
  metadata,
  record,
  request,
  server,
  tokenError,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const known = metadata({ pushed_authorization_request_endpoint: `${server}/par` })
const push = (answer: object) => call({ url: `${server}/par`, form: { ...request }, ...answer }, { initiator: client })
const request_uri = 'urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c'

export default {
  fail: {
    'the client did not authenticate': record(known, push(tokenError('invalid_client', {}, 401))),
    'no words': record(known, push({ status: 405, headers: { 'Access-Control-Allow-Origin': client } })),
  },
  pass: {
    'it was accepted': record(
      known,
      push({ status: 201, body: { request_uri, expires_in: 60 } }),
      authorize({ request: { request_uri } }),
    ),
  },
  notApplicable: { 'nothing was pushed': record(codeLogin()) },
} satisfies RuleCases
