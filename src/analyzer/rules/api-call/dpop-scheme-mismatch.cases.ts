import { digest } from '../../facts/digest'
import { START, api, call, client, codeLogin, jwt, record, seconds, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const jwk = { crv: 'P-256', kty: 'EC', x: 'x1', y: 'y1' }
const token = jwt(
  { iss: server, aud: api, exp: seconds(START) + 3600, cnf: { jkt: digest('S256', JSON.stringify(jwk)) } },
  { typ: 'at+jwt' },
)
const proof = jwt({ htm: 'GET', htu: `${api}/orders`, jti: 'a', ath: digest('S256', token) }, { typ: 'dpop+jwt', jwk })

const orders = (requestHeaders: Record<string, string>, type = 'DPoP', status = 401) =>
  record(
    codeLogin({ tokenAnswer: { access_token: token, token_type: type } }),
    call(
      {
        url: `${api}/orders`,
        requestHeaders,
        status,
        headers: { 'WWW-Authenticate': 'DPoP algs="ES256"', 'Access-Control-Allow-Origin': client },
      },
      { initiator: client },
    ),
  )

export default {
  fail: {
    'sent as Bearer': orders({ Authorization: `Bearer ${token}` }),
    'no proof': orders({ Authorization: `DPoP ${token}` }),
    'bound by its claims, its answer not seen': record(
      call(
        { url: `${api}/orders`, requestHeaders: { Authorization: `Bearer ${token}` }, status: 401 },
        { initiator: client },
      ),
    ),
    'a Bearer token as DPoP': orders({ Authorization: `DPoP ${token}`, DPoP: proof }, 'Bearer'),
  },
  pass: { 'scheme and proof are there': orders({ Authorization: `DPoP ${token}`, DPoP: proof }) },
  notApplicable: {
    accepted: orders({ Authorization: `Bearer ${token}` }, 'DPoP', 200),
    'a healthy login': record(codeLogin()),
  },
} satisfies RuleCases
