import { authorize, codeLogin, errorPage, errorRedirect, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'scope twice': record(errorRedirect('invalid_request', { request: { scope: ['openid', 'openid profile'] } })),
    'client_id twice, answered by a page': record(errorPage({ request: { client_id: ['shop-web', 'shop-web'] } })),
    'redirect_uri twice at the token endpoint': record(
      authorize(),
      redeem({
        token: { redirect_uri: ['https://app.example/callback', 'https://app.example/callback'] },
        tokenCall: tokenError('invalid_request'),
      }),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'two resources': record(
      errorRedirect('invalid_request', { request: { resource: ['https://a.example', 'https://b.example'] } }),
    ),
    'the server does not mind': record(codeLogin({ request: { ui_locales: ['de', 'en'] } })),
  },
  notApplicable: { 'the login page is open': record(errorPage({ authorization: { status: 200 } })) },
} satisfies RuleCases
