import {
  type HopSpec,
  client,
  codeLogin,
  navigate,
  record,
  request,
  server,
  url,
  wait,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

/** The user sees a page for some seconds, submits this, and the server answers with an error. */
export const refused = (error: Record<string, string>, submit: Partial<HopSpec> = { form: { decision: 'no' } }) =>
  record(
    navigate([{ url: url(`${server}/authorize`, request) }, { url: `${server}/consent`, body: '<html></html>' }]),
    wait(4000),
    navigate(
      [
        { url: `${server}/consent`, ...submit },
        { url: url(request.redirect_uri, { state: request.state, ...error }), body: '<html></html>' },
      ],
      { initiator: server },
    ),
  )

export default {
  fail: {
    'cancel on the page': refused({ error: 'access_denied' }),
    'the server says so': refused({ error: 'access_denied', error_description: 'End-User aborted interaction' }),
    'a consent that was asked for and not given': refused({ error: 'consent_required' }),
    'a code of its own': refused({ error: 'user_cancelled_login' }),
  },
  pass: {
    'refused without a page': record(
      navigate(
        [
          { url: url(`${server}/authorize`, request) },
          { url: url(request.redirect_uri, { state: request.state, error: 'access_denied' }) },
        ],
        { initiator: client },
      ),
    ),
    'refused after the password': refused({ error: 'access_denied' }, { form: { username: 'ada', password: 'x' } }),
    'a policy': refused({
      error: 'access_denied',
      error_description: 'User is not assigned to the client application.',
    }),
  },
  notApplicable: {
    'nobody was asked': record(
      navigate([
        { url: url(`${server}/authorize`, { ...request, prompt: 'none' }) },
        { url: url(request.redirect_uri, { state: request.state, error: 'consent_required' }) },
      ]),
    ),
    'another error': refused({ error: 'invalid_scope' }),
    'a login that worked': record(codeLogin()),
  },
} satisfies RuleCases
