import {
  all,
  api,
  authorize,
  call,
  client,
  code,
  codeLogin,
  event,
  navigate,
  record,
  request,
  server,
  serverLogin,
  url,
  wait,
} from '../../../testing/builders'
import type { NavigationCommitted } from '../../../model/recording'
import type { RuleCases } from '../cases'

const committed = (target: string, how: NavigationCommitted['how'] = 'history', frame = 0) =>
  event((at) => ({
    type: 'navigation.committed',
    at,
    how,
    tabId: 1,
    frameId: frame,
    parentFrameId: frame - 1,
    url: target,
  }))

const second = { request: { state: 'second' }, response: { code: 'second-code' } }

const strippedLoop = [0, 1, 2, 3].flatMap((index) => [
  navigate([
    { url: url(`${server}/authorize`, { ...request, state: `s${index}` }) },
    { url: url(request.redirect_uri, { code: `${code}${index}`, state: `s${index}` }), status: 301 },
    { url: `${request.redirect_uri}/`, body: '<html></html>' },
  ]),
  wait(500),
])

/** An answer of the implicit flow, what becomes of its URL, and a call of the page without a token. */
const implicit = (fragment: string) =>
  all(
    navigate(
      [
        { url: url(`${server}/authorize`, { ...request, response_type: 'token' }) },
        {
          url: `${client}/callback#access_token=2YotnFZFEjr1zCsicMWpAA&token_type=Bearer&state=${request.state}`,
          body: '<html></html>',
        },
      ],
      { initiator: client },
    ),
    wait(40),
    committed(`${client}/callback${fragment}`, 'fragment'),
    call({ url: `${api}/items`, status: 401, body: { error: 'invalid_request' } }, { initiator: client }),
  )

export default {
  fail: {
    'a hash router takes the place of a token': record(implicit('#/home')),
    'a router goes to the start page': {
      recording: record(codeLogin(), wait(60_000), authorize(second), wait(40), committed(`${client}/home`)),
      owner: 'client',
    },
    'a hash router': record(
      codeLogin(),
      wait(60_000),
      navigate(
        [
          { url: url(`${server}/authorize`, { ...request, state: 'second', response_mode: 'fragment' }) },
          { url: `${client}/callback#code=second-code&state=second`, body: '<html></html>' },
        ],
        { initiator: client },
      ),
      wait(40),
      committed(`${client}/callback#/login`, 'fragment'),
    ),
    'a redirect adds a slash and drops the query': record(...strippedLoop),
  },
  pass: {
    'the page tidies up after the exchange': record(codeLogin(), committed(`${client}/home`)),
    'a page reads its token, and does not send it': record(implicit('')),
    'a page stops for another reason': record(codeLogin(), wait(60_000), authorize(second)),
    'a server redirects from its callback': record(serverLogin()),
  },
  notApplicable: { 'an error': record(authorize({ response: { code: undefined, error: 'access_denied' } })) },
} satisfies RuleCases
