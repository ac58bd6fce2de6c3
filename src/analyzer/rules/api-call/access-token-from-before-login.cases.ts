import { api, call, client, codeLogin, type HopSpec, jwt, record, server, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const given = '2YotnFZFEjr1zCsicMWpAA'
const old = 'mF9xB5f41JqMtZfEa0Kw7Q'

const orders = (token: string, hop: Partial<HopSpec> = {}, base = api) =>
  call(
    {
      url: `${base}/orders`,
      requestHeaders: { Authorization: `Bearer ${token}` },
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"', 'Access-Control-Allow-Origin': client },
      ...hop,
    },
    { initiator: client },
  )

const forApi = codeLogin({ request: { resource: `${api}/v1` } })
const jwtOf = (iss: string, iat: number) => jwt({ iss, iat, sub: 'ada', jti: String(iat) })

export default {
  fail: {
    'a token that nothing issued, where the login named the API': record(forApi, wait(300), orders(old)),
    'a token that stands in the page': record(
      codeLogin({ request: { resource: api }, callback: { body: `<script>token = '${old}'</script>` } }),
      orders(old),
    ),
    'a token that nothing issued, at an API of the server itself': record(codeLogin(), orders(old, {}, server)),
    'an older token of the same issuer': record(
      codeLogin({ tokenAnswer: { access_token: jwtOf(server, 2) } }),
      orders(jwtOf(server, 1)),
    ),
  },
  pass: {
    'the token that the login gave': record(forApi, orders(given)),
    'a login for something else': record(codeLogin(), orders(old)),
    'a token of another issuer': record(
      codeLogin({ tokenAnswer: { access_token: jwtOf(server, 2) } }),
      orders(jwtOf('https://other.example', 1)),
    ),
    'a token that the client’s own server handed out': record(
      forApi,
      call({ url: `${client}/session`, body: { apiToken: old } }, { initiator: client }),
      orders(old),
    ),
    'an answer before the call that nobody read': record(
      forApi,
      call({ url: `${client}/session` }, { initiator: client }),
      orders(old),
    ),
    'a token that the API took before': record(
      forApi,
      orders(old, { status: 200, headers: {} }),
      wait(1000),
      orders(old),
    ),
    'a login whose token was not seen': record(
      codeLogin({ request: { resource: api }, tokenCall: { body: undefined } }),
      orders(old),
    ),
  },
  notApplicable: {
    'before the login, which it led to': record(orders(old), forApi, orders(given, { status: 200, headers: {} })),
    'a call that went well': record(forApi, orders(old, { status: 200, headers: {} })),
    'a missing permission': record(
      forApi,
      orders(old, { status: 403, headers: { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' } }),
    ),
  },
} satisfies RuleCases
