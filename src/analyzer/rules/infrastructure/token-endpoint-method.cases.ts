import { authorize, codeLogin, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const refused = (more: object = {}) =>
  redeem({
    tokenCall: { status: 405, headers: { Allow: 'GET', 'Access-Control-Allow-Origin': '*' }, body: undefined, ...more },
  })

export default {
  fail: {
    'a gateway that allows GET only': { recording: record(authorize(), refused()), owner: 'authorization_server' },
    'hidden by CORS': record(authorize(), refused({ headers: {}, error: 'net::ERR_FAILED' })),
  },
  pass: {
    'an OAuth error': record(authorize(), redeem({ tokenCall: tokenError('invalid_request', {}, 405) })),
    'another status': record(authorize(), redeem({ tokenCall: { status: 404, body: undefined } })),
  },
  notApplicable: { 'a healthy login': record(codeLogin()) },
} satisfies RuleCases
