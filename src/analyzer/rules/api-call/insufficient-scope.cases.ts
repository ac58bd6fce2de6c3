import { START, api, call, client, codeLogin, jwt, record, seconds, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const token = jwt({ iss: server, aud: api, exp: seconds(START) + 3600, scope: 'orders:read' }, { typ: 'at+jwt' })
const challenge = 'Bearer error="insufficient_scope", scope="orders:write"'

const orders = (hop: object = {}, scope = 'openid orders:read') =>
  record(
    codeLogin({ request: { scope }, tokenAnswer: { access_token: token } }),
    call(
      {
        url: `${api}/orders`,
        method: 'DELETE',
        requestHeaders: { Authorization: `Bearer ${token}` },
        status: 403,
        headers: { 'WWW-Authenticate': challenge, 'Access-Control-Allow-Origin': client },
        ...hop,
      },
      { initiator: client },
    ),
  )

export default {
  fail: {
    'the API names the scope': { recording: orders(), owner: 'client' },
    'asked for and not granted': { recording: orders({}, 'openid orders:write'), owner: 'authorization_server' },
    '403 without a word': orders({
      headers: { 'Access-Control-Allow-Origin': client },
      body: { message: 'Forbidden' },
    }),
    '403 without a word, its body not seen': orders({ headers: { 'Access-Control-Allow-Origin': client } }),
  },
  pass: { 'a 401': orders({ status: 401, headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } }) },
  notApplicable: { allowed: orders({ status: 204, headers: {} }) },
  indeterminate: { 'the page of a firewall': orders({ headers: {}, body: '<html>Access denied</html>' }) },
} satisfies RuleCases
