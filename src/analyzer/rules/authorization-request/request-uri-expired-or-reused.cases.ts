import {
  all,
  authorize,
  call,
  client,
  codeLogin,
  errorRedirect,
  record,
  request,
  server,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const request_uri = 'urn:ietf:params:oauth:request_uri:bwc4JK-ESC0w8acc191e-Y1LTC2'
const push = call(
  { url: `${server}/par`, form: { ...request }, status: 201, body: { request_uri, expires_in: 60 } },
  { initiator: client },
)
const byReference = {
  request: {
    response_type: undefined,
    redirect_uri: undefined,
    scope: undefined,
    state: undefined,
    nonce: undefined,
    code_challenge: undefined,
    code_challenge_method: undefined,
    request_uri,
  },
}
const answered = { ...byReference, response: { state: request.state } }
const refusedWith = (error: string) => errorRedirect(error, answered)

export default {
  fail: {
    'used too late': record(push, wait(90_000), refusedWith('invalid_request_uri')),
    'used twice': record(push, authorize(answered), wait(5000), refusedWith('invalid_request')),
    'the server does not know it': record(refusedWith('invalid_request_uri')),
  },
  pass: {
    'a pushed login': record(all(push, authorize(answered))),
    'another error': record(push, refusedWith('access_denied')),
  },
  notApplicable: { 'nothing was pushed': record(codeLogin()) },
  indeterminate: { 'a first use in time': record(push, refusedWith('invalid_request')) },
} satisfies RuleCases
