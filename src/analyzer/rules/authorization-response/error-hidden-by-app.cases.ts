import { authorize, codeLogin, navigate, record, request, server, url, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const refused = (index: number, error: string) => [
  navigate([
    { url: url(`${server}/authorize`, { ...request, state: `state-${index}` }) },
    { url: url(request.redirect_uri, { error, state: `state-${index}` }), body: '<html></html>' },
  ]),
  wait(400),
]

export default {
  fail: {
    'an error of unknown reason, again and again': record(
      ...[0, 1, 2].flatMap((index) => refused(index, 'server_error')),
    ),
    'a user who is not assigned': {
      recording: record(...[0, 1, 2, 3].flatMap((index) => refused(index, 'access_denied'))),
      rootCause: 'policy-denied',
    },
  },
  pass: { 'one error': record(authorize({ response: { code: undefined, error: 'server_error' } })) },
  notApplicable: { 'a healthy login': record(codeLogin()) },
} satisfies RuleCases
