import {
  call,
  client,
  codeLogin,
  errorPage,
  errorRedirect,
  record,
  redeem,
  server,
  tokenError,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'client_id=undefined': record(errorPage({ request: { client_id: 'undefined' } })),
    'a template in the redirect_uri': record(errorPage({ request: { redirect_uri: '${BASE_URL}/callback' } })),
    'undefined as the host of the redirect_uri': record(
      errorPage({ request: { redirect_uri: 'https://undefined/callback' } }),
    ),
    'an example that was never replaced': record(errorPage({ request: { client_id: 'YOUR_CLIENT_ID' } })),
    'a tenant in the path': record(errorPage({ authorizationUrl: `${server}/undefined/oauth2/authorize` })),
    'an audience that is an object': record(
      errorRedirect('invalid_request', { request: { audience: '[object Object]' } }),
    ),
    'the token request': record(
      redeem({ token: { client_id: 'undefined' }, tokenCall: tokenError('invalid_client', {}, 401) }),
    ),
    'the metadata URL': record(
      call({ url: `${server}/null/.well-known/openid-configuration`, status: 404 }, { initiator: client }),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'an accepted login_hint': record(codeLogin({ request: { login_hint: 'undefined' } })),
    'a state in braces is data': record(errorRedirect('invalid_scope', { request: { state: '{"a":"b"}' } })),
    'an optional parameter does not end on a page': record(errorPage({ request: { login_hint: 'null' } })),
  },
} satisfies RuleCases
