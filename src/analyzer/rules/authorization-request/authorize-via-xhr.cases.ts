import { api, call, client, codeLogin, record, request, server, serverLogin, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const target = url(`${server}/authorize`, request)
const refresh = call(
  {
    url: `${server}/token`,
    form: { grant_type: 'refresh_token', refresh_token: 'r1' },
    body: { access_token: 'a', token_type: 'Bearer' },
  },
  { initiator: client },
)

export default {
  fail: {
    'a fetch of the authorization endpoint': record(
      call({ url: target, error: 'net::ERR_FAILED' }, { initiator: client }),
    ),
    'the login page arrives, and the browser keeps it': record(
      call(
        { url: target, status: 200, body: '<html></html>', requestHeaders: { Origin: client } },
        { initiator: client },
      ),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'a login of a server': record(serverLogin()),
    'an API that redirects': record(
      call([{ url: `${api}/orders` }, { url: target, error: 'net::ERR_FAILED' }], { initiator: client }),
    ),
  },
  notApplicable: { 'a refresh': record(refresh) },
} satisfies RuleCases
