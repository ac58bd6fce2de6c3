import { call, client, codeLogin, metadata, record, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const cors = { 'Access-Control-Allow-Origin': '*' }
const known = metadata({ registration_endpoint: `${server}/register` })
const register = (redirect_uri: string, answer: object) =>
  call(
    {
      url: `${server}/register`,
      json: { client_name: 'Inspector', redirect_uris: [redirect_uri] },
      headers: cors,
      ...answer,
    },
    { initiator: client },
  )

export default {
  fail: {
    'a loopback name that is not allowed': record(
      known,
      register('http://127.0.0.1:6274/callback', { status: 400, body: { error: 'invalid_redirect_uri' } }),
    ),
    'plain http': record(
      known,
      register('http://app.example/callback', { status: 400, body: { error: 'invalid_redirect_uri' } }),
    ),
    'registration is closed': {
      recording: record(known, register(`${client}/callback`, { status: 403 })),
      owner: 'authorization_server',
    },
    'other data': record(
      known,
      register(`${client}/callback`, { status: 400, body: { error: 'invalid_client_metadata' } }),
    ),
  },
  pass: {
    'a client registers': record(known, register(`${client}/callback`, { status: 201, body: { client_id: 'c1' } })),
  },
  notApplicable: { 'a login': record(codeLogin()) },
} satisfies RuleCases
