import { codeLogin, record, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const sets = (...cookies: string[]) => record(serverLogin({ callback: { headers: { 'Set-Cookie': cookies } } }))

export default {
  fail: {
    'scripts can read it': sets('session=s1; Path=/; Secure'),
    'it goes over http too': sets('session=s1; Path=/; HttpOnly'),
  },
  pass: {
    'a protected session': record(serverLogin()),
    'a CSRF token beside it': sets('session=s1; HttpOnly; Secure; SameSite=Lax', 'XSRF-TOKEN=t1; Secure'),
  },
  notApplicable: {
    'a page logs in': record(codeLogin()),
    'only a deletion': sets('login_state=; Path=/; Max-Age=0'),
  },
} satisfies RuleCases
