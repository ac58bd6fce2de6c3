import { client, code, codeLogin, navigate, record, request, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const upstream = 'https://upstream.example'
const second = (redirect_uri: string) => ({
  client_id: 'broker',
  response_type: 'code',
  redirect_uri,
  state: 'upstream-state',
  scope: 'openid',
})

export default {
  fail: {
    'the application is named': {
      recording: record(
        navigate([
          { url: `${client}/login`, headers: { 'Set-Cookie': 'st=1; Path=/' } },
          { url: url(`${server}/authorize`, request) },
          { url: url(`${upstream}/authorize`, second(request.redirect_uri)) },
          {
            url: url(request.redirect_uri, { code, state: 'upstream-state' }),
            requestHeaders: { Cookie: 'st=1' },
            status: 400,
          },
        ]),
      ),
      owner: 'client',
    },
  },
  pass: {
    'the broker is named': record(
      navigate([
        { url: url(`${server}/authorize`, request) },
        { url: url(`${upstream}/authorize`, second(`${server}/broker/callback`)) },
        { url: url(`${server}/broker/callback`, { code: 'upstream-code', state: 'upstream-state' }) },
        { url: url(request.redirect_uri, { code, state: request.state }), body: '<html></html>' },
      ]),
    ),
  },
  notApplicable: { 'one server': record(codeLogin()) },
} satisfies RuleCases
