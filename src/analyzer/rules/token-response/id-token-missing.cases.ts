import { api, call, client, codeLogin, record, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const without = { tokenAnswer: { id_token: undefined } }

export default {
  fail: {
    'openid was asked for, and nothing says how the client took it': {
      recording: record(codeLogin(without)),
      rootCause: null,
    },
    'openid was not granted': record(codeLogin({ tokenAnswer: { id_token: undefined, scope: 'profile' } })),
    'the client went on without': {
      recording: record(
        codeLogin(without),
        call(
          { url: `${api}/orders`, requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' }, body: [] },
          { initiator: client },
        ),
      ),
      rootCause: null,
    },
  },
  pass: { 'an ID token': record(codeLogin()) },
  notApplicable: { 'no openid': record(codeLogin({ ...without, request: { scope: 'orders' } })) },
  indeterminate: {
    'the body was not visible': record(codeLogin({ tokenCall: { body: undefined } })),
    'a server redeems the code': record(serverLogin()),
  },
} satisfies RuleCases
