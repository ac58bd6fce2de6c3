import { all, authorize, codeLogin, record, redeem, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const limited = redeem({
  tokenCall: { status: 429, headers: { 'Retry-After': '30', 'Access-Control-Allow-Origin': '*' }, body: undefined },
})

export default {
  fail: {
    'one call': { recording: record(authorize(), limited), owner: 'authorization_server' },
    'a loop': { recording: record(authorize(), all(limited, limited, limited, limited)), owner: 'client' },
  },
  pass: { 'another status': record(authorize(), redeem({ tokenCall: { status: 500, body: undefined } })) },
  notApplicable: {
    'repeated with success': record(authorize(), limited, wait(30_000), redeem()),
    healthy: record(codeLogin()),
  },
} satisfies RuleCases
