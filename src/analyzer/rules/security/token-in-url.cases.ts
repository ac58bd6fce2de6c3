import { all, api, call, client, codeLogin, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const ask = (query: string, headers = {}) =>
  all(
    codeLogin(),
    call(
      {
        url: `${api}/orders${query}`,
        requestHeaders: headers,
        headers: { 'Access-Control-Allow-Origin': client },
        body: {},
      },
      { initiator: client },
    ),
  )

export default {
  fail: { 'an API call': record(ask('?access_token=2YotnFZFEjr1zCsicMWpAA')) },
  pass: {
    'a healthy login': record(codeLogin()),
    'a token in the header': record(ask('?page=2', { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' })),
  },
} satisfies RuleCases
