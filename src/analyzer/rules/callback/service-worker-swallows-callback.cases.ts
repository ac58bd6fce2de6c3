import {
  authorize,
  call,
  client,
  code,
  codeLogin,
  event,
  type Happening,
  type HopSpec,
  navigate,
  record,
  redeem,
  request,
  server,
  serverLogin,
  url,
  wait,
} from '../../../testing/builders'
import type { ObservedEntry } from '../../../model/recording'
import type { RuleCases } from '../cases'

const callback = url(request.redirect_uri, { code, state: request.state })

const toCallback = (start?: string): Happening =>
  navigate([
    ...(start === undefined ? [] : [{ url: start, headers: { 'Set-Cookie': 'st=1; Path=/' } }]),
    { url: url(`${server}/authorize`, request), location: callback },
  ])

/** What DevTools tells of the document that the page got. */
const got = (entry: Partial<ObservedEntry>): Happening =>
  event((at) => ({
    type: 'entry.observed',
    at,
    origin: 'devtools',
    entryId: `page-${at}`,
    tabId: 1,
    entry: {
      startedDateTime: at,
      time: 10,
      method: 'GET',
      url: callback,
      requestHeaders: [],
      status: 200,
      responseHeaders: [{ name: 'Content-Type', value: 'text/html' }],
      resourceType: 'main_frame',
      pageref: 'page_3',
      ...entry,
    },
  }))

const swallowed = (fromServiceWorker: boolean, entry: Partial<ObservedEntry> = {}) =>
  record(toCallback(`${client}/bff/login`), got({ ...entry, ...(fromServiceWorker && { fromServiceWorker }) }))

/** The worker asks the server for the page: a request without a tab, for no document. */
const byWorker = (answer: Partial<HopSpec>): Happening =>
  call(
    { url: callback, requestHeaders: { 'Sec-Fetch-Dest': 'empty' }, ...answer },
    { tab: -1, frame: -1, initiator: client },
  )

const asked = (answer: Partial<HopSpec>, entry: Partial<ObservedEntry>, ...after: readonly Happening[]) =>
  record(toCallback(), got(entry), byWorker(answer), ...after)

/** The page that a login begins at and leads back to. */
const pageLogin = navigate([
  { url: `${client}/orders`, headers: { 'Set-Cookie': 'st=1; Path=/' } },
  { url: url(`${server}/authorize`, request) },
  { url: callback, requestHeaders: { Cookie: 'st=1' } },
  { url: `${client}/orders`, body: '<html></html>' },
])

const toProgram = { location: 'shop://signed-in?code=handed-over' }
const followed = { location: `${client}/home` }
const refused = { status: 0, error: 'net::ERR_FAILED' }
const offline = { status: 503, fromServiceWorker: true }

export default {
  fail: {
    'the worker serves the application': { recording: swallowed(true), owner: 'client' },
    'the server redirects to a program, and the worker cannot follow': asked(toProgram, offline),
    'the browser refuses the worker such a redirect': asked(
      { ...toProgram, status: 302, error: 'net::ERR_UNSAFE_REDIRECT' },
      offline,
    ),
    'the worker follows the redirect itself, and the browser takes no redirected answer for a document': asked(
      followed,
      refused,
    ),
    'the browser tries once more by itself': asked(
      followed,
      refused,
      wait(1000),
      got({ ...refused, pageref: 'page_4' }),
      byWorker(followed),
    ),
    'the worker serves the application where logins begin, from the second visit on': record(
      serverLogin(),
      wait(60_000),
      got({ url: `${client}/login`, fromServiceWorker: true }),
    ),
    'the worker answers with an error, and its own request was not seen': swallowed(true, { status: 503 }),
  },
  pass: {
    'from the network': swallowed(false),
    'a healthy login of a server': record(serverLogin()),
    'the worker serves another page of the application': record(
      serverLogin(),
      wait(60_000),
      got({ url: `${client}/home`, fromServiceWorker: true }),
    ),
    'the worker serves a page that had asked for a login': record(
      pageLogin,
      wait(60_000),
      got({ url: `${client}/orders`, fromServiceWorker: true }),
    ),
    'a page from the worker begins the login by script': record(
      serverLogin(),
      wait(60_000),
      got({ url: `${client}/login`, fromServiceWorker: true }),
      authorize({ request: { state: 'by-script-1234567' }, response: { code: 'c2' } }),
    ),
    'the worker hands the start of the login through': record(
      serverLogin(),
      wait(60_000),
      got({ url: `${client}/login`, status: 302, redirectURL: url(`${server}/authorize`, request) }),
    ),
    'the worker hands the error of the server through': asked({ status: 503 }, { status: 503 }),
    'the worker makes a new answer of the server’s error': asked(
      { status: 500 },
      { status: 503, fromServiceWorker: true },
    ),
  },
  notApplicable: {
    'a page redeems its code': record(codeLogin()),
    'the worker hands the redirect through': asked({ location: `${client}/home` }, { status: 302 }),
    'the page is not modified, and the worker has it from the browser’s cache': asked({ status: 304 }, {}, redeem()),
    'the page went elsewhere meanwhile': asked(
      { body: '<html></html>' },
      { status: 0, error: 'net::ERR_ABORTED' },
      redeem(),
    ),
    'a page from the worker redeems its code': record(toCallback(), got({ fromServiceWorker: true }), redeem()),
  },
} satisfies RuleCases
