import { client, code, codeLogin, navigate, record, request, server, url } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const back = { code, state: request.state }

const login = (target: string, error = 'net::ERR_CONNECTION_REFUSED', redirect_uri: string = request.redirect_uri) =>
  record(
    navigate(
      [
        { url: url(`${server}/authorize`, { ...request, redirect_uri }) },
        { url: url(redirect_uri, back), status: 302 },
        { url: target, error },
      ],
      { initiator: client },
    ),
  )

export default {
  fail: {
    'the port of the application': login('http://localhost:8080/home'),
    'a name of the container network': login('http://backend:3000/home', 'net::ERR_NAME_NOT_RESOLVED'),
    'a private address': login('https://10.0.0.7/home', 'net::ERR_CONNECTION_TIMED_OUT'),
    'the start of the login named another address': {
      recording: record(
        navigate(
          [
            { url: url(`${client}/auth/v1/start`, { provider: 'id', redirect_to: 'https://shop.example/' }) },
            { url: url(`${server}/authorize`, request) },
            { url: url(request.redirect_uri, back), status: 302 },
            { url: 'http://localhost:3000/?code=84bcd760', error: 'net::ERR_CONNECTION_REFUSED' },
          ],
          { initiator: 'https://shop.example' },
        ),
      ),
      owner: 'authorization_server',
    },
  },
  pass: { 'a public address': login('https://other.example/home') },
  notApplicable: { healthy: record(codeLogin()) },
} satisfies RuleCases
