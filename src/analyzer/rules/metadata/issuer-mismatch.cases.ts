import { authorize, call, client, codeLogin, metadata, record, server, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'an internal host, and nothing follows': record(metadata({ issuer: 'http://keycloak:8080' })),
    'http instead of https, and nothing follows': record(metadata({ issuer: 'http://id.example' })),
    'another path, and the client went on': {
      recording: record(metadata({ issuer: `${server}/realm` }), codeLogin({ idToken: { iss: `${server}/realm` } })),
      rootCause: null,
    },
    'the client stopped at its callback': record(
      codeLogin({ idToken: { iss: 'http://id.example' } }),
      wait(60_000),
      metadata({ issuer: 'http://id.example' }),
      authorize({ request: { state: 'second-login-1' }, response: { code: 'Qcb0Orv1zh30vL1MPRsbm' } }),
    ),
  },
  pass: {
    'a healthy login': record(metadata(), codeLogin()),
    'a root with a slash': record(metadata({ issuer: `${server}/` }), codeLogin()),
    'asked without a slash, and led on to the same with one': record(
      call(
        [
          { url: `${server}/o/.well-known/openid-configuration`, status: 301 },
          {
            url: `${server}/o/.well-known/openid-configuration/`,
            headers: { 'Access-Control-Allow-Origin': '*' },
            body: { issuer: `${server}/o`, authorization_endpoint: `${server}/authorize` },
          },
        ],
        { initiator: client },
      ),
      codeLogin({ idToken: { iss: `${server}/o` } }),
    ),
    'many tenants': record(metadata({ issuer: `${server}/{tenantid}/v2.0` })),
  },
  notApplicable: { 'no metadata': record(codeLogin()) },
} satisfies RuleCases
