import { api, call, client, codeLogin, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const orders = (headers: Record<string, string>, status = 401) =>
  record(
    codeLogin(),
    call(
      { url: `${api}/orders`, requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' }, status, headers },
      { initiator: client },
    ),
  )

export default {
  fail: {
    'no header': { recording: orders({ 'Access-Control-Allow-Origin': '*' }), rootCause: 'access-token-rejected' },
  },
  pass: {
    'a challenge': orders({ 'WWW-Authenticate': 'Bearer error="invalid_token"', 'Access-Control-Allow-Origin': '*' }),
  },
  notApplicable: { 'a 403': orders({}, 403), accepted: orders({}, 200) },
} satisfies RuleCases
