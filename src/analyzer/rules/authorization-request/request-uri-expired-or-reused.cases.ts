import {
  all,
  authorize,
  call,
  client,
  codeLogin,
  errorRedirect,
  navigate,
  record,
  request,
  server,
  url,
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
    'a page whose script says that it is unknown': record(
      push,
      navigate(
        {
          url: url(`${server}/authorize`, { client_id: request.client_id, request_uri }),
          status: 400,
          body: `<html><script>window.error=JSON.parse(${JSON.stringify(
            JSON.stringify({ error: 'invalid_request', error_description: 'Unknown request_uri' }),
          )})</script></html>`,
        },
        { initiator: client },
      ),
    ),
    'the server does not know it': record(refusedWith('invalid_request_uri')),
  },
  pass: {
    'a pushed login': record(all(push, authorize(answered))),
    'another error': record(push, refusedWith('access_denied')),
  },
  notApplicable: { 'nothing was pushed': record(codeLogin()) },
  indeterminate: { 'a first use in time': record(push, refusedWith('invalid_request')) },
} satisfies RuleCases
