import { START, api, call, client, codeLogin, jwt, record, seconds, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const tokenFor = (aud: string) => jwt({ iss: server, aud, exp: seconds(START) + 3600 }, { typ: 'at+jwt' })

const sent = (url: string, aud = `${api}/`, status = 200) =>
  record(
    codeLogin({ tokenAnswer: { access_token: tokenFor(aud) } }),
    call({ url, requestHeaders: { Authorization: `Bearer ${tokenFor(aud)}` }, status }, { initiator: client }),
  )

export default {
  fail: { 'to a tracker': sent('https://stats.test/collect') },
  pass: {
    'to its audience': sent(`${api}/orders`),
    'to another host of the same site': sent('https://files.api.example/orders'),
  },
  notApplicable: {
    'an audience that is a name': sent('https://stats.test/collect', 'orders-api'),
    'an opaque token': record(codeLogin()),
  },
} satisfies RuleCases
