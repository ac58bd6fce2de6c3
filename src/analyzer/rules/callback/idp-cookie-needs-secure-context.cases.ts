import { navigate, record, request, serverLogin, url, client, codeLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const login = (base: string, cookie: string, sent?: string) =>
  record(
    navigate(
      { url: url(`${base}/authorize`, request), headers: { 'Set-Cookie': cookie }, body: '<form></form>' },
      { initiator: client },
    ),
    navigate(
      {
        url: `${base}/login`,
        form: { username: 'ada' },
        requestHeaders: sent === undefined ? {} : { Cookie: sent },
        status: 400,
        body: '<html>Cookie not found</html>',
      },
      { initiator: base },
    ),
  )

export default {
  fail: {
    'Secure on http': {
      recording: login('http://id.internal:8080', 'sid=1; Path=/; Secure; SameSite=None'),
      owner: 'authorization_server',
    },
    'None without Secure': login('https://id.example', 'sid=1; Path=/; SameSite=None'),
  },
  pass: {
    'the cookie was sent': login('https://id.example', 'sid=1; Path=/', 'sid=1'),
    'Secure on localhost': login('http://localhost:8080', 'sid=1; Path=/; Secure', 'sid=1'),
  },
  notApplicable: { 'a healthy login': record(codeLogin()), 'a healthy login of a server': record(serverLogin()) },
} satisfies RuleCases
