import { api, call, client, codeLogin, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const token = '2YotnFZFEjr1zCsicMWpAA'

const odd = 'opaque#of-this-server'

const refusedWith = (bearer: string, status = 401) => [
  call(
    {
      url: `${api}/orders`,
      requestHeaders: { Authorization: `Bearer ${bearer}` },
      status,
      headers: { 'WWW-Authenticate': 'Bearer realm="orders"', 'Access-Control-Allow-Origin': client },
    },
    { initiator: client },
  ),
]

const orders = (Authorization?: string, hop: object = {}) =>
  record(
    codeLogin(),
    call(
      {
        url: `${api}/orders`,
        requestHeaders: { ...(Authorization !== undefined && { Authorization }) },
        status: 401,
        headers: { 'WWW-Authenticate': 'Bearer realm="orders"', 'Access-Control-Allow-Origin': client },
        ...hop,
      },
      { initiator: client },
    ),
  )

export default {
  fail: {
    'no scheme': orders(token),
    'the scheme twice': orders(`Bearer Bearer ${token}`),
    'quotes around the token': orders(`Bearer "${token}"`),
    'two spaces': orders(`Bearer  ${token}`),
    'a line break in the token': orders(`Bearer ${token} ${token}`),
    'a colon after the scheme': orders(`Bearer: ${token}`),
    'undefined in place of the token': orders('Bearer undefined'),
    'a promise in place of the token': orders('Bearer [object Promise]'),
    'no token behind the scheme': orders('Bearer'),
    'undefined in place of the scheme': orders(`undefined ${token}`),
    'JSON around the token': orders(`Bearer {"access_token":"${token}"}`),
    'the placeholder of a service worker that keeps the tokens': orders('Bearer TOKEN_KEPT_BY_SERVICE_WORKER#tab=1'),
  },
  pass: {
    'an opaque token with marks that some servers put in': orders('Bearer 00D8d000!AQEAQ.a|7=$*'),
    'an opaque token whose parts a server joins with colons': orders('Bearer mia:0Xb2:9dKq31'),
    'a token like no other, which was issued': record(
      codeLogin({ tokenAnswer: { access_token: odd } }),
      ...refusedWith(odd),
    ),
    'a token like no other, which the API took before': record(
      codeLogin(),
      ...[200, 401].flatMap((status) => refusedWith(odd, status)),
    ),
    'a good header': orders(`Bearer ${token}`),
    'the scheme in lower case': orders(`bearer ${token}`),
  },
  notApplicable: {
    'no header': orders(),
    'Basic for an API that asks for Basic': orders('Basic dTpw', {
      headers: { 'WWW-Authenticate': 'Basic realm="x"' },
    }),
    'accepted in spite of it': orders(token, { status: 200, headers: {} }),
  },
} satisfies RuleCases
