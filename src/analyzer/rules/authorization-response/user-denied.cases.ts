import {
  type HopSpec,
  client,
  codeLogin,
  navigate,
  record,
  request,
  server,
  serverLogin,
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

/** The server keeps the browser, and shows the error at its own address. */
const shown = (error_description: string) =>
  navigate(
    [
      {
        url: url(`${server}/authorize`, { ...request, decision: 'no' }),
        status: 400,
        body: { error: 'access_denied', error_description },
      },
    ],
    { initiator: server },
  )

const asked = navigate({ url: url(`${server}/authorize`, request), body: '<html><form></form></html>' })

export default {
  fail: {
    'on a page of the server': record(asked, wait(4000), shown('User denied access to application')),
    'on a page of the server, and allowed when asked again': {
      recording: record(
        asked,
        wait(4000),
        shown('User denied access to application'),
        wait(1000),
        serverLogin({ request: { state: 'again' } }),
      ),
      rootCause: null,
    },
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
    'a policy, on a page of the server': record(asked, wait(4000), shown('You are not assigned to this application')),
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
