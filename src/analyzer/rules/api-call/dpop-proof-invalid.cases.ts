import { digest } from '../../facts/digest'
import {
  START,
  api,
  authorize,
  call,
  client,
  codeLogin,
  jwt,
  record,
  redeem,
  seconds,
  server,
  tokenError,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const key = { kty: 'EC', crv: 'P-256', x: 'x1', y: 'y1' }
const jkt = digest('S256', JSON.stringify({ crv: 'P-256', kty: 'EC', x: 'x1', y: 'y1' }))

const proof = (claims: object, jwk: object = key) =>
  jwt({ htm: 'POST', htu: `${server}/token`, iat: seconds(START), jti: 'a', ...claims }, { typ: 'dpop+jwt', jwk })

const token = (claims: object, error = 'invalid_dpop_proof') =>
  record(authorize(), redeem({ tokenCall: { ...tokenError(error), requestHeaders: { DPoP: proof(claims) } } }))

const bound = (thumb: string) =>
  jwt({ iss: server, aud: api, exp: seconds(START) + 3600, cnf: { jkt: thumb } }, { typ: 'at+jwt' })

const orders = (accessToken: string, claims: object) =>
  record(
    codeLogin({ tokenAnswer: { access_token: accessToken, token_type: 'DPoP' } }),
    call(
      {
        url: `${api}/orders?page=2`,
        requestHeaders: {
          Authorization: `DPoP ${accessToken}`,
          DPoP: proof({ htm: 'GET', htu: `${api}/orders`, ath: digest('S256', accessToken), ...claims }),
        },
        status: 401,
        headers: { 'WWW-Authenticate': 'DPoP error="invalid_dpop_proof"', 'Access-Control-Allow-Origin': client },
      },
      { initiator: client },
    ),
  )

export default {
  fail: {
    'made for another method': token({ htm: 'GET' }),
    'made for another URL': token({ htu: 'http://idp.internal:8080/token' }),
    'no jti': token({ jti: undefined }),
    'a clock that is behind': token({ iat: seconds(START) - 900 }),
    'a server whose clock is ahead of all others': {
      recording: record(
        authorize({ callback: { headers: { Date: new Date(START).toUTCString() } } }),
        redeem({
          tokenCall: {
            ...tokenError('invalid_dpop_proof'),
            headers: { 'Access-Control-Allow-Origin': client, Date: new Date(START + 7_200_000).toUTCString() },
            requestHeaders: { DPoP: proof({}) },
          },
        }),
      ),
      owner: 'authorization_server',
    },
    'at the API without the hash of the token': orders(bound(jkt), { ath: undefined }),
    'made for another token': orders(bound(jkt), { ath: 'abc' }),
    'signed with another key': orders(bound('another'), {}),
  },
  pass: {
    'a proof that fits, its query left out': orders(bound(jkt), {}),
    'a default port written out': token({ htu: `${server}:443/token` }),
  },
  notApplicable: {
    'no proof': record(authorize(), redeem({ tokenCall: tokenError('invalid_grant') })),
    'a nonce is asked for': token({ htm: 'GET' }, 'use_dpop_nonce'),
  },
} satisfies RuleCases
