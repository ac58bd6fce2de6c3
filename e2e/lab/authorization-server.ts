import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type Configuration, type JWK, type KoaContextWithOIDC } from 'oidc-provider'
import {
  CLIENT_WITH_PKCE_REQUIRED,
  CLIENT_WITHOUT_CORS,
  registeredClients,
  SHORT_CODE_TTL,
  SHORT_TOKEN_TTL,
  UNASSIGNED_CLIENT,
} from './clients'
import { MemoryAdapter } from './memory-adapter'
import { escapeHtml, htmlPage, outcomePage } from './html'
import type { Origins, ServerName } from './origins'

/** The one account of the lab; any password signs in. */
export const ACCOUNT = { username: 'ada', password: 'lovelace', name: 'Ada Lovelace' }

/** The resource indicator of an API that is not the API of the lab (RFC 8707). */
export const OTHER_API = 'https://billing.example'

/** A key pair every authorization server of one lab signs with. */
export async function createSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'lab' } as JWK
}

/** A real authorization server under the origin that `name` has in `origins`. */
export function createAuthorizationServer(name: ServerName, origins: Origins, signingKey: JWK): Provider {
  const provider = new Provider(origins.servers[name], configurationOf(name, origins, signingKey))
  allowImplicitGrantOverHttp(provider)
  provider.use(markCrossSiteCookiesSecure)
  provider.use((ctx, next) => interactionPages(provider, ctx as KoaContextWithOIDC, next))
  return provider
}

function configurationOf(name: ServerName, origins: Origins, signingKey: JWK): Configuration {
  return {
    adapter: MemoryAdapter,
    clients: registeredClients(origins),
    ...(name === 'basic-only' ? { clientAuthMethods: ['none', 'client_secret_basic'] as const } : {}),
    jwks: { keys: [signingKey] },
    responseTypes: ['code', 'id_token token'],
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    conformIdTokenClaims: false,
    findAccount: (_ctx, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, name: ACCOUNT.name, email: `${accountId}@example.org` }),
    }),
    clientBasedCORS: (_ctx, origin, client) => origin === origins.spa && client.clientId !== CLIENT_WITHOUT_CORS,
    pkce: { required: (_ctx, client) => client.clientId === CLIENT_WITH_PKCE_REQUIRED },
    cookies: {
      keys: [randomBytes(16).toString('hex')],
      long: { httpOnly: true, sameSite: name === 'lax-cookies' || name === 'same-site' ? 'lax' : 'none' },
    },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    loadExistingGrant: grantToFirstParty,
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    renderError: (ctx, out) => {
      ctx.type = 'html'
      ctx.body = outcomePage('Sign-in request refused', `${out.error}: ${out.error_description ?? 'no description'}`)
    },
    ttl: {
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 3600,
      AuthorizationCode: (_ctx, _code, client) => (client.clientId === 'spa-short-code' ? SHORT_CODE_TTL : 60),
      Grant: 86_400,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 86_400,
      Session: 86_400,
    },
    features: {
      devInteractions: { enabled: false },
      introspection: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: submitLogoutForm },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, audience, client) => ({
          audience,
          scope: audience === origins.api ? 'orders:read orders:write' : 'invoices:read',
          accessTokenFormat: 'jwt',
          accessTokenTTL: client.clientId === 'spa-short-token' ? SHORT_TOKEN_TTL : 3600,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  }
}

/** The schema of the provider forbids http redirect URIs to implicit clients; the lab has no https. */
function allowImplicitGrantOverHttp(provider: Provider): void {
  const schema = (provider.Client as unknown as { Schema: { prototype: { invalidate: Invalidate } } }).Schema.prototype
  const invalidate = schema.invalidate
  schema.invalidate = function (message, code) {
    if (code !== 'implicit-force-https' && code !== 'implicit-forbid-localhost') invalidate.call(this, message, code)
  }
}

type Invalidate = (this: unknown, message: string, code?: string) => void

/**
 * Browsers keep `SameSite=None` cookies only when they are `Secure`, and take `Secure` ones from `*.localhost` over
 * http; the provider adds `Secure` over https only.
 */
async function markCrossSiteCookiesSecure(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next()
  const cookies = ctx.response.headers['set-cookie']
  if (Array.isArray(cookies)) {
    ctx.set(
      'Set-Cookie',
      cookies.map((cookie) => (/samesite=none/i.test(cookie) ? `${cookie}; secure` : cookie)),
    )
  }
}

/** All clients belong to the lab, so nobody is asked for consent. */
const grantToFirstParty: Configuration['loadExistingGrant'] = async (ctx) => {
  const { client, session, provider, params, resourceServers } = ctx.oidc
  if (!client || !session?.accountId) return undefined
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope(String(params?.['scope'] ?? 'openid'))
  const registered = registeredScopes(resourceServers)
  const requested = String(params?.['scope'] ?? '').split(' ')
  for (const [resource, scopes] of registered) {
    grant.addResourceScope(resource, requested.filter((scope) => scopes.has(scope)).join(' '))
  }
  await grant.save()
  return grant
}

function registeredScopes(servers: KoaContextWithOIDC['oidc']['resourceServers']): [string, Set<string>][] {
  return Object.entries(servers ?? {}).map(([resource, server]) => [resource, new Set(server.scope.split(' '))])
}

function submitLogoutForm(ctx: KoaContextWithOIDC, form: string): void {
  ctx.body = htmlPage({
    title: 'Signing out',
    body: `${form}<script>
const form = document.forms[0]
form.insertAdjacentHTML('beforeend', '<input type="hidden" name="logout" value="yes">')
form.submit()
</script>`,
  })
}

async function interactionPages(provider: Provider, ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  const [, uid, action] = /^\/interaction\/([^/]+)(?:\/(login|cancel))?$/.exec(ctx.path) ?? []
  if (!uid) return next()
  const { params } = await provider.interactionDetails(ctx.req, ctx.res)
  if (ctx.method === 'GET') {
    ctx.body = loginPage(uid, String(params['client_id']))
    return
  }
  ctx.redirect(
    await provider.interactionResult(ctx.req, ctx.res, interactionResult(action, params), {
      mergeWithLastSubmission: false,
    }),
  )
  ctx.status = 303
}

function interactionResult(action: string | undefined, params: Record<string, unknown>) {
  if (action === 'cancel') {
    return { error: 'access_denied', error_description: 'End-User aborted interaction' }
  }
  if (params['client_id'] === UNASSIGNED_CLIENT) {
    return { error: 'unauthorized_client', error_description: 'the client is not enabled for this account' }
  }
  return { login: { accountId: ACCOUNT.username } }
}

function loginPage(uid: string, clientId: string): string {
  return htmlPage({
    title: 'Sign in',
    body: `<h1>Sign in</h1>
<p class="soft">to continue to <b>${escapeHtml(clientId)}</b>. Any name and password will do.</p>
<div class="card">
<form method="post" action="/interaction/${uid}/login">
<label>Username <input name="username" autocomplete="username" value="${ACCOUNT.username}" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" value="${ACCOUNT.password}" required></label>
<button class="primary">Sign in</button>
<button formaction="/interaction/${uid}/cancel" formnovalidate>Cancel</button>
</form>
</div>`,
  })
}
