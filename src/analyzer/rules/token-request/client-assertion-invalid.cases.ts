import { START, authorize, jwt, record, redeem, request, seconds, server, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const claims = {
  iss: request.client_id,
  sub: request.client_id,
  aud: server,
  iat: seconds(START),
  exp: seconds(START) + 120,
  jti: 'j1',
}
const login = (more: object, type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') =>
  record(
    authorize(),
    redeem({
      token: { client_assertion: jwt({ ...claims, ...more }), client_assertion_type: type },
      tokenCall: tokenError('invalid_client', {}, 401),
    }),
  )

export default {
  fail: {
    expired: login({ exp: seconds(START) - 600 }),
    'for another server': login({ aud: 'https://other.example' }),
    'of another client': login({ sub: 'other-client' }),
    'of the wrong type': login({}, 'jwt-bearer'),
  },
  pass: { 'in order': login({}), 'for the token endpoint': login({ aud: [`${server}/token`] }) },
  notApplicable: { 'no assertion': record(authorize(), redeem({ tokenCall: tokenError('invalid_client', {}, 401) })) },
} satisfies RuleCases
