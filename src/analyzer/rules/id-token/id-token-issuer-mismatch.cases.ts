import { codeLogin, metadata, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'a slash too many': record(metadata(), codeLogin({ idToken: { iss: `${server}/` } })),
    'an inner host name': record(metadata(), codeLogin({ idToken: { iss: 'http://keycloak:8080' } })),
  },
  pass: {
    'the same issuer': record(metadata(), codeLogin()),
    'an issuer with a placeholder': record(
      metadata({ issuer: `${server}/{tenantid}/v2.0` }),
      codeLogin({ idToken: { iss: `${server}/9188040d/v2.0` } }),
    ),
  },
  notApplicable: { 'no ID token': record(metadata(), codeLogin({ tokenAnswer: { id_token: undefined } })) },
  indeterminate: { 'no metadata': record(codeLogin()) },
} satisfies RuleCases
