import { START, api, call, client, codeLogin, jwt, metadata, record, seconds, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const token = jwt({ iss: server, aud: api, exp: seconds(START) + 3600, scope: 'a' }, { typ: 'at+jwt' })

const orders = (value: string, hop: object = {}) =>
  call(
    {
      url: `${api}/orders`,
      requestHeaders: { Authorization: `Bearer ${value}` },
      status: 401,
      headers: { 'Access-Control-Allow-Origin': client },
      ...hop,
    },
    { initiator: client },
  )

const login = codeLogin({ tokenAnswer: { access_token: token } })

export default {
  fail: {
    'a good token, 401 without a word': record(login, orders(token)),
    'an opaque token': record(codeLogin(), orders('2YotnFZFEjr1zCsicMWpAA')),
    'an encrypted token': record(orders('eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..aa.bb.cc')),
    'at the userinfo endpoint': record(
      metadata(),
      codeLogin(),
      orders('2YotnFZFEjr1zCsicMWpAA', {
        url: `${server}/me`,
        headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"', 'Access-Control-Allow-Origin': client },
      }),
    ),
    'hidden by CORS': record(login, orders(token, { headers: {}, error: 'net::ERR_FAILED' })),
  },
  pass: {
    'a missing permission': record(login, orders(token, { status: 403 })),
  },
  notApplicable: {
    accepted: record(login, orders(token, { status: 200 })),
    'renewed and repeated': record(login, orders(token), orders(jwt({ iss: server, aud: api }), { status: 200 })),
  },
} satisfies RuleCases
