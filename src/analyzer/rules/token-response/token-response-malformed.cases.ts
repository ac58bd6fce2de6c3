import { api, authorize, call, client, codeLogin, record, redeem, tokenError } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const answered = (tokenCall: object) => record(authorize(), redeem({ tokenCall }))
const refusedCall = (Authorization: string) =>
  call({ url: `${api}/orders`, requestHeaders: { Authorization }, status: 401, body: '' }, { initiator: client })
const form = 'access_token=2YotnFZFEjr1zCsicMWpAA&token_type=bearer'
const formType = { 'Content-Type': 'application/x-www-form-urlencoded' }

export default {
  fail: {
    'a page': answered({ body: '<!doctype html><title>Sign in</title>' }),
    'a page whose body was not visible': answered({ body: undefined, headers: { 'Content-Type': 'text/html' } }),
    nothing: answered({ body: '' }),
    'plain text': answered({ body: 'OK then' }),
    'an error with status 200': answered({ body: { error: 'temporarily_unavailable' } }),
    'a redirect to a login wall': answered({ status: 302, location: 'https://wall.example/login', body: undefined }),
    'a form that the client left unread': answered({ body: form, headers: formType }),
    'no access_token': record(
      authorize(),
      redeem({ tokenAnswer: { access_token: undefined } }),
      refusedCall('Bearer undefined'),
    ),
    'no token_type': record(
      authorize(),
      redeem({ tokenAnswer: { token_type: undefined } }),
      refusedCall('2YotnFZFEjr1zCsicMWpAA'),
    ),
    'tokens inside of another object': answered({ body: { data: { access_token: 'x', token_type: 'Bearer' } } }),
    'JSON that is labelled as text, and left unread': answered({ headers: { 'Content-Type': 'text/plain' } }),
    'no token_type, and all went well': {
      recording: record(codeLogin({ tokenAnswer: { token_type: undefined } })),
      rootCause: null,
    },
  },
  pass: { 'a healthy login': record(codeLogin()) },
  notApplicable: { 'an error with the status of one': answered(tokenError('invalid_grant')) },
  indeterminate: { 'the body was not visible': answered({ body: undefined }) },
} satisfies RuleCases
