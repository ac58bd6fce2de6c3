import {
  type HopSpec,
  client,
  code,
  navigate,
  record,
  request,
  server,
  serverLogin,
  url,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const visitor = '<html><body><h1>Orders</h1><a href="/login">Log in</a></body></html>'
const user = '<html><body><h1>Orders</h1><p>Hello Ada</p><a href="/logout">Log out</a></body></html>'
const session = { 'Set-Cookie': 'sid=new-1; Path=/; Secure; HttpOnly' }

interface Ends {
  readonly callback?: Partial<HopSpec>
  readonly home?: Partial<HopSpec>
}

/** A login that begins at the link of a page and ends there. */
const login = ({ callback, home }: Ends) =>
  record(
    navigate({ url: `${client}/`, body: visitor }),
    navigate([
      { url: `${client}/login`, headers: { 'Set-Cookie': 'state=x1; Path=/; Secure; HttpOnly' } },
      { url: url(`${server}/authorize`, request) },
      {
        url: url(request.redirect_uri, { code, state: request.state }),
        requestHeaders: { Cookie: 'state=x1' },
        location: `${client}/`,
        ...callback,
      },
      { url: `${client}/`, requestHeaders: { Cookie: 'state=x1' }, body: visitor, ...home },
    ]),
  )

const withSession = (home: Partial<HopSpec>) =>
  login({ callback: { headers: session }, home: { requestHeaders: { Cookie: 'state=x1; sid=new-1' }, ...home } })

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
    'the user is greeted': withSession({ body: user }),
    'the session came, and the page may be the same for everybody': withSession({}),
    'a script draws the page': login({ home: { body: `${visitor}<script src="/app.js"></script>` } }),
    'the session cookie is refused, which has a rule of its own': login({
      callback: { headers: { 'Set-Cookie': 'sid=new-1; Path=/; SameSite=None' } },
      home: { requestHeaders: {} },
    }),
  },
  notApplicable: { 'the callback failed': record(serverLogin({ callback: { status: 500 } })) },
} satisfies RuleCases
