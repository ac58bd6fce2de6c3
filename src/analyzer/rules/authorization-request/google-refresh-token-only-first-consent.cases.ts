import { codeLogin, record, serverLogin, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const offline = (more: object = {}) => ({ request: { access_type: 'offline', ...more } })
const withToken = { tokenAnswer: { refresh_token: '1//03first' } }

export default {
  fail: {
    'the second login': record(
      codeLogin({ ...offline(), ...withToken }),
      wait(60_000),
      codeLogin({ request: { access_type: 'offline', state: 'second-login-1' }, response: { code: 'second-code-1' } }),
    ),
    'no earlier login was seen': record(codeLogin(offline())),
  },
  pass: {
    'it came': record(codeLogin({ ...offline(), ...withToken })),
    'consent was asked for': record(codeLogin(offline({ prompt: 'consent' }))),
  },
  notApplicable: {
    'no offline access was asked for': record(codeLogin()),
    'a server redeems the code': record(serverLogin(offline())),
  },
  indeterminate: { 'the answer was not seen': record(codeLogin({ ...offline(), tokenCall: { body: undefined } })) },
} satisfies RuleCases
