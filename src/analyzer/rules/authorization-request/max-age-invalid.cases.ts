import { START, codeLogin, errorRedirect, record, seconds, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const signedIn = codeLogin({ idToken: { auth_time: seconds(START) } })
const silent = (max_age: string) =>
  errorRedirect('login_required', { request: { prompt: 'none', max_age, state: 'second-login-1' } })

export default {
  fail: {
    'the sign-in is too long ago': record(signedIn, wait(20 * 60_000), silent('600')),
    'no number': record(errorRedirect('invalid_request', { request: { max_age: '1h' } })),
  },
  pass: {
    'a healthy login': record(codeLogin({ request: { max_age: '3600' } })),
    'the sign-in is fresh enough': record(signedIn, wait(60_000), silent('600')),
    'nothing is known of the sign-in': record(silent('600')),
  },
  notApplicable: { 'no max_age': record(errorRedirect('login_required', { request: { prompt: 'none' } })) },
} satisfies RuleCases
