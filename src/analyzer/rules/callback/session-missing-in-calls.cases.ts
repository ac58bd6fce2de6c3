import { record, serverLogin } from '../../../testing/builders'
import { backEndLogin } from '../../../testing/session-logins'
import type { RuleCases } from '../cases'

const login = (...parts: Parameters<typeof backEndLogin>) => record(backEndLogin(...parts))

export default {
  fail: {
    'the cookie is for another path': login('Path=/auth; Secure; HttpOnly', { status: 401 }),
    'fetch goes to another origin without credentials': login(
      'Path=/; Secure; HttpOnly; SameSite=None',
      { status: 401 },
      'https://bff.app.example',
    ),
    'the server does not find its session': login('Path=/; Secure; HttpOnly', {
      status: 401,
      requestHeaders: { Cookie: 'bff=new-1' },
    }),
  },
  pass: {
    'the user is known': login('Path=/; Secure; HttpOnly', { requestHeaders: { Cookie: 'bff=new-1' } }),
    'a login of a server': record(serverLogin()),
  },
  notApplicable: { 'the callback failed': record(serverLogin({ callback: { status: 500 } })) },
} satisfies RuleCases
