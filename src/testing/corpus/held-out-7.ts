import {
  type HopSpec,
  api,
  authorize,
  call,
  client,
  jwt,
  metadata,
  navigate,
  redeem,
  request,
  server,
  url,
} from '../builders'
import type { CorpusEntry } from './entry'
import { heldOut } from './held-out'

const atproto = 'https://github.com/bluesky-social/atproto'

const inspector = 'https://github.com/modelcontextprotocol/inspector'

const dpop = (htu: string, claims: Readonly<Record<string, unknown>> = {}) => ({
  DPoP: jwt({ htm: 'POST', htu, jti: 'a', ...claims }, { typ: 'dpop+jwt', jwk: { kty: 'EC' } }),
  Origin: client,
})

const cors = { 'Access-Control-Allow-Origin': client }
const nonce = { ...cors, 'DPoP-Nonce': 'n1' }
const exposed = { ...nonce, 'Access-Control-Expose-Headers': 'DPoP-Nonce' }

/** What the page pushes; the body of the answer is lost when the page goes on at once. */
const push = (answer: Partial<HopSpec>, claims: Readonly<Record<string, unknown>> = { nonce: 'n1' }) =>
  call(
    { url: `${server}/par`, form: { ...request }, requestHeaders: dpop(`${server}/par`, claims), ...answer },
    { initiator: client },
  )

const askForNonce = push({ status: 400, headers: exposed }, {})
const taken = push({ status: 201, headers: exposed })

const byReference = {
  request: {
    response_type: undefined,
    redirect_uri: undefined,
    scope: undefined,
    state: undefined,
    nonce: undefined,
    code_challenge: undefined,
    code_challenge_method: undefined,
    request_uri: 'urn:ietf:params:oauth:request_uri:req-1',
  },
}

const pushedMetadata = metadata({
  pushed_authorization_request_endpoint: `${server}/par`,
  revocation_endpoint: `${server}/revoke`,
})

/** The page that a script draws from what the server put into it. */
const drawnPage = (said: Readonly<Record<string, unknown>>) =>
  navigate(
    {
      url: url(`${server}/authorize`, {
        client_id: request.client_id,
        request_uri: byReference.request.request_uri,
      }),
      status: 400,
      body: `<!doctype html><html><body><div id="root"></div><script>window["__error"]=JSON.parse(${JSON.stringify(JSON.stringify(said))});</script><script type="module" src="/error-page.js"></script></body></html>`,
    },
    { initiator: client },
  )

/** Rebuilt from logins with atproto, Authlib, Net::OAuth2::AuthorizationServer and an MCP server. */
export const heldOut7: readonly CorpusEntry[] = [
  heldOut(
    'pushed-with-nonce',
    'healthy',
    'Pushed request and token request are first answered with a DPoP nonce, and repeated with it',
    atproto,
    { rootCause: null },
    pushedMetadata,
    askForNonce,
    taken,
    authorize({ ...byReference, response: { state: request.state } }),
    redeem({ tokenCall: { status: 400, headers: exposed, requestHeaders: dpop(`${server}/token`) } }),
    redeem({ tokenCall: { requestHeaders: dpop(`${server}/token`, { nonce: 'n1' }) } }),
  ),
  heldOut(
    'nonce-not-exposed',
    'authorization request',
    'A proxy sets CORS headers of its own, and the page cannot read the DPoP nonce of the pushed request’s answer',
    atproto,
    { rootCause: 'dpop-nonce-not-retried', owner: 'authorization_server', not: ['pushed-request-refused'] },
    pushedMetadata,
    push({ status: 400, headers: nonce }, {}),
  ),
  heldOut(
    'pushed-to-another-instance',
    'authorization request',
    'The instance of the server that the browser is sent to does not know what was pushed to the other one',
    atproto,
    {
      rootCause: 'request-uri-expired-or-reused',
      not: ['client-id-unknown', 'redirect-uri-not-registered', 'pushed-request-refused'],
    },
    pushedMetadata,
    askForNonce,
    taken,
    drawnPage({ error: 'invalid_request', error_description: 'Unknown request_uri' }),
  ),
  heldOut(
    'navigation-refused',
    'authorization request',
    'The server takes no navigation from a host of its own site, and says so on a page that a script draws',
    atproto,
    {
      rootCause: 'authorization-request-refused',
      not: ['client-id-unknown', 'redirect-uri-not-registered', 'pushed-request-refused'],
    },
    pushedMetadata,
    askForNonce,
    taken,
    drawnPage({ error: 'invalid_request', error_description: 'Forbidden sec-fetch-site header "same-site"' }),
  ),
  heldOut(
    'identity-names-a-host-that-is-gone',
    'token endpoint',
    'The page gets its tokens, asks the host that the user’s identity names, which does not exist, and revokes the tokens',
    atproto,
    { rootCause: 'tokens-revoked-unused' },
    pushedMetadata,
    askForNonce,
    taken,
    authorize({ ...byReference, response: { state: request.state } }),
    redeem({ tokenCall: { requestHeaders: dpop(`${server}/token`, { nonce: 'n1' }) } }),
    call(
      { url: 'https://other.example/.well-known/oauth-protected-resource', error: 'net::ERR_NAME_NOT_RESOLVED' },
      { initiator: client },
    ),
    call(
      { url: `${server}/revoke`, form: { token: '2YotnFZFEjr1zCsicMWpAA', client_id: request.client_id }, body: {} },
      { initiator: client },
    ),
  ),
  heldOut(
    'registration-switched-off',
    'discovery',
    'A client that knows only the URL of an MCP server finds metadata without a registration endpoint at its host',
    inspector,
    { rootCause: 'registration-not-offered', owner: 'authorization_server' },
    call({ url: `${server}/.well-known/oauth-protected-resource`, status: 404, headers: cors }, { initiator: client }),
    metadata(),
  ),
  heldOut(
    'library-looks-in-the-fragment',
    'callback',
    'The code comes in the query, and the library of the page looks for it in the fragment',
    'https://github.com/openid/AppAuth-JS',
    { rootCause: 'code-not-redeemed', owner: 'client' },
    navigate({ url: `${client}/`, body: '<html><script src="/app.js"></script></html>' }),
    authorize(),
  ),
  heldOut(
    'token-lost-to-a-hash-route',
    'API',
    'A route takes the place of the fragment with the token, and the page calls the API without one',
    'https://github.com/Humanstate/net-oauth2-authorizationserver',
    { rootCause: 'bearer-missing', owner: 'client' },
    navigate({ url: `${client}/`, body: '<html></html>' }),
    navigate(
      [
        { url: url(`${server}/authorize`, { ...request, response_type: 'token' }) },
        {
          url: `${request.redirect_uri}#access_token=2YotnFZFEjr1zCsicMWpAA&token_type=Bearer&state=${request.state}`,
          body: '<html></html>',
        },
      ],
      { initiator: client },
    ),
    call(
      {
        url: `${api}/pictures`,
        status: 401,
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: { error: 'invalid_request' },
      },
      { initiator: client },
    ),
  ),
]
