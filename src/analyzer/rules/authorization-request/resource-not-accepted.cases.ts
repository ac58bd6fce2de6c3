import {
  api,
  authorize,
  call,
  client,
  codeLogin,
  errorRedirect,
  record,
  redeem,
  tokenError,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const describesItself = call(
  {
    url: `${api}/.well-known/oauth-protected-resource`,
    body: { resource: api, authorization_servers: ['https://id.example'] },
  },
  { initiator: client },
)

export default {
  fail: {
    'spelled otherwise than the API does': {
      recording: record(describesItself, errorRedirect('invalid_target', { request: { resource: `${api}/` } })),
      owner: 'client',
    },
    'not set up': {
      recording: record(errorRedirect('invalid_target', { request: { resource: api } })),
      owner: 'authorization_server',
    },
    'no absolute URI': record(errorRedirect('invalid_target', { request: { resource: 'orders' } })),
    'at the token endpoint': record(
      authorize({ request: { resource: api } }),
      redeem({ token: { resource: `${api}/v2` }, tokenCall: tokenError('invalid_target') }),
    ),
  },
  pass: { 'a healthy login': record(codeLogin({ request: { resource: api } })) },
} satisfies RuleCases
