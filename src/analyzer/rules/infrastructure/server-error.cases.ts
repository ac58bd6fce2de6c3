import {
  api,
  authorize,
  call,
  client,
  codeLogin,
  metadata,
  record,
  redeem,
  server,
  tokenError,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const failed = (status: number, more: object = {}) =>
  record(
    authorize(),
    redeem({ tokenCall: { status, headers: { 'Access-Control-Allow-Origin': '*' }, body: undefined, ...more } }),
  )

export default {
  fail: {
    overloaded: failed(503),
    'a proxy without an upstream': failed(502, { body: '<html>Bad gateway</html>' }),
    'hidden by CORS': failed(500, { headers: {}, error: 'net::ERR_FAILED' }),
    'in OAuth words': record(authorize(), redeem({ tokenCall: tokenError('server_error', {}, 500) })),
    'at the userinfo endpoint': record(
      metadata(),
      codeLogin(),
      call(
        {
          url: `${server}/me`,
          requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' },
          status: 500,
          headers: { 'Access-Control-Allow-Origin': client },
        },
        { initiator: client },
      ),
    ),
    metadata: record(
      call(
        {
          url: `${server}/.well-known/openid-configuration`,
          status: 503,
          headers: { 'Access-Control-Allow-Origin': '*' },
        },
        { initiator: client },
      ),
    ),
  },
  pass: {
    'an OAuth error with status 500': record(authorize(), redeem({ tokenCall: tokenError('invalid_grant', {}, 500) })),
    'another status': failed(404),
  },
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'an API that fails for reasons of its own': record(
      codeLogin(),
      call(
        {
          url: `${api}/orders`,
          requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' },
          status: 500,
          headers: { 'Access-Control-Allow-Origin': client },
        },
        { initiator: client },
      ),
    ),
  },
} satisfies RuleCases
