import { START, codeLogin, record, seconds } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const old = { iat: seconds(START) - 7200, exp: seconds(START) - 3600 }
const NOW = new Date(START).toUTCString()

export default {
  fail: {
    'from a cache': record(
      codeLogin({ idToken: old, tokenCall: { headers: { 'Access-Control-Allow-Origin': '*', Date: NOW } } }),
    ),
    'the server does not tell the time': record(codeLogin({ idToken: old })),
  },
  pass: {
    'a fresh one': record(codeLogin()),
    'expired by the browser’s clock alone': record(
      codeLogin({
        idToken: old,
        tokenCall: { headers: { 'Access-Control-Allow-Origin': '*', Date: new Date(START - 5_400_000).toUTCString() } },
      }),
    ),
  },
  notApplicable: { 'no ID token': record(codeLogin({ tokenAnswer: { id_token: undefined } })) },
} satisfies RuleCases
