import { client, codeLogin, navigate, record, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const state = (index: number) => `auth_state_${(index * 7_919 + 1e12).toString(36)}x9=${'v'.repeat(300)}`
const pile = Array.from({ length: 30 }, (_, index) => state(index)).join('; ')

const callback = (status: number, Cookie: string) =>
  record(serverLogin({ callback: { status, requestHeaders: { Cookie }, location: undefined } as object }))

export default {
  fail: {
    '431': callback(431, pile),
    '400 with a pile of cookies': callback(400, pile),
    '400 with one large cookie': callback(400, `session=${'v'.repeat(9000)}`),
    'the next login does not begin': record(
      serverLogin(),
      navigate({ url: `${client}/login`, requestHeaders: { Cookie: pile }, status: 431 }, { initiator: client }),
    ),
  },
  pass: { '400 with small headers': callback(400, 'session=1') },
  notApplicable: {
    healthy: record(codeLogin()),
    'another status': callback(500, pile),
    [`at ${client}`]: record(serverLogin()),
  },
} satisfies RuleCases
