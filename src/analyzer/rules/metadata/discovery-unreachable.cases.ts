import { all, api, call, client, codeLogin, metadata, record, server, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const cors = { 'Access-Control-Allow-Origin': '*' }
const ask = (path: string, answer: object) =>
  call({ url: `${server}${path}`, headers: cors, ...answer }, { initiator: client })

const resourceMetadata = `${api}/.well-known/oauth-protected-resource`

/** An API that answers 401, and what it says of itself. */
const apiSends = (answer: object) =>
  all(
    call(
      { url: api, status: 401, headers: { 'WWW-Authenticate': `Bearer resource_metadata="${resourceMetadata}"` } },
      { initiator: client },
    ),
    call({ url: resourceMetadata, headers: cors, ...answer }, { initiator: client }),
  )

export default {
  fail: {
    'an API without metadata, and a client that tries the API itself': {
      recording: record(
        apiSends({ status: 404 }),
        call(
          { url: `${api}/.well-known/oauth-authorization-server`, status: 404, headers: cors },
          { initiator: client },
        ),
        call(
          { url: `${api}/register`, json: { redirect_uris: [] }, status: 404, headers: cors },
          { initiator: client },
        ),
      ),
      owner: 'resource_server',
    },
    'the server that the API names has no metadata': {
      recording: record(
        apiSends({ body: { resource: api, authorization_servers: [server] } }),
        ask('/.well-known/oauth-authorization-server', { status: 404 }),
      ),
      owner: 'authorization_server',
    },
    'not found': record(ask('/.well-known/openid-configuration', { status: 404 })),
    'two slashes': record(ask('//.well-known/openid-configuration', { status: 404 })),
    'the application’s page comes instead': record(
      ask('/.well-known/openid-configuration', { body: '<!doctype html><html></html>' }),
    ),
    'the path is there twice': record(
      ask('/.well-known/openid-configuration/.well-known/openid-configuration', { status: 404 }),
    ),
    'the server broke': {
      recording: record(ask('/.well-known/openid-configuration', { status: 503 })),
      rootCause: 'server-error',
    },
  },
  pass: {
    'a healthy login': record(metadata(), codeLogin()),
    'the second place has it': record(
      ask('/.well-known/oauth-authorization-server', { status: 404 }),
      metadata(),
      wait(100),
      codeLogin(),
    ),
    'the server is not reached': record(
      call(
        { url: `${server}/.well-known/openid-configuration`, error: 'net::ERR_NAME_NOT_RESOLVED' },
        { initiator: client },
      ),
    ),
  },
  notApplicable: { 'no metadata was asked for': record(codeLogin()) },
} satisfies RuleCases
