import {
  all,
  call,
  challenge,
  type Happening,
  type HopSpec,
  jwt,
  navigate,
  seconds,
  START,
  url,
  verifier,
  wait,
} from '../builders'
import type { CorpusEntry } from './entry'
import { reported } from './reported-case'
import { fromFile, html, page } from './situation'

const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

/** A page’s exchange of its code, and the way to it. */
const exchange = (
  party: { readonly origin: string; readonly authorize: string; readonly token: string; readonly client_id: string },
  sent: Partial<HopSpec> & {
    readonly fields?: Record<string, string | undefined>
    readonly asked?: Record<string, string | undefined>
  },
): Happening => {
  const { fields, asked, ...hop } = sent
  const redirect_uri = `${party.origin}/callback`
  return all(
    navigate(
      [
        {
          url: url(party.authorize, {
            response_type: 'code',
            client_id: party.client_id,
            redirect_uri,
            scope: 'openid',
            state: 'kQ4xv7Tz2mBn8Lp0',
            ...pkce,
            ...asked,
          }),
        },
        { url: url(redirect_uri, { code: 'cd-4711', state: 'kQ4xv7Tz2mBn8Lp0' }), body: html },
      ],
      { initiator: party.origin },
    ),
    call(
      {
        url: party.token,
        ...(hop.json === undefined && {
          form: {
            grant_type: 'authorization_code',
            client_id: party.client_id,
            code: 'cd-4711',
            redirect_uri,
            code_verifier: verifier,
            ...fields,
          },
        }),
        headers: { 'Access-Control-Allow-Origin': party.origin },
        ...hop,
      },
      { initiator: party.origin },
    ),
  )
}

const entra = (origin: string, client_id: string) => ({
  origin,
  client_id,
  authorize: 'https://login.microsoftonline.com/8f1c/oauth2/v2.0/authorize',
  token: 'https://login.microsoftonline.com/8f1c/oauth2/v2.0/token',
})

const keycloak = (origin: string, client_id: string) => ({
  origin,
  client_id,
  authorize: 'https://sso.brickyard.pl/realms/works/protocol/openid-connect/auth',
  token: 'https://sso.brickyard.pl/realms/works/protocol/openid-connect/token',
})

