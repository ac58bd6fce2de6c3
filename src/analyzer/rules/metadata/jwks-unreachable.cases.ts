import { call, client, codeLogin, metadata, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const keys = (answer: object) =>
  call({ url: `${server}/jwks`, headers: { 'Access-Control-Allow-Origin': '*' }, ...answer }, { initiator: client })

export default {
  fail: {
    'not found': record(metadata(), codeLogin(), keys({ status: 404 })),
    'a page instead of keys': record(metadata(), codeLogin(), keys({ body: '<!doctype html><html></html>' })),
    'the browser keeps the keys from the page, and no metadata was seen': record(
      codeLogin(),
      keys({ status: 200, headers: {}, error: 'net::ERR_FAILED' }),
    ),
  },
  pass: {
    'a healthy login': record(
      metadata(),
      codeLogin(),
      keys({ body: { keys: [{ kty: 'RSA', kid: 'k1', n: '0vx7', e: 'AQAB' }] } }),
    ),
  },
  notApplicable: { 'no keys were asked for': record(metadata(), codeLogin()) },
} satisfies RuleCases
