import {
  type HopSpec,
  authorize,
  call,
  client,
  code,
  codeLogin,
  event,
  metadata,
  navigate,
  record,
  request,
  server,
  serverLogin,
  url,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const page = `${client}/`
const start = (more: Partial<HopSpec> = {}) => navigate({ url: page, body: '<html></html>', ...more })
const api = (more: Partial<HopSpec>) => call({ url: `${client}/api/items`, ...more }, { initiator: client })

export default {
  fail: {
    'a page that asked with a challenge, on a host without cookies, stops': record(start(), authorize(), wait(60_000)),
    'a page in a popup, which a file does not tell': record(
      start({ headers: { 'Cross-Origin-Opener-Policy': 'same-origin' } }),
      authorize(),
      wait(60_000),
    ),
    'a page whose state another tab replaced': record(
      start(),
      navigate({ url: url(`${server}/authorize`, request), body: '<form></form>' }, { initiator: client }),
      start({}),
      navigate(
        { url: url(`${server}/authorize`, { ...request, state: 'second', code_challenge: 'second' }) },
        { initiator: client, tab: 2 },
      ),
      navigate({ url: url(request.redirect_uri, { code, state: request.state }), body: '<html></html>' }),
      wait(60_000),
    ),

    'the second login of a page stops': record(
      codeLogin(),
      wait(60_000),
      authorize({ request: { state: 'second' }, response: { code: 'second' } }),
    ),
    'a page that read the metadata stops': record(metadata(), authorize(), wait(60_000)),
    'a page in a file that leaves out requests that failed': record(
      metadata(),
      authorize(),
      wait(60_000),
      event((at) => ({ type: 'capture.gap', at, because: 'failures-left-out' })),
    ),
  },
  pass: {},
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'a server redeems': record(serverLogin()),
    'a server redeems, whose request asks for a fragment in vain': record(
      serverLogin({ request: { response_mode: 'fragment' } }),
      wait(60_000),
    ),
    'a server of the same origin started a session': record(
      metadata(),
      authorize({ callback: { headers: { 'Set-Cookie': 'session=1' } } }),
      wait(60_000),
    ),
    'a server of the client began the login': record(
      start(),
      navigate([
        { url: `${client}/login` },
        { url: url(`${server}/authorize`, request) },
        { url: url(request.redirect_uri, { code, state: request.state }), body: '<html></html>' },
      ]),
      wait(60_000),
    ),
    'another program began the login': record(
      start(),
      navigate([
        { url: url(`${server}/authorize`, request) },
        { url: url(request.redirect_uri, { code, state: request.state }), body: '<html></html>' },
      ]),
      wait(60_000),
    ),
    'a session that was there before': record(
      start({ headers: { 'Set-Cookie': 'session=1' } }),
      authorize(),
      wait(60_000),
    ),
    'no challenge': record(
      start(),
      authorize({ request: { code_challenge: undefined, code_challenge_method: undefined } }),
      wait(60_000),
    ),
    'calls with credentials follow': record(
      start(),
      authorize(),
      wait(1000),
      api({ requestHeaders: { Authorization: 'Basic eDp5' } }),
      wait(60_000),
    ),
    'a socket may have taken the code': record(
      start(),
      authorize(),
      call({ url: `${client}/live` }, { type: 'websocket', initiator: client }),
      wait(60_000),
    ),
    'nothing tells who redeems': record(authorize()),
  },
} satisfies RuleCases
