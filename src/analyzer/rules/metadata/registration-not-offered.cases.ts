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

/** The API has no metadata of its own; the client looks at its host for that of the authorization server. */
const soughtAtApi = (more: Readonly<Record<string, unknown>> = {}, status = 404) =>
  all(call({ url: `${server}/.well-known/oauth-protected-resource`, status }, { initiator: client }), metadata(more))

export default {
  fail: {
    'no registration endpoint': { recording: record(sentToLogIn()), owner: 'authorization_server' },
    'no registration endpoint at the host of the API': record(soughtAtApi()),
  },
  pass: { 'the client has a client_id': record(sentToLogIn(), wait(2000), codeLogin()) },
  notApplicable: {
    'registration is offered': record(sentToLogIn({ registration_endpoint: `${server}/register` })),
    'a URL serves as client_id': record(sentToLogIn({ client_id_metadata_document_supported: true })),
    'the host of the API offers registration': record(soughtAtApi({ registration_endpoint: `${server}/register` })),
    'the API may have metadata that it could not give': record(soughtAtApi({}, 500)),
    'nobody was sent there by an API': record(metadata()),
  },
} satisfies RuleCases
