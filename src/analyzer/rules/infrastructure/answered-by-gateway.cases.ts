import {
  api,
  authorize,
  call,
  client,
  codeLogin,
  navigate,
  record,
  redeem,
  server,
  serverLogin,
  tokenError,
} from '../../../testing/builders'
import type { RuleCases } from '../cases'

const page = '<html>Request blocked</html>'
const own = { Server: 'idp', 'Access-Control-Allow-Origin': '*' }

const discovery = call({ url: `${server}/.well-known/keys-of-life`, headers: own }, { initiator: client })

const token = (hop: object) => redeem({ tokenCall: { body: page, headers: {}, ...hop } })

export default {
  fail: {
    'the page of another program': record(
      discovery,
      authorize(),
      token({ status: 403, headers: { Server: 'shield', 'Access-Control-Allow-Origin': '*' } }),
    ),
    'a bot check': record(authorize(), token({ status: 403, headers: { 'cf-mitigated': 'challenge' } })),
    'a gateway that cannot reach the server': {
      recording: record(
        discovery,
        authorize(),
        token({ status: 502, headers: { Server: 'nginx', 'Access-Control-Allow-Origin': '*' } }),
      ),
      owner: 'authorization_server',
    },
    'a captive portal': record(authorize(), token({ status: 511 })),
    'an API that answers a page': record(
      codeLogin(),
      call(
        {
          url: `${api}/orders`,
          requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' },
          status: 403,
          body: page,
          headers: { 'Access-Control-Allow-Origin': '*' },
        },
        { initiator: client },
      ),
    ),
  },
  pass: {
    'an OAuth error': record(authorize(), redeem({ tokenCall: tokenError('invalid_client', {}, 403) })),
    'another server has no such callback': record(
      navigate({ url: `${client}/`, headers: { Server: 'app' } }),
      serverLogin({ callback: { status: 404, headers: { Server: 'files' }, body: page } }),
    ),
    'the server’s own page': record(discovery, authorize(), token({ status: 404, headers: own })),
  },
  notApplicable: { 'a healthy login': record(codeLogin()) },
} satisfies RuleCases
