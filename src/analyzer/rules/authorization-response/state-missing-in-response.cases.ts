import { authorize, codeLogin, record, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const without = { response: { state: undefined } }

export default {
  fail: {
    'a client’s server that does not mind': { recording: record(serverLogin(without)), rootCause: null },
    'at a page': record(codeLogin(), authorize(without)),
    'at a client’s server': record(serverLogin({ ...without, callback: { status: 403, headers: {} } })),
    'an empty state': record(authorize({ response: { state: '' } })),
  },
  pass: { 'the state came back': record(codeLogin()) },
  notApplicable: {
    'no state was sent': record(codeLogin({ request: { state: undefined } })),
    'an error without state': record(
      authorize({ response: { code: undefined, error: 'invalid_scope', state: undefined } }),
    ),
  },
  indeterminate: {
    'the request is in an encrypted request object': record(
      authorize({ request: { request: 'a.b.c.d.e', state: undefined } }),
    ),
  },
} satisfies RuleCases
