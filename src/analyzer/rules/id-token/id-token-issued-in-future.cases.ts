import { START, codeLogin, record, seconds } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const MINUTE = 60_000

/** A login whose ID token is of that much later than the answer that brings it, which is dated so far from the browser. */
const login = (idToken: object, date: number | undefined = 0) =>
  record(
    codeLogin({
      tokenCall: {
        headers: {
          'Access-Control-Allow-Origin': '*',
          ...(date !== undefined && { Date: new Date(START + date).toUTCString() }),
        },
      },
      idToken: { exp: seconds(START + 120 * MINUTE), ...idToken },
    }),
  )

const at = (minutes: number) => seconds(START + minutes * MINUTE)

export default {
  fail: {
    'ten minutes ahead': login({ iat: at(10) }),
    'not valid for an hour': login({ nbf: at(60) }),
    'the answer was dated behind the browser': login({ iat: at(10) }, -3 * MINUTE),
  },
  pass: {
    'a healthy login': login({}),
    'two minutes, which clients forgive': login({ iat: at(2) }),
    'the server’s whole clock is ahead': login({ iat: at(60), exp: at(120) }, 60 * MINUTE),
  },
  notApplicable: { 'no ID token': record(codeLogin({ tokenAnswer: { id_token: undefined } })) },
  indeterminate: { 'the server did not tell the time': record(codeLogin({ idToken: { iat: at(10) } })) },
} satisfies RuleCases
