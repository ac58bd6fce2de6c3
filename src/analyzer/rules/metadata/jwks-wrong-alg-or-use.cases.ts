import { call, client, codeLogin, metadata, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const key = (more: object) =>
  call(
    {
      url: `${server}/jwks`,
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: { keys: [{ kty: 'RSA', kid: 'k1', n: '0vx7', e: 'AQAB', ...more }] },
    },
    { initiator: client },
  )

export default {
  fail: {
    'a key for encryption': record(metadata(), codeLogin(), key({ use: 'enc' })),
    'a key for another algorithm': record(metadata(), codeLogin(), key({ alg: 'RS512' })),
    'a key of another type': record(metadata(), codeLogin({ idTokenHeader: { alg: 'ES256' } }), key({})),
  },
  pass: {
    'a healthy login': record(metadata(), codeLogin(), key({ use: 'sig', alg: 'RS256' })),
    'a key that says neither': record(metadata(), codeLogin(), key({})),
  },
  notApplicable: {
    'no key set': record(metadata(), codeLogin()),
    'another key': record(metadata(), codeLogin({ idTokenHeader: { kid: 'k9' } }), key({})),
  },
} satisfies RuleCases
