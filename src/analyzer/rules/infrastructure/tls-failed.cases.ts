import { api, call, client, codeLogin, navigate, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const orders = (error: string) =>
  record(
    codeLogin(),
    call(
      { url: `${api}/orders`, requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' }, error },
      { initiator: client },
    ),
  )

export default {
  fail: {
    'the API has a certificate of its own': orders('net::ERR_CERT_AUTHORITY_INVALID'),
    'a warning page at the authorization endpoint': record(
      navigate({
        url: `${server}/authorize?client_id=a&response_type=code&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&scope=openid`,
        error: 'net::ERR_CERT_DATE_INVALID',
      }),
    ),
  },
  pass: {
    refused: orders('net::ERR_CONNECTION_REFUSED'),
  },
  notApplicable: {
    'a healthy login': record(codeLogin()),
  },
} satisfies RuleCases
