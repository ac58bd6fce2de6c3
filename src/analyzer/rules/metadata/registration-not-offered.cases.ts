import { all, api, call, client, codeLogin, metadata, record, server, wait } from '../../../testing/builders'
import type { RuleCases } from '../cases'

const metadataAt = `${api}/.well-known/oauth-protected-resource`

const sentToLogIn = (more: Readonly<Record<string, unknown>> = {}) =>
  all(
    call(
      { url: api, status: 401, headers: { 'WWW-Authenticate': `Bearer resource_metadata="${metadataAt}"` } },
      { initiator: client },
    ),
    call({ url: metadataAt, body: { resource: api, authorization_servers: [server] } }, { initiator: client }),
    metadata(more),
  )

export default {
  fail: { 'no registration endpoint': { recording: record(sentToLogIn()), owner: 'authorization_server' } },
  pass: { 'the client has a client_id': record(sentToLogIn(), wait(2000), codeLogin()) },
  notApplicable: {
    'registration is offered': record(sentToLogIn({ registration_endpoint: `${server}/register` })),
    'a URL serves as client_id': record(sentToLogIn({ client_id_metadata_document_supported: true })),
    'nobody was sent there by an API': record(metadata()),
  },
} satisfies RuleCases
