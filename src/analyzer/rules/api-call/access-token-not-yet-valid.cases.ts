import { START, api, call, client, codeLogin, jwt, record, seconds, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const orders = (claims: object, headers: Record<string, string> = {}) => {
  const token = jwt({ iss: server, aud: api, exp: seconds(START) + 3600, ...claims }, { typ: 'at+jwt' })
  return record(
    codeLogin({ tokenAnswer: { access_token: token } }),
    call(
      {
        url: `${api}/orders`,
        requestHeaders: { Authorization: `Bearer ${token}` },
        status: 401,
        headers: { 'Access-Control-Allow-Origin': client, ...headers },
      },
      { initiator: client },
    ),
  )
}

export default {
  fail: {
    'nbf in the future': orders({ nbf: seconds(START) + 30 }),
    'iat ahead of the API’s Date': orders({ iat: seconds(START) }, { Date: new Date(START - 60_000).toUTCString() }),
  },
  pass: {
    'valid at once': orders({ nbf: seconds(START), iat: seconds(START) }, { Date: new Date(START).toUTCString() }),
  },
  notApplicable: { 'nothing was refused': record(codeLogin()) },
} satisfies RuleCases
