import type { Flow } from '../../model/analysis'
import { parseUrl } from '../../model/url'

const shortNames: Readonly<Record<string, string>> = {
  entra: 'Microsoft Entra',
  'entra-id': 'Microsoft Entra',
  'azure-ad-b2c': 'Azure AD B2C',
  adfs: 'AD FS',
  auth0: 'Auth0',
  github: 'GitHub',
  gitlab: 'GitLab',
  'oidc-provider': 'oidc-provider',
  workos: 'WorkOS',
  fusionauth: 'FusionAuth',
  onelogin: 'OneLogin',
  'aws-cognito': 'Amazon Cognito',
  cognito: 'Amazon Cognito',
  linkedin: 'LinkedIn',
}

/** A provider id as people write it. */
export const providerName = (id: string): string =>
  shortNames[id] ??
  id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')

export const hostOf = (url: string): string => parseUrl(url)?.host || url

const authorizationServerSteps = new Set([
  'authorization_request',
  'pushed_authorization_request',
  'token_request',
  'provider_metadata',
  'jwks',
  'userinfo_request',
  'device_authorization_request',
  'end_session_request',
])

/** The URL of something at the authorization server: the issuer, or an endpoint that was called. */
export const serverUrl = (flow: Flow): string | undefined =>
  flow.issuer ?? flow.steps.find((step) => step.url !== '' && authorizationServerSteps.has(step.kind))?.url

export const serverLabel = (flow: Flow): string => {
  const url = serverUrl(flow)
  if (flow.provider && flow.provider !== 'generic') return providerName(flow.provider)
  return url ? hostOf(url) : 'authorization server'
}

export const clientLabel = (flow: Flow): string => {
  if (flow.client_id) return flow.client_id
  const [first] = flow.steps
  if (flow.redirect_uri) return hostOf(flow.redirect_uri)
  return first?.url ? hostOf(first.url) : 'unknown client'
}
