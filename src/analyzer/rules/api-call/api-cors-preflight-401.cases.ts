import { api, call, client, codeLogin, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const orders = (preflight: number, hop: object = { error: 'net::ERR_FAILED' }) =>
  record(
    codeLogin(),
    call(
      {
        url: `${api}/orders`,
        method: 'OPTIONS',
        requestHeaders: { Origin: client, 'Access-Control-Request-Headers': 'authorization' },
        status: preflight,
      },
      { initiator: client },
    ),
    call(
      { url: `${api}/orders`, requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' }, ...hop },
      { initiator: client },
    ),
  )

export default {
  fail: { 'OPTIONS answered 401': orders(401), 'OPTIONS answered 403': orders(403) },
  pass: { 'OPTIONS answered 500': orders(500) },
  notApplicable: { 'the call went through': orders(204, { status: 200 }), healthy: record(codeLogin()) },
} satisfies RuleCases
