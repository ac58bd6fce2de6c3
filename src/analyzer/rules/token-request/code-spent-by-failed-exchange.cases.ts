import { authorize, codeLogin, record, redeem, tokenError, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const again = (first: object) =>
  record(authorize(), redeem({ tokenCall: first }), wait(200), redeem({ tokenCall: tokenError('invalid_grant') }))

export default {
  fail: {
    'the first was refused for its form': again(tokenError('invalid_request')),
    'the page gave the first up': again({ error: 'net::ERR_ABORTED' }),
    'the answers were not visible': record(
      authorize(),
      redeem({ tokenCall: { status: 400, body: undefined } }),
      redeem({ tokenCall: { status: 400, body: undefined } }),
    ),
    'the server had failed, which explains more': {
      recording: again({ status: 500, body: 'oops' }),
      rootCause: 'server-error',
    },
  },
  pass: {
    'the code was sent once': record(authorize(), redeem({ tokenCall: tokenError('invalid_grant') })),
    'the client was not authenticated at first': again(tokenError('invalid_client', {}, 401)),
  },
  notApplicable: { 'a healthy login': record(codeLogin()) },
} satisfies RuleCases
