import { authorize, client, codeLogin, navigate, record, request, server, url, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const renewal = (error: string, requestHeaders = { Cookie: 'sid=1' }) =>
  navigate(
    [
      { url: url(`${server}/authorize`, { ...request, prompt: 'none', state: 'silent' }), requestHeaders },
      { url: url(request.redirect_uri, { error, state: 'silent' }), body: '<html></html>' },
    ],
    { type: 'sub_frame', frame: 5, parentFrame: 0, initiator: client },
  )

export default {
  fail: {
    'consent is missing': {
      recording: record(codeLogin(), wait(60_000), renewal('consent_required')),
      owner: 'client',
    },
    'a second factor': record(codeLogin(), wait(60_000), renewal('interaction_required')),
    'several accounts': record(codeLogin(), wait(60_000), renewal('account_selection_required')),
  },
  pass: { 'a probe': record(renewal('interaction_required'), codeLogin()) },
  notApplicable: {
    'nobody is signed in': record(codeLogin(), wait(60_000), renewal('login_required')),
    'the request allows a page': record(authorize({ response: { code: undefined, error: 'consent_required' } })),
  },
} satisfies RuleCases
