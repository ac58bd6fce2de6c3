import { all, api, call, client, codeLogin, metadata, record, request, server } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const path = '/.well-known/oauth-protected-resource'

/** A client that knows nothing but the URL of an API: the API says where its metadata is, and that where to log in. */
const sentToLogIn = (resource: string, metadataAt = `${api}${path}/mcp`) =>
  all(
    call(
      {
        url: `${api}/mcp`,
        json: {},
        status: 401,
        headers: { 'WWW-Authenticate': `Bearer resource_metadata="${metadataAt}"` },
      },
      { initiator: client },
    ),
    call({ url: metadataAt, body: { resource, authorization_servers: [server] } }, { initiator: client }),
    metadata({ registration_endpoint: `${server}/register` }),
  )

export default {
  fail: {
    'an address inside': { recording: record(sentToLogIn('http://10.0.3.7:8080/mcp')), owner: 'resource_server' },
    'another path': record(sentToLogIn(`${api}/v2`)),
    'the whole host, for a strict client': record(sentToLogIn(api)),
  },
  pass: {
    'the whole host, as the URL of the metadata says': record(sentToLogIn(api, `${api}${path}`)),
    'the same': record(sentToLogIn(`${api}/mcp`)),
    'another name, and a client that does not mind': record(
      sentToLogIn('http://10.0.3.7:8080/mcp'),
      codeLogin({ request: { resource: `${api}/mcp`, ...request } }),
    ),
  },
  notApplicable: { 'a healthy login': record(metadata(), codeLogin()) },
} satisfies RuleCases
