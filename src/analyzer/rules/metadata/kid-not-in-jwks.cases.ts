import { call, client, codeLogin, metadata, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const keys = (...kids: string[]) =>
  call(
    {
      url: `${server}/jwks`,
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: { keys: kids.map((kid) => ({ kty: 'RSA', use: 'sig', alg: 'RS256', kid, n: '0vx7', e: 'AQAB' })) },
    },
    { initiator: client },
  )

export default {
  fail: {
    'the key set has other keys': record(metadata(), codeLogin({ idTokenHeader: { kid: 'k9' } }), keys('k1', 'k2')),
    'an old key set': record(metadata(), keys('k1'), codeLogin({ idTokenHeader: { kid: 'k2' } })),
  },
  pass: { 'a healthy login': record(metadata(), codeLogin(), keys('k1')) },
  notApplicable: {
    'the token names no key': record(metadata(), codeLogin({ idTokenHeader: { kid: undefined } }), keys('k1')),
  },
  indeterminate: { 'no key set was seen': record(metadata(), codeLogin()) },
} satisfies RuleCases
