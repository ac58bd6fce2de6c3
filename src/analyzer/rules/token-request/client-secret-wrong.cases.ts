import { authorize, call, record, redeem, request, server, serverLogin, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const tokenCall = tokenError('invalid_client', {}, 401)
const basic = (credentials: string) => ({ requestHeaders: { Authorization: `Basic ${btoa(credentials)}` } })

export default {
  fail: {
    'in the header': record(authorize(), redeem({ tokenCall: { ...tokenCall, ...basic(`${request.client_id}:old`) } })),
    'in the body': record(authorize(), redeem({ token: { client_secret: 'old' }, tokenCall })),
    'a placeholder': record(authorize(), redeem({ token: { client_secret: '${CLIENT_SECRET}' }, tokenCall })),
    'with white space': record(authorize(), redeem({ token: { client_secret: 'secret\n' }, tokenCall })),
    'client credentials': record(
      call({
        url: `${server}/token`,
        form: { grant_type: 'client_credentials', client_id: 'job', client_secret: 'old' },
        ...tokenCall,
      }),
    ),
    'the answer was not visible': record(
      authorize(),
      redeem({ token: { client_secret: 'old' }, tokenCall: { status: 401, body: undefined } }),
    ),
  },
  pass: {},
  notApplicable: {
    'no secret was sent': record(authorize(), redeem({ tokenCall })),
    'the code was refused': record(
      authorize(),
      redeem({ token: { client_secret: 's' }, tokenCall: tokenError('invalid_grant') }),
    ),
  },
  indeterminate: { 'a server redeems the code': record(serverLogin({ callback: { status: 500 } })) },
} satisfies RuleCases
