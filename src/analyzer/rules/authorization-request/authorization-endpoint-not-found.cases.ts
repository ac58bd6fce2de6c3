import { codeLogin, errorPage, navigate, record, request, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const page = (text: string) => `<html><body><p>${text}</p></body></html>`

export default {
  fail: {
    'a wrong path': record(errorPage({ authorization: { status: 404 } })),
    'a wrong path, and the page says so': record(
      errorPage({ authorization: { status: 404, body: page('404 Not Found') } }),
    ),
    'the request as a form that is posted, which the endpoint does not take': record(
      navigate({ url: `${server}/authorize`, form: { ...request }, status: 405 }, { initiator: 'https://app.example' }),
    ),
  },
  pass: {
    'a healthy login': record(codeLogin()),
    'the client is unknown, with 404': record(
      errorPage({ authorization: { status: 404, body: page('Unknown client shop-web') } }),
    ),
    'the server leads to a sign-in page that is not there': record(
      navigate([
        { url: `${server}/authorize?client_id=a&response_type=code` },
        { url: `${server}/login`, status: 404 },
      ]),
    ),
    'the request is refused': record(errorPage()),
  },
} satisfies RuleCases
