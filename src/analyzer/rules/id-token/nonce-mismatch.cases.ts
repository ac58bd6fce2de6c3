import { api, call, client, codeLogin, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const apiCall = call(
  { url: `${api}/orders`, requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' }, body: [] },
  { initiator: client },
)
const otherNonce = { idToken: { nonce: 'nonce-of-somebody-else' } }

export default {
  fail: {
    'another nonce': record(codeLogin(otherNonce)),
    'no nonce': record(codeLogin({ idToken: { nonce: undefined } })),
    'the client went on': { recording: record(codeLogin(otherNonce), apiCall), rootCause: null },
  },
  pass: { 'the same nonce': record(codeLogin()) },
  notApplicable: { 'no nonce was asked for': record(codeLogin({ request: { nonce: undefined } })) },
} satisfies RuleCases
