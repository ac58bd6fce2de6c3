import type { ClientMetadata } from 'oidc-provider'
import type { Origins } from './origins'

/** The right secret of every client that has one. */
export const CLIENT_SECRET = 'lab-secret-2f9a6c41d7e85b03'

/** Seconds a code of `spa-short-code` lives. */
export const SHORT_CODE_TTL = 1
/** Seconds an access token of `spa-short-token` lives. */
export const SHORT_TOKEN_TTL = 1

/** Names who may not use which client, as an administrator would have set it. */
export const UNASSIGNED_CLIENT = 'spa-unassigned'
export const CLIENT_WITHOUT_CORS = 'spa-without-cors'
export const CLIENT_WITH_PKCE_REQUIRED = 'spa-pkce-required'

/** What is registered at every authorization server of the lab. */
export function registeredClients(origins: Origins): ClientMetadata[] {
  const spa: ClientMetadata = {
    client_id: 'spa',
    client_name: 'Single-page app',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [`${origins.spa}/callback`, `${origins.spa}/silent-callback`],
    post_logout_redirect_uris: [`${origins.spa}/signed-out`],
  }
  const web: ClientMetadata = {
    client_id: 'web',
    client_name: 'Web shop',
    client_secret: CLIENT_SECRET,
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [origins.web, origins.webByAddress, origins.webOffLoopback].flatMap((origin) => [
      `${origin}/callback`,
      `${origin}/oauth/callback`,
    ]),
  }
  return [
    spa,
    { ...spa, client_id: 'spa-refresh', grant_types: ['authorization_code', 'refresh_token'] },
    { ...spa, client_id: 'spa-short-code' },
    { ...spa, client_id: 'spa-short-token' },
    { ...spa, client_id: UNASSIGNED_CLIENT },
    { ...spa, client_id: CLIENT_WITHOUT_CORS },
    { ...spa, client_id: CLIENT_WITH_PKCE_REQUIRED },
    { ...spa, client_id: 'spa-openid-only', scope: 'openid' },
    {
      ...spa,
      client_id: 'spa-with-secret',
      client_secret: CLIENT_SECRET,
      token_endpoint_auth_method: 'client_secret_basic',
    },
    {
      ...spa,
      client_id: 'spa-implicit',
      grant_types: ['implicit'],
      response_types: ['id_token token'],
      redirect_uris: [`${origins.spa}/implicit-callback`],
    },
    web,
  ]
}
