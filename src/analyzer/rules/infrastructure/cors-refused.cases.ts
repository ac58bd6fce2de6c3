import { api, authorize, call, client, codeLogin, handover, metadata, record } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const orders = (hop: object) =>
  call(
    { url: `${api}/orders`, requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' }, ...hop },
    { initiator: client },
  )

const preflight = (status: number, headers: Record<string, string> = {}) =>
  call(
    {
      url: `${api}/orders`,
      method: 'OPTIONS',
      requestHeaders: { Origin: client, 'Access-Control-Request-Headers': 'authorization' },
      status,
      headers,
    },
    { initiator: client },
  )

export default {
  fail: {
    'an API answer without the header': record(codeLogin(), orders({ status: 200, error: 'net::ERR_FAILED' })),
    'a preflight that does not name Authorization': record(
      codeLogin(),
      preflight(204, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }),
      orders({ error: 'net::ERR_FAILED' }),
    ),
    'the client’s server, to which the page hands its code': {
      recording: record(authorize(), handover({ url: `${api}/session`, status: 200, error: 'net::ERR_FAILED' })),
      owner: 'client',
    },
    'a 500 that is hidden': {
      recording: record(codeLogin(), orders({ status: 500, error: 'net::ERR_FAILED' })),
      rootCause: 'server-error',
    },
  },
  pass: {
    'the API cannot be reached': record(codeLogin(), orders({ error: 'net::ERR_CONNECTION_REFUSED' })),
  },
  notApplicable: {
    'a healthy call': record(metadata(), codeLogin(), orders({ headers: { 'Access-Control-Allow-Origin': '*' } })),
    'analytics that CORS refuses': record(
      codeLogin(),
      call({ url: 'https://stats.example/collect', json: {}, error: 'net::ERR_FAILED' }, { initiator: client }),
    ),
  },
} satisfies RuleCases
