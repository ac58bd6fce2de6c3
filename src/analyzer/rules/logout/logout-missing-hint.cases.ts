import { client, codeLogin, navigate, record, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const leave = (parameters: Record<string, string>, status = 400) =>
  record(navigate({ url: url(`${server}/logout`, parameters), status, body: '<html></html>' }, { initiator: client }))

const back = { post_logout_redirect_uri: `${client}/bye` }

export default {
  fail: { 'a return address alone': leave(back) },
  pass: { 'the client is named': leave({ ...back, client_id: 'shop-web' }) },
  notApplicable: {
    'the server asks the user': leave(back, 200),
    'no return address': leave({ id_token_hint: 'x' }),
    'a login': record(codeLogin()),
  },
} satisfies RuleCases
