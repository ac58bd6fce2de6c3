import { codeLogin, record, request } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const login = (idToken: Readonly<Record<string, unknown>>) => record(codeLogin({ idToken }))

export default {
  fail: {
    'another client': login({ aud: 'somebody-else' }),
    'a list without the client': login({ aud: ['a', 'b'] }),
    'another authorized party': { recording: login({ aud: [request.client_id, 'x'], azp: 'x' }), rootCause: null },
  },
  pass: {
    'the client': login({}),
    'the client among others': login({ aud: [request.client_id, 'https://api.example'], azp: request.client_id }),
  },
  notApplicable: { 'no ID token': record(codeLogin({ tokenAnswer: { id_token: undefined } })) },
} satisfies RuleCases
