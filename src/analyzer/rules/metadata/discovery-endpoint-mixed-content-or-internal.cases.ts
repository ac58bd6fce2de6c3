import { authorize, codeLogin, metadata, record, redeem, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const lost = (url: string, error: string) => redeem({ tokenCall: { url, error, body: undefined, headers: {} } })

export default {
  fail: {
    'http in the metadata': record(
      metadata({ token_endpoint: 'http://id.example/token' }),
      authorize(),
      lost('http://id.example/token', 'mixed-content'),
    ),
    'an internal host': record(
      metadata({ token_endpoint: 'https://keycloak:8443/token' }),
      authorize(),
      lost('https://keycloak:8443/token', 'net::ERR_NAME_NOT_RESOLVED'),
    ),
  },
  pass: {
    'a healthy login': record(metadata(), codeLogin()),
    'the same host': record(metadata(), authorize(), lost(`${server}/token`, 'net::ERR_CONNECTION_REFUSED')),
    'the endpoint is the client’s own idea': record(
      metadata(),
      authorize(),
      lost('http://id.example/oauth/token', 'mixed-content'),
    ),
  },
  notApplicable: { 'no metadata': record(codeLogin()) },
} satisfies RuleCases
