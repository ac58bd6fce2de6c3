import { client, codeLogin, errorPage, navigate, record, request, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const escaped = url(`${server}/authorize`, request).replaceAll('&', '&amp;')

const refused = navigate(
  { url: escaped, status: 400, body: { error: 'invalid_request', error_description: 'Missing parameter: client_id' } },
  { initiator: client },
)

const answered = (answer: Readonly<Record<string, string>>) =>
  navigate([{ url: escaped }, { url: url(request.redirect_uri, answer), status: 400 }], { initiator: client })

export default {
  fail: {
    'the server misses what was meant': record(refused),
    'the server takes the first parameter, and knows where the client is': record(answered({ code: 'c0de' })),
    'the server sends the error to the one redirect_uri that it knows': record(answered({ error: 'invalid_request' })),
  },
  pass: {
    'the server takes the semicolon for a separator': record(answered({ code: 'c0de', state: request.state })),
  },
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'a plain refusal': record(errorPage()),
  },
} satisfies RuleCases
