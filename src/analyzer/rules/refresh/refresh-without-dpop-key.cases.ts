import {
  START,
  call,
  client,
  codeLogin,
  jwt,
  record,
  seconds,
  server,
  tokenError,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const dpop = (x: string) =>
  jwt(
    { jti: x, htm: 'POST', htu: `${server}/token`, iat: seconds(START) + 60 },
    { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x, y: 'y' } },
  )
const login = (requestHeaders: Readonly<Record<string, string>>) =>
  codeLogin({ tokenAnswer: { refresh_token: 'r1' }, tokenCall: { requestHeaders } })
const refresh = (requestHeaders: Readonly<Record<string, string>>) =>
  call(
    {
      url: `${server}/token`,
      form: { grant_type: 'refresh_token', refresh_token: 'r1', client_id: 'shop-web' },
      ...tokenError('invalid_grant'),
      requestHeaders,
    },
    { initiator: client },
  )

export default {
  fail: {
    'a new key': record(login({ DPoP: dpop('first') }), wait(60_000), refresh({ DPoP: dpop('second') })),
    'no proof any more': record(login({ DPoP: dpop('first') }), wait(60_000), refresh({})),
  },
  pass: { 'the same key': record(login({ DPoP: dpop('first') }), wait(60_000), refresh({ DPoP: dpop('first') })) },
  notApplicable: { 'no DPoP': record(login({}), wait(60_000), refresh({})) },
} satisfies RuleCases