/** Token requests that were refused. */
export const cases4: readonly CorpusEntry[] = [
  reported(
    '53',
    'token endpoint',
    'The token request names an http redirect_uri behind a proxy that ends TLS',
    'jgraph/docker-drawio/issues/140',
    {
      rootCause: 'redirect-uri-differs-at-token',
      owner: 'client',
      not: ['client-secret-wrong', 'code-redeemed-twice'],
    },
    exchange(entra('https://draw.scaffold.tools', 'dd-53'), {
      fields: { redirect_uri: 'http://draw.scaffold.tools/callback', code_verifier: undefined, client_secret: 'q~8' },
      asked: { code_challenge: undefined, code_challenge_method: undefined },
      status: 400,
      body: {
        error: 'invalid_client',
        error_description:
          "AADSTS50011: The redirect URI 'http://draw.scaffold.tools/callback' specified in the request does not match the redirect URIs configured for the application 'dd-53'.",
        error_codes: [50011],
      },
    }),
  ),
  reported(
    '55',
    'callback',
    'AADSTS500112 stands only in the server’s log: it redeems its code with http after it asked with https',
    'AzureAD/microsoft-identity-web/issues/2102',
    { rootCause: 'callback-error', owner: 'client', not: ['state-cookie-lost', 'redirect-uri-not-registered'] },
    navigate([
      {
        url: 'https://claims.northpier.ca/MicrosoftIdentity/Account/SignIn',
        headers: {
          'Set-Cookie': '.AspNetCore.Correlation.H1=N; path=/signin-oidc; secure; samesite=none; httponly',
        },
      },
      {
        url: url('https://login.microsoftonline.com/8f1c/oauth2/v2.0/authorize', {
          client_id: '55-np',
          redirect_uri: 'https://claims.northpier.ca/signin-oidc',
          response_type: 'code',
          scope: 'openid profile',
          response_mode: 'form_post',
          nonce: '637',
          state: 'CfDJ8np',
          ...pkce,
        }),
        body: html,
      },
    ]),
    wait(4000),
    navigate(
      {
        url: 'https://claims.northpier.ca/signin-oidc',
        form: { code: '0.ANp', state: 'CfDJ8np', session_state: '5' },
        requestHeaders: {
          Origin: 'https://login.microsoftonline.com',
          'Sec-Fetch-Site': 'cross-site',
          Cookie: '.AspNetCore.Correlation.H1=N',
        },
        status: 500,
        takes: 700,
      },
      { initiator: 'https://login.microsoftonline.com' },
    ),
  ),
  reported(
    '59',
    'token endpoint',
    'The client makes its redirect_uri from the current URL, which has the iss of RFC 9207 in it',
    '3scale/porta/pull/3859',
    { rootCause: 'redirect-uri-differs-at-token', owner: 'client', not: ['code-redeemed-twice', 'code-expired'] },
    exchange(keycloak('https://portal.brickyard-api.pl', 'porta'), {
      fields: {
        redirect_uri: 'https://portal.brickyard-api.pl/callback?iss=https%3A%2F%2Fsso.brickyard.pl%2Frealms%2Fworks',
      },
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Incorrect redirect_uri' },
    }),
  ),
  fromFile(
    reported(
      '70',
      'token endpoint',
      'A HAR file: "Missing code verifier.", though the authorization request had a challenge',
      'jan-janssen/gmailsorter/pull/402',
      {
        rootCause: 'pkce-verifier-missing',
        owner: 'client',
        not: ['code-redeemed-twice', 'redirect-uri-differs-at-token'],
      },
      exchange(
        {
          origin: 'http://localhost:8080',
          authorize: 'https://accounts.google.com/o/oauth2/auth',
          token: 'https://oauth2.googleapis.com/token',
          client_id: '70-gs.apps.googleusercontent.com',
        },
        {
          fields: { code_verifier: undefined, client_secret: 'GOCSPX-70' },
          status: 400,
          body: { error: 'invalid_grant', error_description: 'Missing code verifier.' },
        },
      ),
    ),
  ),
  reported(
    '71',
    'token endpoint',
    'The server wants a nonce in the DPoP proof; the client does not ask again',
    'auth0/nextjs-auth0/pull/2390',
    { rootCause: 'dpop-nonce-not-retried', owner: 'client', not: ['code-expired', 'client-auth-method-wrong'] },
    exchange(
      {
        origin: 'https://ledger.frostbyte.bank',
        authorize: 'https://frostbyte.us.auth0.com/authorize',
        token: 'https://frostbyte.us.auth0.com/oauth/token',
        client_id: '71fb',
      },
      {
        requestHeaders: {
          DPoP: jwt(
            { htm: 'POST', htu: 'https://frostbyte.us.auth0.com/oauth/token', iat: seconds(START), jti: '71' },
            { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x: 'f83O', y: 'x_FE' } },
          ),
        },
        headers: {
          'Access-Control-Allow-Origin': 'https://ledger.frostbyte.bank',
          'Access-Control-Expose-Headers': 'DPoP-Nonce',
          'DPoP-Nonce': 'eyJ7S_zG.eyJH0-Z',
        },
        status: 400,
        body: { error: 'use_dpop_nonce', error_description: 'Authorization server requires nonce in DPoP proof' },
      },
    ),
  ),
  reported(
    '73',
    'token endpoint',
    'AADSTS9002326: the redirect URI is registered for a web application, the page redeems the code itself',
    'Azure-Samples/ms-identity-javascript-angular-tutorial/issues/37',
    {
      rootCause: 'spa-redirect-registered-as-web',
      owner: 'authorization_server',
      not: ['token-endpoint-cors', 'client-secret-wrong'],
    },
    exchange(entra('http://localhost:4200', '73-ng'), {
      requestHeaders: { Origin: 'http://localhost:4200', 'Sec-Fetch-Mode': 'cors' },
      headers: { 'Access-Control-Allow-Origin': '*' },
      status: 400,
      body: {
        error: 'invalid_request',
        error_description:
          "AADSTS9002326: Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: 'http://localhost:4200'.",
        error_codes: [9002326],
      },
    }),
  ),
  reported(
    '77',
    'token endpoint',
    'AADSTS700025: a public client sends a secret',
    'harishkrupo/oauth2ms/issues/19',
    { rootCause: 'secret-sent-by-public-client', not: ['client-secret-wrong', 'code-expired'] },
    exchange(entra('http://localhost:5000', '77-ms'), {
      fields: { client_secret: 'kX~77', code_verifier: undefined },
      asked: { code_challenge: undefined, code_challenge_method: undefined },
      status: 401,
      body: {
        error: 'invalid_client',
        error_description:
          "AADSTS700025: Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
        error_codes: [700025],
      },
    }),
  ),
  reported(
    '79',
    'token endpoint',
    'A page as a confidential client: the 401 has no CORS headers, and the console speaks of CORS only',
    'keycloak/keycloak/issues/13286',
    { rootCause: 'token-endpoint-cors', not: ['token-endpoint-unreachable', 'code-expired'] },
    exchange(keycloak('http://localhost:8081', 'vault-ui'), {
      requestHeaders: { Origin: 'http://localhost:8081', 'Sec-Fetch-Mode': 'cors' },
      headers: { 'Content-Type': 'application/json' },
      status: 401,
      error: 'net::ERR_FAILED',
    }),
  ),
  reported(
    '83',
    'token endpoint',
    'The secret has a plus sign and is sent in Basic without form-encoding',
    'jumbojett/OpenID-Connect-PHP/issues/230',
    {
      rootCause: 'basic-credentials-not-form-encoded',
      owner: 'client',
      not: ['client-secret-wrong', 'client-id-unknown'],
    },
    exchange(
      {
        origin: 'https://intra.quillpress.at',
        authorize: 'https://op.quillpress.at/authorize',
        token: 'https://op.quillpress.at/token',
        client_id: 'intra',
      },
      {
        requestHeaders: { Authorization: `Basic ${btoa('intra:p+Qx9/aa=')}` },
        fields: { code_verifier: undefined, client_id: undefined },
        asked: { code_challenge: undefined, code_challenge_method: undefined },
        status: 401,
        headers: { 'Access-Control-Allow-Origin': '*', 'WWW-Authenticate': 'Basic realm="op"' },
        body: { error: 'invalid_client' },
      },
    ),
  ),
  reported(
    '85',
    'token endpoint',
    'The token request is JSON; the server says that it reads forms only',
    'panva/node-oidc-provider/issues/589',
    { rootCause: 'token-request-json-body', owner: 'client', not: ['code-expired', 'client-auth-method-wrong'] },
    exchange(
      {
        origin: 'https://spa.rowanberry.se',
        authorize: 'https://op.rowanberry.se/auth',
        token: 'https://op.rowanberry.se/token',
        client_id: 'rowan',
      },
      {
        json: {
          grant_type: 'authorization_code',
          client_id: 'rowan',
          code: 'cd-4711',
          code_verifier: verifier,
          redirect_uri: 'https://spa.rowanberry.se/callback',
        },
        status: 400,
        body: {
          error: 'invalid_request',
          error_description: 'only application/x-www-form-urlencoded content-type bodies are supported on POST /token',
        },
      },
    ),
  ),
  reported(
    '86',
    'token endpoint',
    'unsupported_grant_type: a password grant as JSON, in which the server finds no grant_type',
    'frol/flask-restplus-server-example/issues/95',
    {
      rootCause: 'token-request-json-body',
      owner: 'client',
      not: ['grant-type-missing-or-wrong', 'client-secret-wrong'],
    },
    call(
      {
        url: 'http://127.0.0.1:5000/auth/oauth2/token',
        json: { grant_type: 'password', client_id: 'documentation', username: 'root', password: 'q' },
        status: 400,
        headers: { 'Access-Control-Allow-Origin': '*' },
        body: { error: 'unsupported_grant_type' },
      },
      { initiator: 'http://localhost:8080' },
    ),
  ),
  reported(
    '82',
    'callback',
    'The gateway passes the browser’s Origin on to the token endpoint, which refuses it; a browser sees a failing callback',
    'keycloak/keycloak/issues/51831',
    { rootCause: 'callback-error', owner: 'client', not: ['state-cookie-lost', 'callback-not-found', 'cors-refused'] },
    navigate([
      {
        url: 'https://gate.sandpiper.coop/oauth/login',
        headers: { 'Set-Cookie': 'gw=1; Path=/; HttpOnly; Secure; SameSite=Lax' },
      },
      {
        url: url('https://sso.sandpiper.coop/realms/coop/protocol/openid-connect/auth', {
          response_type: 'code',
          client_id: 'gate',
          scope: 'openid',
          state: 'b2M9-82-gate-state',
          redirect_uri: 'https://gate.sandpiper.coop/oauth/code',
          nonce: 'n82',
        }),
      },
      {
        url: 'https://gate.sandpiper.coop/oauth/code?state=b2M9-82-gate-state&session_state=8&code=kc82',
        requestHeaders: { Cookie: 'gw=1' },
        status: 500,
        body: page('Internal Server Error'),
      },
    ]),
  ),
]
