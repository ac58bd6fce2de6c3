import { START, authorize, jwt, record, redeem, request, seconds, server, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const claims = {
  iss: 'TEAM123456',
  sub: request.client_id,
  aud: server,
  iat: seconds(START) - 100,
  exp: seconds(START) + 86_400,
}
const login = (more: object, header = {}) =>
  record(
    authorize(),
    redeem({
      token: { client_secret: jwt({ ...claims, ...more }, { alg: 'ES256', ...header }) },
      tokenCall: tokenError('invalid_client'),
    }),
  )

export default {
  fail: {
    expired: login({ exp: seconds(START) - 86_400 }),
    'valid for a year': login({ exp: seconds(START) + 365 * 86_400 }),
    'of another client': login({ sub: 'com.example.other' }),
    'signed with another algorithm': login({}, { alg: 'RS256' }),
  },
  pass: { 'in order': login({}) },
  notApplicable: {
    'an ordinary secret': record(
      authorize(),
      redeem({ token: { client_secret: 'plain' }, tokenCall: tokenError('invalid_client') }),
    ),
  },
} satisfies RuleCases
