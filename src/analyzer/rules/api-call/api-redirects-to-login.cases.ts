import { call, client, codeLogin, record, request, server, serverLogin, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const background = (last: object) =>
  record(
    call(
      [
        { url: `${client}/api/orders`, status: 302 },
        { url: url(`${server}/authorize`, { ...request }), ...last },
      ],
      { initiator: client },
    ),
  )

export default {
  fail: {
    'CORS stops it at the login': background({ status: 200, error: 'net::ERR_FAILED' }),
    'the preflight stops it': background({ error: 'net::ERR_FAILED' }),
  },
  pass: { 'a page that needs a login': record(serverLogin()) },
  notApplicable: { 'a page’s own login': record(codeLogin()) },
} satisfies RuleCases
