import { START, api, call, client, codeLogin, jwt, record, seconds, server, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const claims = { iss: server, aud: api, sub: 'a', iat: seconds(START), exp: seconds(START) + 60 }
const token = jwt(claims, { typ: 'at+jwt' })

const orders = (value: string, hop: object = {}) =>
  call(
    {
      url: `${api}/orders`,
      requestHeaders: { Authorization: `Bearer ${value}` },
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"', 'Access-Control-Allow-Origin': client },
      ...hop,
    },
    { initiator: client },
  )

const login = codeLogin({ tokenAnswer: { access_token: token, expires_in: 60 } })
const good = jwt({ ...claims, exp: seconds(START) + 9999 }, { typ: 'at+jwt' })

export default {
  fail: {
    'exp is behind the clock of the API': record(login, wait(120_000), orders(token)),
    'by the Date of the API, whatever the browser’s clock says': record(
      login,
      orders(token, { headers: { Date: new Date(START + 90_000).toUTCString(), 'Access-Control-Allow-Origin': '*' } }),
    ),
    'an opaque token by expires_in': record(
      codeLogin({ tokenAnswer: { expires_in: 30 } }),
      wait(60_000),
      orders('2YotnFZFEjr1zCsicMWpAA'),
    ),
    'hidden by CORS': record(login, wait(120_000), orders(token, { headers: {}, error: 'net::ERR_FAILED' })),
  },
  pass: { 'time is left on the token': record(login, orders(token)) },
  notApplicable: {
    'renewed and repeated': record(login, wait(120_000), orders(token), orders(good, { status: 200 })),
    'a call without a token': record(login, orders('', { requestHeaders: {} })),
  },
  indeterminate: { 'an opaque token from before the recording': record(orders('2YotnFZFEjr1zCsicMWpAA')) },
} satisfies RuleCases
