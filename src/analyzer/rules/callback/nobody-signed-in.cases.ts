import { record, serverLogin } from '../../../testing/builders'
import { fromHomeToHome, userPage, visitorPage, withSessionAtHome } from '../../../testing/session-logins'
import type { RuleCases } from '../cases'

const login = (...ends: Parameters<typeof fromHomeToHome>) => record(fromHomeToHome(...ends))
const withSession = (...home: Parameters<typeof withSessionAtHome>) => record(withSessionAtHome(...home))

export default {
  fail: {
    'the client keeps an error to itself': login({}),
    'a cache answers the callback': login({ callback: { headers: { Age: '312' } } }),
    'the page deletes the session': withSession({ headers: { 'Set-Cookie': 'sid=; Path=/; Max-Age=0' } }),
    'an older cookie of this name is there': withSession({
      requestHeaders: { Cookie: 'sid=old-1; state=x1; sid=new-1' },
    }),
  },
  pass: {
    'the user is greeted': withSession({ body: userPage }),
    'the session came, and the page may be the same for everybody': withSession({}),
    'a script draws the page': login({ home: { body: `${visitorPage}<script src="/app.js"></script>` } }),
    'the session cookie is refused, which has a rule of its own': login({
      callback: { headers: { 'Set-Cookie': 'sid=new-1; Path=/; SameSite=None' } },
      home: { requestHeaders: {} },
    }),
  },
  notApplicable: { 'the callback failed': record(serverLogin({ callback: { status: 500 } })) },
} satisfies RuleCases
