import { call, codeLogin, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const read = (initiator: string, status = 200) =>
  call(
    {
      url: `${server}/.well-known/openid-configuration`,
      status,
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: { issuer: server, authorization_endpoint: `${server}/authorize`, token_endpoint: `${server}/token` },
    },
    { initiator },
  )

export default {
  fail: { 'a page of the company network on http': record(read('http://app.corp.test:8080')) },
  pass: {
    https: record(read('https://app.example')),
    loopback: record(read('http://localhost:3000')),
  },
  notApplicable: { 'a login followed': record(read('http://app.corp.test:8080'), codeLogin()) },
} satisfies RuleCases
