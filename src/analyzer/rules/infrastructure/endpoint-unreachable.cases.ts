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
    'the API is down': orders('net::ERR_CONNECTION_REFUSED'),
    'the authorization server is down': record(
      navigate({
        url: `${server}/authorize?client_id=a&response_type=code&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&scope=openid`,
        error: 'NS_ERROR_CONNECTION_REFUSED',
      }),
    ),
  },
  pass: {
    'a certificate': orders('net::ERR_CERT_DATE_INVALID'),
  },
  notApplicable: {
    'the page went elsewhere': orders('net::ERR_ABORTED'),
  },
} satisfies RuleCases
