import { client, codeLogin, navigate, record, request, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'
import { refused } from './user-denied.cases'

const atOnce = (error: Record<string, string>) =>
  record(
    navigate(
      [
        { url: url(`${server}/authorize`, request) },
        { url: url(request.redirect_uri, { state: request.state, ...error }), body: '<html></html>' },
      ],
      { initiator: client },
    ),
  )

export default {
  fail: {
    'at once, without a page': atOnce({ error: 'access_denied' }),
    'right after the password': refused({ error: 'access_denied' }, { form: { username: 'ada', password: 'x' } }),
    'a description that names an assignment': refused({
      error: 'access_denied',
      error_description: 'User is not assigned to the client application.',
    }),
  },
  pass: { 'the user cancelled': refused({ error: 'access_denied' }) },
  notApplicable: { 'another error': atOnce({ error: 'invalid_scope' }), 'a login that worked': record(codeLogin()) },
} satisfies RuleCases
