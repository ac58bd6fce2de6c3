import { api, authorize, call, client, redeem, server } from '../builders'
import { backEndLogin, fromHomeToHome, userPage, withSessionAtHome } from '../session-logins'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'

const express = 'https://github.com/expressjs/session'
const curveball = 'https://github.com/curveball/a12n-server'

const cors = { 'Access-Control-Allow-Origin': client }

/** A page reads its token where no specification puts it. */
const tokenElsewhere = (body: object) => redeem({ tokenCall: { headers: cors, body: body as Record<string, unknown> } })

const callWith = (token: string) =>
  call(
    { url: `${api}/orders`, requestHeaders: { Authorization: `Bearer ${token}` }, headers: cors, body: [{ id: 1 }] },
    { initiator: client },
  )

const backEnd = 'https://bff.app.example'

/** Rebuilt from logins whose answers were lost, hidden or taken for what they are not, and their healthy neighbours. */
export const heldOutAnswers: readonly CorpusEntry[] = [
  heldOut(
    'home-as-before',
    'callback',
    'The token request is refused, the client leads home without a word, and home offers the login again',
    express,
    { rootCause: 'nobody-signed-in', owner: 'client', likeliest: 'client-secret-wrong' },
    fromHomeToHome({}),
  ),
  heldOut(
    'home-greets',
    'healthy',
    'The same client, whose home page greets the user',
    express,
    { rootCause: null },
    withSessionAtHome({ body: userPage }),
  ),
  heldOut(
    'home-for-everybody',
    'healthy',
    'A home page that is the same for everybody, and a session that works',
    express,
    { rootCause: null },
    withSessionAtHome({}),
  ),
  heldOut(
    'home-drops-session',
    'callback',
    'The session is bound to an address that the proxy changes: home deletes it at once',
    express,
    { rootCause: 'nobody-signed-in', owner: 'client', fix: 'sid' },
    withSessionAtHome({ headers: { 'Set-Cookie': 'sid=; Path=/; Max-Age=0' } }),
  ),
  heldOut(
    'older-cookie-of-that-name',
    'callback',
    'A cookie of an older version has the name of the session and another Domain, and comes first',
    express,
    { rootCause: 'nobody-signed-in', owner: 'client', fix: 'sid' },
    withSessionAtHome({ requestHeaders: { Cookie: 'sid=old-1; state=x1; sid=new-1' } }),
  ),
  heldOut(
    'partitioned-without-secure',
    'callback',
    'The session cookie is partitioned and not secure',
    express,
    { rootCause: 'session-cookie-lost', owner: 'client', fix: 'Secure' },
    fromHomeToHome({
      callback: { headers: { 'Set-Cookie': 'sid=new-1; Path=/; HttpOnly; Partitioned' } },
      home: { requestHeaders: {} },
    }),
  ),
  heldOut(
    'callback-from-cache',
    'callback',
    'The CDN leaves out the query and answers the callback with what somebody got before',
    express,
    { rootCause: 'nobody-signed-in', owner: 'client', fix: 'https://app.example/callback' },
    fromHomeToHome({ callback: { headers: { Age: '312', 'X-Cache': 'HIT' } } }),
  ),
  heldOut(
    'calls-without-session',
    'callback',
    'The page calls its back end at another origin, and fetch leaves out the session',
    express,
    {
      rootCause: 'session-missing-in-calls',
      owner: 'client',
      fix: "credentials: 'include'",
      not: ['session-cookie-lost', 'state-cookie-lost'],
    },
    backEndLogin('Path=/; Secure; HttpOnly; SameSite=None', { status: 401 }, backEnd),
  ),
  heldOut(
    'session-for-another-path',
    'callback',
    'The session of the back end is for the path of its callback',
    express,
    { rootCause: 'session-missing-in-calls', owner: 'client', fix: 'Path=/' },
    backEndLogin('Path=/auth; Secure; HttpOnly', { status: 401 }),
  ),
  heldOut(
    'calls-with-session',
    'healthy',
    'The page asks who is signed in, and is told 401 before and the name after the login',
    express,
    { rootCause: null },
    backEndLogin('Path=/; Secure; HttpOnly', { requestHeaders: { Cookie: 'bff=new-1' } }),
  ),
  heldOut(
    'tokens-in-an-envelope',
    'healthy',
    'The token answer is wrapped, and the page that knows it calls its API with the token',
    curveball,
    { rootCause: null },
    authorize(),
    tokenElsewhere({ code: 0, msg: 'success', data: { access_token: 'enveloped-4f0fEs', token_type: 'Bearer' } }),
    callWith('enveloped-4f0fEs'),
  ),
  heldOut(
    'tokens-in-an-envelope-unread',
    'token endpoint',
    'The same answer, and a client that looks for its token where the specification puts it',
    curveball,
    { rootCause: 'token-response-malformed', owner: 'authorization_server' },
    authorize(),
    tokenElsewhere({ code: 0, msg: 'success', data: { access_token: 'enveloped-4f0fEs', token_type: 'Bearer' } }),
  ),
  heldOut(
    'error-none',
    'healthy',
    'The client tells its page with `error=none` that all went well',
    express,
    { rootCause: null },
    withSessionAtHome({ url: `${client}/?error=none&status=ok`, body: userPage }),
  ),
  heldOut(
    'metadata-refused-to-the-page',
    'discovery',
    'The list of allowed origins of the server has the origin with a slash: metadata is answered 403',
    'https://github.com/expressjs/cors',
    { rootCause: 'cors-refused', owner: 'authorization_server', fix: client, not: ['discovery-unreachable'] },
    call(
      {
        url: `${server}/.well-known/openid-configuration`,
        requestHeaders: { Origin: client },
        status: 403,
        error: 'net::ERR_FAILED',
      },
      { initiator: client },
    ),
  ),
  heldOut(
    'session-in-pieces',
    'infrastructure',
    'The client keeps its session in eight cookies, which the server behind the proxy finds too large',
    'https://github.com/auth0/express-openid-connect',
    { rootCause: 'request-headers-too-large', owner: 'client', fix: 'appSession.…' },
    fromHomeToHome({
      callback: {
        headers: Object.fromEntries([['Set-Cookie', `appSession.0=${'v'.repeat(3900)}; Path=/; Secure; HttpOnly`]]),
      },
      home: {
        status: 431,
        requestHeaders: {
          Cookie: Array.from({ length: 8 }, (_, index) => `appSession.${index}=${'v'.repeat(3900)}`).join('; '),
        },
        body: '',
      },
    }),
  ),
]
