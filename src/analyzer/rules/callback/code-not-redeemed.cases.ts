import { authorize, codeLogin, event, metadata, record, serverLogin, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'the second login of a page stops': record(
      codeLogin(),
      wait(60_000),
      authorize({ request: { state: 'second' }, response: { code: 'second' } }),
    ),
    'a page that read the metadata stops': record(metadata(), authorize(), wait(60_000)),
    'a page in a file that leaves out requests that failed': record(
      metadata(),
      authorize(),
      wait(60_000),
      event((at) => ({ type: 'capture.gap', at, because: 'failures-left-out' })),
    ),
  },
  pass: {},
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'a server redeems': record(serverLogin()),
    'a server of the same origin started a session': record(
      metadata(),
      authorize({ callback: { headers: { 'Set-Cookie': 'session=1' } } }),
      wait(60_000),
    ),
    'nothing tells who redeems': record(authorize()),
  },
} satisfies RuleCases
