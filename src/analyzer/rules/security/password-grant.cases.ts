import { call, client, codeLogin, record, server, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'a login form of the page': record(
      call(
        {
          url: `${server}/token`,
          form: { grant_type: 'password', client_id: 'shop-web', username: 'ada', password: 'difference-engine' },
          headers: { 'Access-Control-Allow-Origin': client },
          body: { access_token: '2YotnFZFEjr1zCsicMWpAA', token_type: 'Bearer' },
        },
        { initiator: client },
      ),
    ),
  },
  pass: { 'the code flow': record(codeLogin()) },
  notApplicable: { 'a server redeems the code': record(serverLogin()) },
} satisfies RuleCases
