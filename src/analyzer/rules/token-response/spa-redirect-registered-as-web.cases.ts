import { authorize, call, codeLogin, record, redeem, server, serverLogin, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const refused = (error: string, error_description?: string, status = 401) =>
  record(authorize(), redeem({ tokenCall: tokenError(error, { error_description }, status) }))

export default {
  fail: {
    'refused without a word': { recording: refused('invalid_client'), owner: 'authorization_server' },
    'the server says that a secret is missing': refused(
      'invalid_request',
      'AADSTS9002326: Cross-origin token redemption is permitted only for the Single-Page Application client-type.',
      400,
    ),
    'the client is called unauthorized for the code that it was just given': refused(
      'unauthorized_client',
      undefined,
      403,
    ),
    'the answer was not visible': record(authorize(), redeem({ tokenCall: { status: 401, body: undefined } })),
  },
  pass: {
    'a secret was sent': record(
      authorize(),
      redeem({ token: { client_secret: 's' }, tokenCall: tokenError('invalid_client', {}, 401) }),
    ),
  },
  notApplicable: {
    'the grant is not allowed, in words': refused('unauthorized_client', 'Grant type not allowed for the client.', 403),
    'a healthy login': record(codeLogin()),
    'a job without a secret': record(
      call({
        url: `${server}/token`,
        form: { grant_type: 'client_credentials', client_id: 'job' },
        ...tokenError('invalid_client', {}, 401),
      }),
    ),
  },
  indeterminate: { 'a server redeems the code': record(serverLogin({ callback: { status: 500 } })) },
} satisfies RuleCases
