import { all, call, client, codeLogin, record, server, tokenError, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const refresh = (refresh_token: string | undefined) =>
  all(
    wait(3_600_000),
    call(
      {
        url: `${server}/token`,
        form: { grant_type: 'refresh_token', client_id: 'shop-web', refresh_token },
        ...tokenError('invalid_grant'),
      },
      { initiator: client },
    ),
  )

export default {
  fail: {
    'a refresh without a refresh token': record(codeLogin(), refresh('undefined')),
    'the answer of the login was not seen': record(codeLogin({ tokenCall: { body: undefined } }), refresh('null')),
  },
  pass: {
    'nothing needs one': record(codeLogin()),
    'the client had one before': record(
      codeLogin({ tokenCall: { body: undefined } }),
      refresh('tGzv3JOkF0XG5Qx2TlKWIA'),
      refresh('null'),
    ),
    'it was asked for': record(codeLogin({ request: { scope: 'openid offline_access' } }), refresh('undefined')),
    'it came': record(
      codeLogin({ tokenAnswer: { refresh_token: 'tGzv3JOkF0XG5Qx2TlKWIA' } }),
      refresh('tGzv3JOkF0XG5Qx2TlKWIA'),
    ),
  },
  notApplicable: { 'no login was seen': record(refresh('undefined')) },
  indeterminate: { 'nothing needs one that was seen': record(codeLogin({ tokenCall: { body: undefined } })) },
} satisfies RuleCases
