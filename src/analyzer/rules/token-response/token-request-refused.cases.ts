import { authorize, call, codeLogin, record, redeem, server, serverLogin, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const exchange = (error: string, token = {}) => record(authorize(), redeem({ token, tokenCall: tokenError(error) }))
const grant = (form: Readonly<Record<string, string>>, error: string, status = 400) =>
  record(call({ url: `${server}/token`, form, ...tokenError(error, {}, status) }))

export default {
  fail: {
    'something is wrong with the request': exchange('invalid_request'),
    'a parameter is there twice': {
      recording: record(
        authorize(),
        redeem({
          token: { client_id: ['shop-web', 'shop-web'] as unknown as string },
          tokenCall: tokenError('invalid_request'),
        }),
      ),
      rootCause: 'duplicate-parameter',
    },
    'a grant that the server does not have': exchange('unsupported_grant_type'),
    'a wrong password': {
      recording: grant(
        { grant_type: 'password', client_id: 'old-app', username: 'ada', password: 'x' },
        'invalid_grant',
      ),
      owner: 'user',
    },
    'a policy': exchange('access_denied'),
    'more interaction is needed': grant(
      { grant_type: 'refresh_token', refresh_token: 'r', client_id: 'a' },
      'interaction_required',
    ),
    'a code of its own': exchange('teapot'),
    'a page instead of a reason': record(
      authorize(),
      redeem({ tokenCall: { status: 400, body: '<html>Bad Request</html>' } }),
    ),
    'the answer was not visible': record(authorize(), redeem({ tokenCall: { status: 400, body: undefined } })),
  },
  pass: { 'a healthy login': record(codeLogin()) },
  notApplicable: {
    'the code was refused': exchange('invalid_grant'),
    'a server redeems the code': record(serverLogin()),
  },
} satisfies RuleCases
