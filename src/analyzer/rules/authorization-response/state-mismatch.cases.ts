import {
  authorize,
  codeLogin,
  event,
  navigate,
  record,
  redeem,
  request,
  serverLogin,
  url,
  client,
  code,
  server,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const short = { response: { state: request.state.slice(0, 8) } }

export default {
  fail: {
    'a client’s server that does not mind': { recording: record(serverLogin(short)), rootCause: null },
    'a gateway cut it, and the page refuses': record(codeLogin(), authorize(short)),
    'a gateway cut it, and the client’s server refuses': record(
      serverLogin({ ...short, callback: { status: 400, headers: {} } }),
    ),
    'the plus signs became spaces': record(
      authorize({ request: { state: 'a+b/c==xyz' }, response: { state: 'a b/c==xyz' } }),
    ),
    'another value altogether': record(authorize({ response: { state: 'of-another-login' } })),
    'a page of an older login answered': {
      recording: record(
        navigate({ url: url(`${server}/authorize`, request), body: '<html></html>' }),
        navigate(
          { url: url(`${client}/callback`, { code, state: 'older' }), body: '<html></html>' },
          { initiator: server },
        ),
      ),
      owner: 'client',
    },
  },
  pass: {
    'the same value': record(codeLogin()),
    'the request was repeated with another state': record(
      navigate({ url: url(`${server}/authorize`, request), body: '<html></html>' }),
      authorize(),
      redeem(),
    ),
  },
  notApplicable: {
    'no state was sent': record(codeLogin({ request: { state: undefined } })),
    'the request was not recorded': record(
      navigate({ url: url(`${client}/callback`, { code, state: 's', iss: server }) }),
      event((at) => ({ type: 'tab.closed', tabId: 1, at })),
    ),
  },
  indeterminate: {
    'the request is in an encrypted request object': record(
      authorize({ request: { request: 'a.b.c.d.e', state: undefined } }),
    ),
  },
} satisfies RuleCases
