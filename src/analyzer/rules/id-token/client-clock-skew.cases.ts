import { START, codeLogin, record, seconds } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const HOUR = 3_600_000

/** A login at a server whose clock is that far from the browser's; other hosts tell the time too when given. */
const login = (offset: number, more: { client?: number; page?: number; idToken?: object } = {}) => {
  const date = (of: number) => ({ Date: new Date(START + of).toUTCString() })
  return record(
    codeLogin({
      authorization: { headers: date(more.page ?? offset) },
      callback: more.client === undefined ? {} : { headers: date(more.client) },
      tokenCall: { headers: { 'Access-Control-Allow-Origin': '*', ...date(offset) } },
      idToken: { iat: seconds(START + offset), exp: seconds(START + offset + HOUR / 2), ...more.idToken },
    }),
  )
}

export default {
  fail: {
    'expired when it arrives': { recording: login(-2 * HOUR), owner: 'user' },
    'issued in the future': login(HOUR),
    'the server’s clock is the wrong one': {
      recording: login(-2 * HOUR, { client: 0 }),
      owner: 'authorization_server',
    },
    'what stands in front of the server dates its pages rightly': login(HOUR, { page: 0 }),
    'two minutes, which clients forgive': { recording: login(120_000), rootCause: null },
  },
  pass: {
    'clocks that agree': login(0),
    'a difference that fits the token’s times': login(-600_000),
  },
  notApplicable: { 'no ID token': record(codeLogin({ tokenAnswer: { id_token: undefined } })) },
  indeterminate: { 'no server told the time': record(codeLogin()) },
} satisfies RuleCases
