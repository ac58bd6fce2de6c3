import { api, call, client, codeLogin, navigate, record, redeem, request, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const orders = (requestHeaders: Record<string, string> = {}, hop: object = {}) =>
  call(
    {
      url: `${api}/orders`,
      requestHeaders,
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer realm="orders"', 'Access-Control-Allow-Origin': client },
      ...hop,
    },
    { initiator: client },
  )

const good = { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' }

/** A token that came in the URL, and a call of the page that the API refuses without a challenge. */
const implicit = navigate(
  [
    { url: url(`${server}/authorize`, { ...request, response_type: 'token' }) },
    { url: `${request.redirect_uri}#access_token=2YotnFZFEjr1zCsicMWpAA&token_type=Bearer&state=${request.state}` },
  ],
  { initiator: client },
)
const refused = (requestHeaders: Record<string, string> = {}, hop: object = {}) =>
  orders(requestHeaders, { headers: { 'Access-Control-Allow-Origin': client }, ...hop })

export default {
  fail: {
    'after a token in the URL, refused without a challenge': record(implicit, refused()),
    'after a login': record(codeLogin(), orders()),
    'beside calls that carry a token': record(orders(good, { status: 200, url: `${api}/me` }), orders()),
    'dropped on a redirect to another origin': record(
      codeLogin(),
      call(
        [
          { url: `${client}/api/orders`, requestHeaders: good, status: 302 },
          { url: `${api}/orders`, status: 401, headers: { 'WWW-Authenticate': 'Bearer' } },
        ],
        { initiator: client },
      ),
    ),
  },
  pass: {
    'a token was sent': record(codeLogin(), orders(good)),
    'the code was redeemed twice before': record(codeLogin(), redeem(), orders()),
  },
  notApplicable: {
    'the call has a cookie for that': record(implicit, refused({ Cookie: 'session=1' })),
    'the page asks its own server': record(implicit, refused({}, { url: `${client}/api/me` })),
    'the token is in use': record(implicit, orders(good, { status: 200, url: `${api}/me` }), refused()),
    'the API takes the same call later': record(implicit, refused(), refused({}, { status: 200 })),
    'a code was answered, and no challenge came': record(codeLogin(), refused()),
    'nobody signed in yet': record(orders()),
    'the login follows from it (RFC 9728)': record(
      orders(
        {},
        {
          headers: {
            'WWW-Authenticate': 'Bearer resource_metadata="https://api.example/.well-known/oauth-protected-resource"',
          },
        },
      ),
      codeLogin(),
    ),
    'repeated with a token': record(codeLogin(), orders(), orders(good, { status: 200 })),
    'another scheme is asked for': record(codeLogin(), orders({}, { headers: { 'WWW-Authenticate': 'Negotiate' } })),
    'an ordinary page': record(
      navigate({ url: url(`${server}/authorize`, request), body: '<html></html>' }, { initiator: client }),
    ),
  },
} satisfies RuleCases
