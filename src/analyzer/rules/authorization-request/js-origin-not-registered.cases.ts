import { all, call, codeLogin, errorPage, navigate, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const origin = 'http://localhost:5173'
const button = (status: number, policy?: string) =>
  all(
    navigate({
      url: `${origin}/`,
      body: '<html></html>',
      ...(policy !== undefined && { headers: { 'Referrer-Policy': policy } }),
    }),
    call(
      { url: 'https://signin.example/gsi/status?client_id=55120-abc', requestHeaders: { Origin: origin }, status },
      { initiator: origin },
    ),
  )

export default {
  fail: {
    'the button is refused': { recording: record(button(403)), owner: 'authorization_server' },
    'the page hides its origin': { recording: record(button(403, 'no-referrer')), owner: 'client' },
    'an error page says so': record(
      errorPage({ authorization: { body: '<p>Error 400: origin_mismatch</p>' }, place: { initiator: origin } }),
    ),
  },
  pass: { 'a healthy login': record(codeLogin()) },
  notApplicable: { 'an error page that says nothing': record(errorPage()) },
} satisfies RuleCases
