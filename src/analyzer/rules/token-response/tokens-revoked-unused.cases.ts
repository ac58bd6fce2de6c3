import {
  type HopSpec,
  api,
  authorize,
  call,
  client,
  codeLogin,
  navigate,
  record,
  server,
  url,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const inPage = { initiator: client }
const unreachable = call({ url: 'https://profile.example/me', error: 'net::ERR_NAME_NOT_RESOLVED' }, inPage)
const revoke = (token = '2YotnFZFEjr1zCsicMWpAA', more: Partial<HopSpec> = {}) =>
  call({ url: `${server}/revoke`, form: { token, client_id: 'shop-web' }, body: {}, ...more }, inPage)
const unread = codeLogin({ tokenCall: { body: undefined } })

export default {
  fail: {
    'a host behind the tokens is not found': record(codeLogin(), unreachable, revoke()),
    'an answer with an error': record(codeLogin(), call({ url: `${api}/me`, status: 503 }, inPage), revoke()),
    'the answer of the token endpoint was not read': record(unread, unreachable, revoke('unseen')),
  },
  pass: {
    'nothing failed in between': record(codeLogin(), revoke()),
    'another token was revoked': record(codeLogin(), unreachable, revoke('older')),
    'the tokens were used': record(
      codeLogin(),
      unreachable,
      call({ url: `${api}/items`, requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' } }, inPage),
      revoke(),
    ),
    'somebody signs out': record(
      codeLogin(),
      unreachable,
      revoke(),
      navigate({ url: url(`${server}/logout`, { client_id: 'shop-web', post_logout_redirect_uri: client }) }, inPage),
    ),
    'it was later': record(codeLogin(), unreachable, wait(60_000), revoke()),
    'not read, and an older login has tokens too': record(
      codeLogin({ request: { state: 'older' }, response: { code: 'older' } }),
      unread,
      unreachable,
      revoke('unseen'),
    ),
  },
  notApplicable: { 'no token request': record(authorize(), unreachable) },
} satisfies RuleCases
