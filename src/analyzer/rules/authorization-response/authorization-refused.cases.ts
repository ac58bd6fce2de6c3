import { authorize, codeLogin, record, request } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const answered = (error: string, more: Record<string, string> = {}) =>
  record(authorize({ response: { code: undefined, state: request.state, error, ...more } }))

export default {
  fail: {
    'the server failed': { recording: answered('server_error'), owner: 'authorization_server' },
    'the server is down': { recording: answered('temporarily_unavailable'), owner: 'authorization_server' },
    'a page was allowed, and none was shown': answered('interaction_required'),
    'a code of nobody’s list': answered('quota_exceeded', { error_description: 'Monthly quota is used up.' }),
  },
  pass: {},
  notApplicable: { 'a login that worked': record(codeLogin()) },
} satisfies RuleCases
