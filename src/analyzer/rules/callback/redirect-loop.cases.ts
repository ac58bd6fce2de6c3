import {
  type HopSpec,
  authorize,
  client,
  code,
  codeLogin,
  metadata,
  navigate,
  record,
  redeem,
  request,
  server,
  serverLogin,
  tokenError,
  url,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

/** One turn of a client with a server: guard, login, server, callback. */
const turn = (index: number, callback: Partial<HopSpec>, sent: string | undefined): readonly HopSpec[] => [
  { url: `${client}/account`, requestHeaders: sent === undefined || index === 0 ? {} : { Cookie: sent } },
  { url: `${client}/login`, headers: { 'Set-Cookie': `st=${index}; Path=/; Secure; SameSite=Lax` } },
  { url: url(`${server}/authorize`, { ...request, state: `state-${index}` }) },
  {
    url: url(request.redirect_uri, { code: `${code}${index}`, state: `state-${index}` }),
    requestHeaders: { Cookie: `st=${index}` },
    ...callback,
  },
]

const loop = (cookie: string | undefined, sent?: string) =>
  record(
    navigate([
      ...[0, 1, 2, 3].flatMap((index) =>
        turn(index, cookie === undefined ? {} : { headers: { 'Set-Cookie': cookie } }, sent),
      ),
      { url: `${client}/account`, error: 'net::ERR_TOO_MANY_REDIRECTS' },
    ]),
  )

/** The callback leads straight to the login. */
const guarded = (takes: number) =>
  record(
    navigate([
      ...[0, 1, 2, 3].flatMap((index) =>
        turn(index, { takes, requestHeaders: { Cookie: `sid=1; st=${index}` } }, 'sid=1').slice(1),
      ),
      { url: `${client}/login`, error: 'net::ERR_TOO_MANY_REDIRECTS' },
    ]),
  )

const pageTurn = (index: number) => {
  const spec = { request: { state: `state-${index}` }, response: { code: `${code}${index}` } }
  return [authorize(spec), redeem(spec), wait(300)]
}

const refusedTurn = (index: number) =>
  navigate([
    { url: url(`${server}/authorize`, { ...request, state: `state-${index}` }) },
    { url: url(request.redirect_uri, { error: 'access_denied', state: `state-${index}` }), body: '<html></html>' },
  ])

export default {
  fail: {
    'a session cookie for a foreign domain': { recording: loop('sid=1; Domain=shop.example; Path=/'), owner: 'client' },
    'a session cookie above 4096 bytes': loop(`sid=${'x'.repeat(5000)}; Path=/`),
    'a session cookie for another path': loop('sid=1; Path=/callback'),
    'the session came back': loop('sid=1; Path=/', 'sid=1'),
    'the callback creates no session': loop(undefined),
    'the callback is behind the guard': guarded(20),
    'the callback takes a while and leads to the login': guarded(400),
    'tokens arrive and the page asks again': record(...[0, 1, 2, 3].flatMap(pageTurn)),
    'a page never redeems': record(
      codeLogin(),
      wait(60_000),
      ...[1, 2, 3].flatMap((index) => [
        authorize({ request: { state: `state-${index}` }, response: { code: `${code}${index}` } }),
        wait(500),
      ]),
    ),
  },
  pass: {
    'the answers are errors': record(refusedTurn(0), refusedTurn(1), refusedTurn(2)),

    'one login': record(serverLogin()),
    'two logins of one user': record(serverLogin(), wait(2000), serverLogin({ request: { state: 'second' } })),
  },
  notApplicable: {
    'no login at all': record(metadata({})),
    'a client credentials call': record(
      redeem({ token: { grant_type: 'client_credentials', code: undefined }, tokenCall: tokenError('invalid_client') }),
    ),
  },
} satisfies RuleCases
