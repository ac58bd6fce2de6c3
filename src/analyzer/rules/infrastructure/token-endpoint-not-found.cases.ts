import { authorize, codeLogin, metadata, record, redeem, server, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const hidden = { status: 404, headers: {}, body: undefined, error: 'net::ERR_FAILED' }

export default {
  fail: {
    'another path than the metadata names, hidden by CORS': record(
      metadata(),
      authorize(),
      redeem({ tokenCall: { ...hidden, url: `${server}/oauth2/token` } }),
    ),
    'the path that the metadata names': {
      recording: record(metadata(), authorize(), redeem({ tokenCall: { status: 404, body: undefined } })),
      owner: 'authorization_server',
    },
    'no metadata seen': record(authorize(), redeem({ tokenCall: { status: 404, body: '<html>Not found</html>' } })),
    'body not seen': record(authorize(), redeem({ tokenCall: { status: 404, body: undefined } })),
  },
  pass: {
    'a 404 that is an OAuth error': record(authorize(), redeem({ tokenCall: tokenError('invalid_client', {}, 404) })),
    'nobody listens': record(authorize(), redeem({ tokenCall: { error: 'net::ERR_CONNECTION_REFUSED' } })),
  },
  notApplicable: { 'a healthy login': record(codeLogin()) },
} satisfies RuleCases
