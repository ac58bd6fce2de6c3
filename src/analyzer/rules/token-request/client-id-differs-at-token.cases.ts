import { authorize, codeLogin, record, redeem, serverLogin, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const token = { client_id: 'shop-web-staging' }

export default {
  fail: {
    'another client': record(authorize(), redeem({ token, tokenCall: tokenError('invalid_grant') })),
    'another client, which is not known': record(
      authorize(),
      redeem({ token, tokenCall: tokenError('invalid_client', {}, 401) }),
    ),
    'the answer was not visible': record(authorize(), redeem({ token, tokenCall: { status: 400, body: undefined } })),
  },
  pass: { 'the same client': record(codeLogin()) },
  notApplicable: { 'no client is named': record(codeLogin({ token: { client_id: undefined } })) },
  indeterminate: { 'a server redeems the code': record(serverLogin()) },
} satisfies RuleCases
