import { call, client, codeLogin, metadata, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const revoke = (status: number, body?: object) =>
  call(
    {
      url: `${server}/revoke`,
      form: { token: '2YotnFZFEjr1zCsicMWpAA', client_id: 'shop-web' },
      status,
      headers: { 'Access-Control-Allow-Origin': client },
      ...(body && { body }),
    },
    { initiator: client },
  )

const known = metadata({ revocation_endpoint: `${server}/revoke` })

const userinfo = (status: number) =>
  call(
    {
      url: `${server}/me`,
      requestHeaders: { Authorization: 'Bearer 2YotnFZFEjr1zCsicMWpAA' },
      status,
      headers: { 'Access-Control-Allow-Origin': client },
    },
    { initiator: client },
  )

export default {
  fail: {
    'revocation of a kind that is not supported': record(known, revoke(400, { error: 'unsupported_token_type' })),
    'revocation by another client': record(known, revoke(401, { error: 'invalid_client' })),
    'userinfo is not there': record(metadata(), codeLogin(), userinfo(404)),
  },
  pass: {},
  notApplicable: {
    'revocation of an unknown token': record(known, revoke(200)),
    'an inactive token is a good answer': record(
      metadata({ introspection_endpoint: `${server}/introspect` }),
      call({ url: `${server}/introspect`, form: { token: 'x' }, body: { active: false } }, { initiator: client }),
    ),
    'userinfo answered': record(metadata(), codeLogin(), userinfo(200)),
  },
} satisfies RuleCases
