import {
  authorize,
  client,
  codeLogin,
  record,
  server,
  serverLogin,
  tokenError,
  redeem,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const second = { request: { state: 'second' }, response: { code: 'second' } }
const elsewhere = { ...second, place: { initiator: 'https://www.app.example' } }

export default {
  fail: {
    'www and no www': { recording: record(codeLogin(), wait(60_000), authorize(elsewhere)), owner: 'client' },
    'the page goes on without its verifier': record(
      authorize({ place: { initiator: 'http://localhost:3000' } }),
      redeem({ token: { code_verifier: undefined }, tokenCall: tokenError('invalid_grant') }),
    ),
    'the page goes on with an empty one, after the server repeated the request': record(
      authorize({
        place: { initiator: 'http://localhost:3000' },
        authorization: { status: 302, location: `${server}/sign-in` },
        callback: { url: `${server}/sign-in`, body: '<form><input name="user"></form>' },
      }),
      authorize({ place: { initiator: server } }),
      redeem({ token: { code_verifier: '' }, tokenCall: tokenError('invalid_grant') }),
    ),
  },
  pass: {
    'the same origin': record(codeLogin(), wait(60_000), authorize(second)),
    'another origin that works': record(codeLogin({ place: { initiator: 'https://www.app.example' } })),
  },
  notApplicable: {
    'a server keeps the state': record(
      serverLogin({ request: { redirect_uri: `${client}/cb` }, callback: { status: 400 } }),
    ),
  },
  indeterminate: {
    'nothing says who started it': {
      events: record(codeLogin(), authorize(second)).events.map((event) => {
        if (event.type !== 'request.started') return event
        const { initiator: _, ...rest } = event
        return rest
      }),
    },
  },
} satisfies RuleCases
