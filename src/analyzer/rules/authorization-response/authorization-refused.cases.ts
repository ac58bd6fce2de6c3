import { authorize, client, codeLogin, navigate, record, request, url, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const answered = (error: string, more: Record<string, string> = {}) =>
  record(authorize({ response: { code: undefined, state: request.state, error, ...more } }))

/** The answer to a renewal in a frame, in a file that leaves redirects out: its request is not in it. */
const answerInFrame = navigate(
  { url: url(`${client}/silent`, { error: 'login_required', state: 'silent' }), body: '<html></html>' },
  { type: 'sub_frame', frame: 5, parentFrame: 0 },
)

export default {
  fail: {
    'the server failed': { recording: answered('server_error'), owner: 'authorization_server' },
    'the server is down': { recording: answered('temporarily_unavailable'), owner: 'authorization_server' },
    'a page was allowed, and none was shown': answered('interaction_required'),
    'a code of nobody’s list': answered('quota_exceeded', { error_description: 'Monthly quota is used up.' }),
    'a renewal after the login, whose request was not seen': record(codeLogin(), wait(60_000), answerInFrame),
  },
  pass: { 'a probe before anybody signed in, whose request was not seen': record(answerInFrame, codeLogin()) },
  notApplicable: { 'a login that worked': record(codeLogin()) },
} satisfies RuleCases
