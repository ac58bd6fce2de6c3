import { START, api, call, client, codeLogin, jwt, record, seconds, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const tokenOf = (acr: string) => jwt({ iss: server, aud: api, exp: seconds(START) + 3600, acr }, { typ: 'at+jwt' })

const orders = (token: string, challenge: string, status = 401) =>
  call(
    {
      url: `${api}/orders`,
      requestHeaders: { Authorization: `Bearer ${token}` },
      status,
      headers: { 'WWW-Authenticate': challenge, 'Access-Control-Allow-Origin': client },
    },
    { initiator: client },
  )

const login = (acr: string, request: Record<string, string> = {}) =>
  codeLogin({ request, tokenAnswer: { access_token: tokenOf(acr) } })

const stepUp = 'Bearer error="insufficient_user_authentication", acr_values="mfa", max_age="300"'

export default {
  fail: {
    'a stronger login': record(login('pwd'), orders(tokenOf('pwd'), stepUp)),
    'a claims challenge': record(
      login('pwd'),
      orders(tokenOf('pwd'), 'Bearer error="insufficient_claims", claims="eyJhIjoxfQ=="'),
    ),
    'a login that does not ask for it': record(
      login('pwd'),
      orders(tokenOf('pwd'), stepUp),
      login('pwd', { state: 'another-state-1' }),
      orders(tokenOf('pwd'), stepUp),
    ),
  },
  pass: { 'a plain refusal': record(login('pwd'), orders(tokenOf('pwd'), 'Bearer error="invalid_token"')) },
  notApplicable: {
    'asked for and repeated': record(
      login('pwd'),
      orders(tokenOf('pwd'), stepUp),
      login('mfa', { acr_values: 'mfa', state: 'another-state-1' }),
      orders(tokenOf('mfa'), '', 200),
    ),
  },
} satisfies RuleCases
