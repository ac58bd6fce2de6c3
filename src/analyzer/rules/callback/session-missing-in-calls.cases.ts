import {
  type Happening,
  type HopSpec,
  call,
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

const page = '<html><body><div id="root"></div><script src="/app.js"></script></body></html>'

const backend = 'https://bff.app.example'

const whoAmI = (answer: Partial<HopSpec>, at = client): Happening =>
  call({ url: `${at}/api/me`, body: {}, requestHeaders: {}, ...answer }, { initiator: client })

/** A login that a back end makes for a page; the page asks it who is signed in, before and after. */
const login = (session: string, after: Partial<HopSpec>, at = client) =>
  record(
    navigate({ url: `${client}/`, body: page }),
    whoAmI({ status: 401 }, at),
    navigate([
      { url: `${at}/auth/login`, headers: { 'Set-Cookie': 'state=x1; Path=/auth; Secure; HttpOnly' } },
      { url: url(`${server}/authorize`, { ...request, redirect_uri: `${at}/auth/callback` }) },
      {
        url: url(`${at}/auth/callback`, { code, state: request.state }),
        requestHeaders: { Cookie: 'state=x1' },
        headers: { 'Set-Cookie': `bff=new-1; ${session}` },
        location: `${client}/`,
      },
      { url: `${client}/`, body: page },
    ]),
    whoAmI(after, at),
  )

export default {
  fail: {
    'the cookie is for another path': login('Path=/auth; Secure; HttpOnly', { status: 401 }),
    'fetch goes to another origin without credentials': login(
      'Path=/; Secure; HttpOnly; SameSite=None',
      { status: 401 },
      backend,
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
