import { authorize, client, codeLogin, record, redeem, serverLogin, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const sentence =
  'AADSTS9002326: Cross-origin token redemption is permitted only for the Single-Page Application client-type.'
const login = (body: string) => record(serverLogin({ callback: { status: 500, location: undefined, body } as object }))
const refused = tokenError('invalid_request', { error_description: sentence })

export default {
  fail: {
    'the error page of the client says it': login(`<p>${sentence}</p>`),
    'a proxy under the page’s own origin': record(
      authorize(),
      redeem({ tokenCall: { ...refused, url: `${client}/proxy/token` } }),
    ),
  },
  pass: {
    'another error page': login('<p>Something went wrong</p>'),
    'the page itself redeems the code': record(authorize(), redeem({ tokenCall: refused })),
  },
  notApplicable: { 'a healthy login': record(codeLogin()) },
} satisfies RuleCases
