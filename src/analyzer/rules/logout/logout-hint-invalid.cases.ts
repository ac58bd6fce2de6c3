import {
  client,
  codeLogin,
  idTokenClaims,
  jwt,
  metadata,
  navigate,
  record,
  request,
  server,
  url,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const leave = (id_token_hint: string | undefined, status = 400) =>
  navigate(
    {
      url: url(`${server}/logout`, {
        id_token_hint,
        client_id: request.client_id,
        post_logout_redirect_uri: `${client}/bye`,
      }),
      status,
      body: '<html></html>',
    },
    { initiator: client },
  )

export default {
  fail: {
    'the access token': record(codeLogin(), leave('2YotnFZFEjr1zCsicMWpAA')),
    'cut off': record(leave('eyJhbGciOiJSUzI1NiJ9.eyJpc3M')),
    'of another client': record(leave(jwt({ ...idTokenClaims, aud: 'other' }))),
    'of another issuer': record(metadata(), leave(jwt({ ...idTokenClaims, iss: 'https://old.example' }))),
    expired: record(leave(jwt({ ...idTokenClaims, exp: 1 }))),
  },
  pass: {
    'a current ID token': record(metadata(), leave(jwt(idTokenClaims))),
  },
  notApplicable: {
    'no hint': record(leave(undefined)),
    'an expired hint that is accepted': record(leave(jwt({ ...idTokenClaims, exp: 1 }), 200)),
  },
} satisfies RuleCases
