import {
  api,
  authorize,
  call,
  client,
  codeLogin,
  type Happening,
  type HopSpec,
  record,
  redeem,
  request,
  tokenError,
  wait,
} from '../builders'
import { refresh, renewed } from '../refresh'
import type { Area, CorpusEntry } from './entry'

const angularAuth = 'https://github.com/damienbod/angular-auth-oidc-client'
const angularOauth2 = 'https://github.com/manfredsteyer/angular-oauth2-oidc'

/** A login that was caused to fail with software that played no part in the making of the rules, rebuilt from its recording. */
const heldOut = (
  id: string,
  area: Area,
  title: string,
  source: string,
  expected: CorpusEntry['expected'],
  ...happenings: readonly Happening[]
): CorpusEntry => ({ id: `held-out-2-${id}`, area, title, source, expected, recording: record(...happenings) })

const orders = (hop: Partial<HopSpec> = {}): Happening =>
  call(
    { url: `${api}/orders`, status: 401, headers: { 'Access-Control-Allow-Origin': client }, body: {}, ...hop },
    { initiator: client },
  )

export const heldOut2: readonly CorpusEntry[] = [
  heldOut(
    'code-redeemed-twice-well',
    'API',
    'The page redeems its code twice at once, the server answers both, and the page then has no token',
    angularAuth,
    { rootCause: 'code-redeemed-twice', owner: 'client', not: ['bearer-missing'] },
    codeLogin(),
    redeem(),
    orders({ headers: { 'WWW-Authenticate': 'Bearer', 'Access-Control-Allow-Origin': client } }),
  ),
  heldOut(
    'redirect-uri-built-twice',
    'token endpoint',
    'The callback page builds the redirect_uri from its own address, and the server calls the client unauthorized',
    angularOauth2,
    { rootCause: 'redirect-uri-differs-at-token', owner: 'client', not: ['client-not-authorized'] },
    authorize(),
    redeem({
      token: { redirect_uri: `${request.redirect_uri}/` },
      tokenCall: tokenError('unauthorized_client', {}, 403),
    }),
  ),
  heldOut(
    'page-registered-with-a-secret',
    'token endpoint',
    'The client of a page is registered as confidential; the server says unauthorized_client and nothing else',
    'https://github.com/AzureAD/microsoft-authentication-library-for-js',
    {
      rootCause: 'spa-redirect-registered-as-web',
      owner: 'authorization_server',
      not: ['client-not-authorized', 'redirect-uri-differs-at-token', 'code-expired'],
    },
    authorize(),
    redeem({ tokenCall: tokenError('unauthorized_client', {}, 403) }),
  ),
  heldOut(
    'refresh-token-null',
    'refresh',
    'The scope has no offline_access, the page refreshes with the text null; no response body was seen',
    angularOauth2,
    { rootCause: 'offline-access-missing', owner: 'client', not: ['placeholder-or-undefined-param'] },
    codeLogin({ tokenCall: { body: undefined } }),
    wait(5000),
    refresh('null', { status: 400, body: undefined }),
  ),
  heldOut(
    'refresh-scope-as-before',
    'refresh',
    'Each refresh names the scope of the request, of which the server granted less; the first worked, the chain was then revoked',
    angularOauth2,
    { rootCause: 'refresh-token-refused', owner: 'client', not: ['refresh-scope-widened', 'token-request-refused'] },
    codeLogin({ tokenAnswer: { refresh_token: 'r1', scope: 'openid profile' } }),
    refresh('r1', renewed('r2', { scope: 'openid profile' }), 1, { scope: 'openid profile email' }),
    wait(2000),
    refresh('r2', { status: 400, body: '' }, 1, { scope: 'openid profile email' }),
  ),
  heldOut(
    'refresh-refused-bare',
    'refresh',
    'An administrator revoked the refresh token; the server answers 400 and nothing else',
    'https://github.com/AxaFrance/oidc-client',
    { rootCause: 'refresh-token-refused', owner: 'client', not: ['token-request-refused'] },
    codeLogin({ tokenAnswer: { refresh_token: 'r1' } }),
    wait(5000),
    refresh('r1', { status: 400, body: '' }),
  ),
]
