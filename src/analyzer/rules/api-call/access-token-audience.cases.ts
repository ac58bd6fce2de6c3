import {
  START,
  api,
  call,
  client,
  codeLogin,
  idTokenClaims,
  jwt,
  record,
  seconds,
  server,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const tokenFor = (aud: unknown) => jwt({ iss: server, aud, exp: seconds(START) + 3600, scope: 'a' }, { typ: 'at+jwt' })

const orders = (aud: unknown, said = '', status = 401, value = tokenFor(aud)) =>
  record(
    codeLogin({ tokenAnswer: { access_token: value } }),
    call(
      {
        url: `${api}/orders`,
        requestHeaders: { Authorization: `Bearer ${value}` },
        status,
        headers: { 'WWW-Authenticate': `Bearer error="invalid_token"${said}`, 'Access-Control-Allow-Origin': client },
      },
      { initiator: client },
    ),
  )

const graphToken = jwt(
  { iss: 'https://sts.windows.net/7b/', aud: '00000003-0000-0000-c000-000000000000', exp: seconds(START) + 3600 },
  { nonce: 'x' },
)
const withGraphToken = (called: string) =>
  record(
    call(
      { url: called, requestHeaders: { Authorization: `Bearer ${graphToken}` }, status: 401, headers: {} },
      { initiator: client },
    ),
  )

export default {
  fail: {
    'the API says so': orders('urn:billing', ', error_description="unexpected aud claim value"'),
    'all audiences are addresses of other hosts': orders(['https://billing.test/']),
    'the number of an API of the provider': withGraphToken(`${api}/orders`),
    'the API publishes another identifier': record(
      call(
        {
          url: `${api}/.well-known/oauth-protected-resource`,
          body: { resource: `${api}/v2`, authorization_servers: [server] },
        },
        { initiator: client },
      ),
      codeLogin({ tokenAnswer: { access_token: tokenFor('urn:billing') } }),
      call(
        { url: `${api}/orders`, requestHeaders: { Authorization: `Bearer ${tokenFor('urn:billing')}` }, status: 401 },
        { initiator: client },
      ),
    ),
  },
  pass: {
    'the API is the audience': orders(api),
    'that API itself': withGraphToken('https://graph.microsoft.com/v1.0/me'),
    'an identifier that is no address': orders('orders-api'),
  },
  notApplicable: {
    'an ID token has a rule of its own': orders('', ', error_description="audience"', 401, jwt(idTokenClaims)),
    'a missing permission': orders('https://billing.test/', '', 403),
  },
  indeterminate: { 'an opaque token': orders('', '', 401, '2YotnFZFEjr1zCsicMWpAA') },
} satisfies RuleCases
