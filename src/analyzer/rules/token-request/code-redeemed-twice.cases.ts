import {
  type HopSpec,
  api,
  authorize,
  call,
  client,
  handover,
  codeLogin,
  record,
  redeem,
  server,
  serverLogin,
  tokenError,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const orders = (hop: Partial<HopSpec> = {}) =>
  call(
    {
      url: `${api}/orders`,
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer', 'Access-Control-Allow-Origin': client },
      ...hop,
    },
    { initiator: client },
  )

/** `fetch(new Request(url, { body }))`: what it sends is shown to nobody. */
const stream = (length: string, status = 200) =>
  call(
    {
      url: `${server}/token`,
      method: 'POST',
      requestHeaders: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': length, Origin: client },
      status,
      headers: { 'Access-Control-Allow-Origin': client },
      ...(status === 200 && { body: { access_token: '2YotnFZFEjr1zCsicMWpAA', token_type: 'Bearer' } }),
    },
    { initiator: client },
  )

export default {
  fail: {
    'an effect that runs twice': record(codeLogin(), wait(18), redeem({ tokenCall: tokenError('invalid_grant') })),
    'two calls whose bodies were streams': record(authorize(), stream('219'), wait(40), stream('219', 400)),
    'a page that hands its code over twice': record(authorize(), handover(), handover({ status: 400 })),
    'both exchanges went well, and the page calls its API without a token': record(codeLogin(), redeem(), orders()),
  },
  pass: {
    'both exchanges went well, and a token is presented': record(
      codeLogin(),
      redeem(),
      orders({ requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' }, status: 200 }),
      orders(),
    ),
    'the API call without a token follows another exchange': record(
      codeLogin(),
      redeem(),
      codeLogin({ request: { state: 'next' }, response: { code: 'next-code' } }),
      orders(),
    ),
    'one exchange': record(codeLogin()),
    'the first exchange was the one that failed': record(
      authorize(),
      redeem({ tokenCall: tokenError('invalid_grant') }),
      redeem({ tokenCall: tokenError('invalid_grant') }),
    ),
  },
  indeterminate: {
    'a page hands its code to a server, which refuses': record(authorize(), handover({ status: 400 })),
    'a server redeems the code': record(serverLogin()),
  },
  notApplicable: {
    'two streams of different length': record(authorize(), stream('219'), wait(40), stream('180', 400)),
    'a stream that is sent when a refresh may be due': record(
      authorize(),
      stream('219'),
      wait(4000),
      stream('219', 400),
    ),
    'two streams that went well': record(authorize(), stream('219'), wait(40), stream('219')),
  },
} satisfies RuleCases
