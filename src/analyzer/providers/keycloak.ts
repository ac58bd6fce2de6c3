import { link } from '../rules/shared/references'
import { defineProvider } from './provider'

const client = (...path: string[]) => ({ path: ['Admin console', 'the realm', 'Clients', 'the client', ...path] })

export const keycloak = defineProvider({
  id: 'keycloak',
  name: 'Keycloak',
  matches: /^https?:\/\/[^/]+(\/auth)?\/realms\/[^/]+(\/|$)/,
  paths: {
    authorization_request: /\/realms\/[^/]+\/protocol\/openid-connect\/auth$/,
    token_request: /\/realms\/[^/]+\/protocol\/openid-connect\/token$/,
    userinfo_request: /\/realms\/[^/]+\/protocol\/openid-connect\/userinfo$/,
    end_session_request: /\/realms\/[^/]+\/protocol\/openid-connect\/logout$/,
    jwks: /\/realms\/[^/]+\/protocol\/openid-connect\/certs$/,
  },
  codeLifetime: 60,
  console: {
    'redirect-uri-not-registered': client('Settings', 'Valid redirect URIs'),
    'post-logout-uri-not-registered': client('Settings', 'Valid post logout redirect URIs'),
    'token-endpoint-cors': client('Settings', 'Web origins'),
    'spa-redirect-registered-as-web': client('Settings', 'Client authentication: off'),
    'client-not-authorized': client('Settings', 'Authentication flow'),
    'response-type-unsupported': client('Settings', 'Authentication flow'),
    'client-secret-wrong': client('Credentials', 'Client secret'),
    'client-auth-method-wrong': client('Credentials', 'Client Authenticator'),
    'scope-invalid': client('Client scopes'),
    'pkce-required': client('Advanced', 'Proof Key for Code Exchange Code Challenge Method'),
    'code-expired': { path: ['Admin console', 'the realm', 'Realm settings', 'Tokens', 'Client Login Timeout'] },
  },
  references: [link('Keycloak: securing applications', 'https://www.keycloak.org/guides#securing-apps')],
})
