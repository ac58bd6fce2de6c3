import { authorize, metadata, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const refused = (token: Readonly<Record<string, string>>, more = {}) => ({
  token,
  tokenCall: { ...tokenError('invalid_client', {}, 401), ...more },
})
const basicOnly = metadata({ token_endpoint_auth_methods_supported: ['none', 'client_secret_basic'] })
const secret = { client_secret: 'a-secret' }

export default {
  fail: {
    'the secret is in the body, the server wants the header': record(basicOnly, authorize(), redeem(refused(secret))),
    'the secret is in the header, the server wants the body': record(
      metadata({ token_endpoint_auth_methods_supported: ['client_secret_post'] }),
      authorize(),
      redeem(refused({}, { requestHeaders: { Authorization: 'Basic c2hvcC13ZWI6YS1zZWNyZXQ=' } })),
    ),
    'the answer was not visible': record(
      basicOnly,
      authorize(),
      redeem({ token: secret, tokenCall: { status: 401, body: undefined } }),
    ),
    'the secret is in the body, and the answer is a challenge for Basic and no OAuth error': record(
      authorize(),
      redeem({
        token: secret,
        tokenCall: { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="Users"' }, body: 'Unauthorized' },
      }),
    ),
  },
  pass: {
    'the method is offered': record(
      metadata({ token_endpoint_auth_methods_supported: ['client_secret_post'] }),
      authorize(),
      redeem(refused(secret)),
    ),
  },
  notApplicable: {
    'no credentials': record(basicOnly, authorize(), redeem(refused({}))),
    'the code was refused': record(
      basicOnly,
      authorize(),
      redeem({ token: secret, tokenCall: tokenError('invalid_grant') }),
    ),
  },
  indeterminate: {
    'no metadata': record(authorize(), redeem(refused(secret))),
    'an OAuth error that comes with the challenge': record(
      authorize(),
      redeem({
        token: secret,
        tokenCall: { ...tokenError('invalid_client', {}, 401), headers: { 'WWW-Authenticate': 'Basic' } },
      }),
    ),
  },
} satisfies RuleCases
