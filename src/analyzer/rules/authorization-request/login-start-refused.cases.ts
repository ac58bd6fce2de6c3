import { client, codeLogin, navigate, record, serverLogin, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const refused = (status: number, path = '/login') =>
  navigate({ url: `${client}${path}`, status, body: '<html><body>No</body></html>' }, { initiator: client })

export default {
  fail: {
    'forbidden now': record(serverLogin(), wait(60_000), refused(403)),
    'the application failed': {
      recording: record(serverLogin(), wait(60_000), refused(500)),
      rootCause: 'server-error',
    },
  },
  pass: {},
  notApplicable: {
    'a URL that began no login': record(serverLogin(), wait(60_000), refused(403, '/admin')),
    'the next try worked': record(
      serverLogin(),
      wait(60_000),
      refused(503),
      wait(1000),
      serverLogin({ request: { state: 'second' }, response: { code: 'second' } }),
    ),
    'a page logs in': record(codeLogin(), refused(403)),
  },
} satisfies RuleCases
