import { START, api, call, client, codeLogin, jwt, metadata, record, seconds, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const token = jwt({ iss: server, aud: api, exp: seconds(START) + 3600 }, { typ: 'at+jwt', kid: 'new' })

const keys = (...kids: string[]) =>
  call({ url: `${server}/jwks`, body: { keys: kids.map((kid) => ({ kty: 'RSA', kid })) } }, { initiator: client })

const orders = (said: string) =>
  call(
    {
      url: `${api}/orders`,
      requestHeaders: { Authorization: `Bearer ${token}` },
      status: 401,
      headers: {
        'WWW-Authenticate': `Bearer error="invalid_token", error_description="${said}"`,
        'Access-Control-Allow-Origin': client,
      },
    },
    { initiator: client },
  )

const login = codeLogin({ tokenAnswer: { access_token: token }, idTokenHeader: { kid: 'new' } })

export default {
  fail: {
    'the key is published': record(metadata(), keys('old', 'new'), login, orders('Unable to find key with kid: new')),
    'a gateway says so in JSON, with 403': record(
      metadata(),
      keys('old', 'new'),
      login,
      call(
        {
          url: `${api}/orders`,
          requestHeaders: { Authorization: `Bearer ${token}` },
          status: 403,
          headers: { 'Access-Control-Allow-Origin': client },
          body: { error: 'Key not authorized: No matching KID could be found' },
        },
        { initiator: client },
      ),
    ),
  },
  pass: {
    'the key is not published': record(metadata(), keys('old'), login, orders('The signature key was not found')),
  },
  notApplicable: { 'another reason': record(metadata(), keys('new'), login, orders('jwt expired')) },
  indeterminate: { 'the key set was not seen': record(login, orders('The signature is invalid')) },
} satisfies RuleCases
