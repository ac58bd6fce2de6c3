import { authorize, codeLogin, metadata, record, server, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const promise = metadata({ authorization_response_iss_parameter_supported: true })

export default {
  fail: {
    'promised and missing': { recording: record(promise, authorize()), owner: 'authorization_server' },
    'a server that refuses': record(promise, serverLogin({ callback: { status: 400, headers: {} } })),
    'a page that goes on': { recording: record(promise, codeLogin()), rootCause: null },
  },
  pass: { 'promised and kept': record(promise, codeLogin({ response: { iss: server } })) },
  notApplicable: {
    'not promised': record(metadata(), codeLogin()),
    'an error': record(promise, authorize({ response: { code: undefined, error: 'access_denied' } })),
  },
} satisfies RuleCases
