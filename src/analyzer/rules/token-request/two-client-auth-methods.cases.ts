import { authorize, record, redeem, request, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const requestHeaders = { Authorization: `Basic ${btoa(`${request.client_id}:a-secret`)}` }

export default {
  fail: {
    'header and body': record(
      authorize(),
      redeem({
        token: { client_secret: 'a-secret' },
        tokenCall: { ...tokenError('invalid_client', {}, 401), requestHeaders },
      }),
    ),
    'called an invalid request': record(
      authorize(),
      redeem({ token: { client_secret: 'a-secret' }, tokenCall: { ...tokenError('invalid_request'), requestHeaders } }),
    ),
  },
  pass: {
    'client_id in the body beside the header': record(
      authorize(),
      redeem({ tokenCall: { ...tokenError('invalid_client', {}, 401), requestHeaders } }),
    ),
  },
  notApplicable: {
    'the server accepted it': record(
      authorize(),
      redeem({ token: { client_secret: 'a-secret' }, tokenCall: { requestHeaders } }),
    ),
  },
} satisfies RuleCases
