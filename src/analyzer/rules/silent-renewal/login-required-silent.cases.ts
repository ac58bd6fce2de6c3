import {
  type HopSpec,
  authorize,
  call,
  client,
  codeLogin,
  navigate,
  record,
  redeem,
  request,
  server,
  url,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const asked = { ...request, redirect_uri: `${client}/silent`, prompt: 'none', state: 'silent' }

/** A hidden frame asks and is told to sign in. */
const renewal = (error = 'login_required', hop: Partial<HopSpec> = {}, body = '<html></html>') =>
  navigate(
    [
      { url: url(`${server}/authorize`, asked), ...hop },
      { url: url(`${client}/silent`, { error, state: 'silent' }), body },
    ],
    { type: 'sub_frame', frame: 5, parentFrame: 0, initiator: client },
  )

const signIn = (cookie: string) => [
  authorize({ authorization: { headers: { 'Set-Cookie': cookie } } }),
  redeem(),
  wait(60_000),
]

/** A navigation asks and is told to sign in; the callback answers with this page, or leads on to it. */
const wholeWindow = (body: string, behind = false) =>
  record(
    navigate(
      [
        { url: `${client}/login` },
        { url: url(`${server}/authorize`, asked) },
        {
          url: url(`${client}/silent`, { error: 'login_required', state: 'silent' }),
          ...(!behind && { body }),
        },
        ...(behind ? [{ url: `${client}/`, body }] : []),
      ],
      { initiator: client },
    ),
  )

export default {
  fail: {
    'a login of a user, whose callback ends on a page': {
      recording: wholeWindow('<html><h1>Não foi possível entrar</h1></html>'),
      owner: 'client',
    },
    'a Lax cookie in a frame': {
      recording: record(...signIn('sid=1; Path=/; SameSite=Lax'), renewal()),
      owner: 'authorization_server',
    },
    'a Lax cookie that a call of the sign-in page brought': {
      recording: record(
        authorize(),
        call(
          {
            url: `${server}/api/session`,
            json: { username: 'ada' },
            requestHeaders: { Origin: server },
            headers: { 'Set-Cookie': 'sid=1; Path=/; SameSite=Lax' },
          },
          { initiator: server },
        ),
        redeem(),
        wait(60_000),
        renewal(),
      ),
      owner: 'authorization_server',
    },
    'third-party cookies blocked': {
      recording: record(...signIn('sid=1; Path=/; SameSite=None; Secure'), renewal()),
      owner: 'browser',
    },
    'the sign-in was not recorded in full': {
      recording: record(codeLogin(), wait(60_000), renewal()),
      owner: 'browser',
    },
    'the session has ended': {
      recording: record(
        ...signIn('sid=1; Path=/; SameSite=None; Secure'),
        renewal('login_required', { requestHeaders: { Cookie: 'sid=1' } }),
      ),
      owner: 'user',
    },
    'the user signed out at the server meanwhile': {
      recording: record(
        ...signIn('sid=1; Path=/; SameSite=None; Secure'),
        navigate({ url: `${server}/signout`, headers: { 'Set-Cookie': 'sid=; Path=/; Max-Age=0' } }, { tab: 2 }),
        renewal(),
      ),
      owner: 'user',
    },
    'the request headers were not captured': {
      events: record(codeLogin(), wait(60_000), renewal()).events.filter(({ type }) => type !== 'request.headers'),
    },
    'interaction is required, and the cookie was kept back': record(
      ...signIn('sid=1; Path=/; SameSite=None; Secure'),
      renewal('interaction_required'),
    ),
  },
  pass: {
    'a question of the whole window, whose callback has a script': wholeWindow('<script src="/app.js"></script>'),
    'a question of the whole window, whose callback shows nothing': wholeWindow('<html></html>'),
    'a question of the whole window, whose callback leads on': wholeWindow('<html><h1>Shop</h1></html>', true),
    'a probe before anybody signed in': record(renewal(), codeLogin()),
    'a probe whose frame shows a text': record(renewal('login_required', {}, '<html>signed out</html>')),
    'a second factor is wanted, and the session is known': record(
      ...signIn('sid=1; Path=/; SameSite=None; Secure'),
      renewal('interaction_required', { requestHeaders: { Cookie: 'sid=1' } }),
    ),
  },
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'consent is missing': record(codeLogin(), renewal('consent_required')),
  },
} satisfies RuleCases
