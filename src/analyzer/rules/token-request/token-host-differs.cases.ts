import { authorize, metadata, record, redeem, server, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const at = (authorizationUrl: string, tokenUrl: string) => [
  authorize({ authorizationUrl }),
  redeem({ tokenCall: { ...tokenError('invalid_grant'), url: tokenUrl } }),
]
const other = 'https://id.example/other'

export default {
  fail: {
    'another tenant': record(...at(`${server}/common/authorize`, `${server}/4f2a/token`)),
    'the endpoint of another issuer': record(
      metadata(),
      metadata({ issuer: other, authorization_endpoint: `${other}/authorize`, token_endpoint: `${other}/oauth/token` }),
      ...at(`${server}/authorize`, `${other}/oauth/token`),
    ),
  },
  pass: {
    'two hosts of one server': record(...at('https://accounts.example/authorize', 'https://tokens.example/token')),
    'two folders of one server': record(...at(`${server}/dialog/authorize`, `${server}/oauth/token`)),
    'metadata names both': record(
      metadata({ token_endpoint: 'https://tokens.example/token' }),
      ...at(`${server}/authorize`, 'https://tokens.example/token'),
    ),
  },
  notApplicable: {
    'the server failed': record(
      authorize({ authorizationUrl: `${server}/common/authorize` }),
      redeem({ tokenCall: { ...tokenError('server_error', {}, 500), url: `${server}/4f2a/token` } }),
    ),
    'nothing was refused': record(authorize(), redeem()),
  },
} satisfies RuleCases
