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

const idToken = jwt(idTokenClaims)
const accessToken = jwt({ iss: server, aud: api, exp: seconds(START) + 3600, scope: 'a' }, { typ: 'at+jwt' })

const orders = (value: string, status = 401) =>
  call(
    {
      url: `${api}/orders`,
      requestHeaders: { Authorization: `Bearer ${value}` },
      status,
      headers: {
        'WWW-Authenticate': 'Bearer error="invalid_token", error_description="audience invalid"',
        'Access-Control-Allow-Origin': client,
      },
    },
    { initiator: client },
  )

export default {
  fail: {
    'the id_token of this login': record(codeLogin(), orders(idToken)),
    'an ID token from before the recording, by its claims': record(orders(idToken)),
  },
  pass: {
    'an access token': record(codeLogin({ tokenAnswer: { access_token: accessToken } }), orders(accessToken)),
    'an opaque token': record(codeLogin(), orders('2YotnFZFEjr1zCsicMWpAA')),
  },
  notApplicable: { 'an API that takes ID tokens': record(codeLogin(), orders(idToken, 200)) },
} satisfies RuleCases
