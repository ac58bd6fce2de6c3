import { link } from '../rules/shared/references'
import { defineProvider } from './provider'

const general = (...path: string[]) => ({ path: ['Applications', 'the application', 'General', ...path] })

export const okta = defineProvider({
  id: 'okta',
  name: 'Okta',
  matches: /^https:\/\/[^/]+\.(okta|oktapreview|okta-emea)\.com(\/|$)/,
  codeLifetime: 60,
  console: {
    'redirect-uri-not-registered': general('Sign-in redirect URIs'),
    'post-logout-uri-not-registered': general('Sign-out redirect URIs'),
    'token-endpoint-cors': { path: ['Security', 'API', 'Trusted Origins'] },
    'spa-redirect-registered-as-web': general('Client authentication: None'),
    'client-not-authorized': general('Grant type'),
    'client-secret-wrong': general('Client Credentials'),
    'client-auth-method-wrong': general('Client authentication'),
    'policy-denied': { path: ['Applications', 'the application', 'Assignments'] },
    'scope-invalid': { path: ['Security', 'API', 'Authorization Servers', 'the server', 'Scopes'] },
  },
  references: [link('Okta: error codes', 'https://developer.okta.com/docs/reference/error-codes/')],
})
