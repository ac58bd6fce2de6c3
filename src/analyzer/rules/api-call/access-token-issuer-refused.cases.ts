import { START, api, call, client, codeLogin, jwt, metadata, record, seconds, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const tokenOf = (iss: string) => jwt({ iss, aud: api, exp: seconds(START) + 3600 }, { typ: 'at+jwt' })

const orders = (said: string, iss: string = server) => [
  codeLogin({ tokenAnswer: { access_token: tokenOf(iss) } }),
  call(
    {
      url: `${api}/orders`,
      requestHeaders: { Authorization: `Bearer ${tokenOf(iss)}` },
      status: 401,
      headers: {
        'WWW-Authenticate': `Bearer error="invalid_token", error_description="${said}"`,
        'Access-Control-Allow-Origin': client,
      },
    },
    { initiator: client },
  ),
]

export default {
  fail: {
    'the API expects a slash at the end': record(...orders(`jwt issuer invalid. expected: ${server}/`)),
    'the API names no value': record(...orders('The iss claim is not valid')),
    'the metadata say what the API expects': {
      recording: record(metadata(), ...orders(`unexpected issuer, expected ${server}`, `${server}/`)),
      owner: 'authorization_server',
    },
  },
  pass: { 'the API speaks of something else': record(...orders('The token expired')) },
  notApplicable: { 'a healthy login': record(codeLogin()) },
} satisfies RuleCases
