import { START, record, serverLogin } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const HOUR = 3_600_000
const date = (offset: number) => ({ Date: new Date(START + offset).toUTCString() })

/** A login of a client with a server, which fails at the callback; offsets are against this computer. */
const login = (server: number, client: number, more: { status?: number; scope?: string } = {}) =>
  record(
    serverLogin({
      request: { scope: 'openid profile', ...(more.scope !== undefined && { scope: more.scope }) },
      authorization: { headers: date(server) },
      callback: { status: more.status ?? 401, headers: date(client) },
    }),
  )

export default {
  fail: {
    'the authorization server is behind': { recording: login(-2 * HOUR, 0), owner: 'authorization_server' },
    'the client’s server is behind': { recording: login(0, -HOUR), owner: 'client' },
    'nobody tells which of the two is wrong': { recording: login(HOUR, -HOUR), owner: 'client' },
  },
  pass: {
    'clocks that agree': login(0, 0),
    'two minutes, which libraries forgive': login(120_000, 0),
  },
  notApplicable: {
    'no ID token was asked for': login(-2 * HOUR, 0, { scope: 'api' }),
    'the callback has no route': login(-2 * HOUR, 0, { status: 404 }),
    'the login went well': record(serverLogin({ authorization: { headers: date(-2 * HOUR) } })),
  },
} satisfies RuleCases
