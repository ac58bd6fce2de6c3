import { authorize, codeLogin, record, serverLogin, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

export default {
  fail: {
    'the second login of a page stops': record(
      codeLogin(),
      wait(60_000),
      authorize({ request: { state: 'second' }, response: { code: 'second' } }),
    ),
  },
  pass: {},
  notApplicable: {
    'a healthy login': record(codeLogin()),
    'a server redeems': record(serverLogin()),
    'nothing tells who redeems': record(authorize()),
  },
} satisfies RuleCases
