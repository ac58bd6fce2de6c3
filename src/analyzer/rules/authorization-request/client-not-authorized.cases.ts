import {
  authorize,
  call,
  codeLogin,
  errorPage,
  errorRedirect,
  record,
  redeem,
  server,
  tokenError,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    unauthorized_client: { recording: record(errorRedirect('unauthorized_client')), owner: 'authorization_server' },
    'a grant that is not enabled': record(
      call({
        url: `${server}/token`,
        form: { grant_type: 'client_credentials', client_id: 'job', client_secret: 's' },
        ...tokenError('unauthorized_client'),
      }),
    ),
    'a client with a secret, for the code that it was just given': record(
      authorize(),
      redeem({ token: { client_secret: 's' }, tokenCall: tokenError('unauthorized_client') }),
    ),
    'another response_type of the client works': record(
      codeLogin(),
      wait(60_000),
      errorRedirect('unauthorized_client', { request: { response_type: 'code id_token', state: 'second-login-1' } }),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'another error': record(errorRedirect('invalid_scope')),
    'a page without a secret, for the code that it was just given': record(
      authorize(),
      redeem({ tokenCall: tokenError('unauthorized_client') }),
    ),
  },
  notApplicable: {
    'a login page that is still open': record(errorPage({ authorization: { status: 200 } })),
    'a page: the client is not known at all': record(
      errorPage({ authorization: { body: '<p>unauthorized_client</p>' } }),
    ),
  },
} satisfies RuleCases
