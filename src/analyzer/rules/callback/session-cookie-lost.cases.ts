import {
  all,
  call,
  client,
  type Happening,
  type HopSpec,
  navigate,
  record,
  request,
  server,
  serverLogin,
  url,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const home = '<html><body><h1>Shop</h1><a href="/login">Log in</a></body></html>'

interface Spec {
  /** What the callback sets beside the deletion of its state. */
  readonly set?: string | readonly string[]
  readonly callback?: Partial<HopSpec>
  readonly landing?: Partial<HopSpec>
  readonly host?: string
}

/** A login whose callback sets cookies and leads home, which came without cookies and shows the login link. */
const login = ({ set = [], callback, landing, host = client }: Spec): Happening =>
  all(
    navigate({ url: `${host}/`, body: home }),
    wait(2000),
    navigate([
      { url: `${host}/login`, headers: { 'Set-Cookie': 'st=1; Path=/; HttpOnly' } },
      { url: url(`${server}/authorize`, { ...request, redirect_uri: `${host}/callback` }), body: '<form></form>' },
    ]),
    wait(5000),
    navigate(
      [
        { url: `${server}/consent`, form: { consent: 'yes' } },
        {
          url: url(`${host}/callback`, { code: 'c', state: request.state }),
          requestHeaders: { Cookie: 'st=1' },
          headers: { 'Set-Cookie': [...[set].flat(), 'st=; Path=/; Max-Age=0'] },
          ...callback,
        },
        { url: `${host}/`, body: home, ...landing },
      ],
      { initiator: server },
    ),
  )

const shell = '<html><div id=app></div><script src="/app.js"></script></html>'
const strict = 'sid=1; Path=/; Secure; SameSite=Strict'

export default {
  fail: {
    'for another domain': { recording: record(login({ set: 'sid=1; Path=/; Domain=other.example' })), owner: 'client' },
    'for a path where the application is not': record(login({ set: 'sid=1; Path=/callback' })),
    'larger than browsers keep': record(login({ set: `sid=${'x'.repeat(4100)}; Path=/` })),
    'too large to replace the one that the login began with': record(
      login({ set: `st=${'x'.repeat(4100)}; Path=/`, landing: { requestHeaders: { Cookie: 'st=1' } } }),
    ),
    'Secure, and over http': record(login({ set: 'sid=1; Path=/; Secure', host: 'http://app.example' })),
    'SameSite=None without Secure': record(login({ set: 'sid=1; Path=/; SameSite=None' })),
    'a prefix that demands more': record(login({ set: '__Host-sid=1; Path=/; Domain=app.example; Secure' })),
    'Strict, on the way from another site': record(login({ set: strict })),
    'two at once': record(login({ set: ['a=1; Path=/; Domain=other.example', 'b=1; Path=/callback'] })),
    'refused, before a page that a script draws': record(
      login({ set: 'sid=1; Path=/; Domain=other.example', landing: { body: shell } }),
    ),
    'refused, and the page behind answers 401': record(
      login({ set: 'sid=1; Path=/; Domain=other.example', landing: { status: 401, body: '<html>…</html>' } }),
    ),
  },
  pass: {
    'it came': record(login({ set: 'sid=1; Path=/', landing: { requestHeaders: { Cookie: 'sid=1' } } })),
    'one of two came': record(
      login({
        set: ['sid=1; Path=/', strict.replace('sid', 'csrf')],
        landing: { requestHeaders: { Cookie: 'sid=1' } },
      }),
    ),
    'another one came, which may be the session': record(
      login({ set: 'hint=1; Path=/; Domain=other.example', landing: { requestHeaders: { Cookie: 'sid=0' } } }),
    ),
    'for a path of which a script asks': record(login({ set: 'sid=1; Path=/api', landing: { body: shell } })),
    'for a path of which a script asks, on a page with a login link': record(
      login({ set: 'sid=1; Path=/api', landing: { body: `${home}<script src="/app.js"></script>` } }),
    ),
    'for a path, on a page that offers no login': record(
      login({ set: 'sid=1; Path=/account', landing: { body: '<html><h1>Thanks</h1></html>' } }),
    ),
    'Strict, and the next page has it': record(
      login({ set: strict }),
      wait(2000),
      navigate({ url: `${client}/orders`, requestHeaders: { Cookie: 'sid=1' }, body: '<html></html>' }),
    ),
    'for a path, and a call has it': record(
      login({ set: 'sid=1; Path=/me' }),
      call({ url: `${client}/me`, requestHeaders: { Cookie: 'sid=1' }, body: { name: 'ada' } }, { initiator: client }),
    ),
    'refused, and the page is given something in its fragment': record(
      login({
        set: 'sid=1; Path=/; Domain=other.example',
        callback: { location: `${client}/#session=8` },
        landing: { body: shell },
      }),
    ),
    'refused, and every answer sets it': record(
      navigate({ url: `${client}/`, headers: { 'Set-Cookie': 'lb=1; SameSite=None' }, body: shell }),
      login({ set: 'lb=2; SameSite=None', landing: { body: shell } }),
    ),
    'nobody knows why': record(login({ set: 'sid=1; Path=/; Secure' })),
    'nothing is set': record(login({})),
    'a healthy login': record(serverLogin()),
  },
  notApplicable: {
    'the callback answers with an error': record(serverLogin({ callback: { status: 500, headers: {} } })),
  },
} satisfies RuleCases
