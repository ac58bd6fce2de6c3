import { authorize, codeLogin, metadata, record, server, serverLogin, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const wrong = { response: { iss: `${server}/` } }

export default {
  fail: {
    'a slash too many': { recording: record(metadata(), authorize(wrong)), owner: 'authorization_server' },
    'at a client’s server that refuses': record(
      metadata(),
      serverLogin({ ...wrong, callback: { status: 400, headers: {} } }),
    ),
    'a page that goes on': { recording: record(metadata(), codeLogin(wrong)), rootCause: null },
    'a server that goes on': { recording: record(metadata(), serverLogin(wrong)), rootCause: null },
  },
  pass: {
    'the same issuer': record(metadata(), codeLogin({ response: { iss: server } })),
    'many tenants': record(
      metadata({ issuer: 'https://id.example/{tenantid}' }),
      codeLogin({ response: { iss: server } }),
    ),
  },
  notApplicable: { 'no iss': record(metadata(), codeLogin({ tokenCall: tokenError('invalid_grant') })) },
  indeterminate: {
    'no metadata': record(codeLogin({ response: { iss: server } })),
    'metadata of another tenant': record(
      metadata({ issuer: `${server}/b`, authorization_endpoint: `${server}/b/authorize` }),
      codeLogin({ response: { iss: `${server}/a` } }),
    ),
  },
} satisfies RuleCases
