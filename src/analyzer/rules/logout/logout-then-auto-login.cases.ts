import { client, codeLogin, navigate, record, server, url, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const logout = navigate(
  [
    { url: url(`${server}/logout`, { client_id: 'shop-web', post_logout_redirect_uri: `${client}/bye` }) },
    { url: `${client}/bye`, body: '<html></html>' },
  ],
  { initiator: client },
)

export default {
  fail: { 'at once': record(logout, wait(300), codeLogin()) },
  pass: {
    later: record(logout, wait(10_000), codeLogin()),
    'a silent check': record(logout, wait(300), codeLogin({ request: { prompt: 'none' } })),
  },
  notApplicable: { 'no logout': record(codeLogin()) },
} satisfies RuleCases
