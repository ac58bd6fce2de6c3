import { link } from '../rules/shared/references'
import { defineProvider } from './provider'

const settings = (...path: string[]) => ({
  path: ['Applications', 'the application', 'Settings', ...path],
  url: 'https://manage.auth0.com',
})

export const auth0 = defineProvider({
  id: 'auth0',
  name: 'Auth0',
  matches: /^https:\/\/[^/]+\.auth0\.com(\/|$)/,
  console: {
    'redirect-uri-not-registered': settings('Allowed Callback URLs'),
    'post-logout-uri-not-registered': settings('Allowed Logout URLs'),
    'token-endpoint-cors': settings('Allowed Origins (CORS)'),
    'spa-redirect-registered-as-web': settings('Application Type: Single Page Application'),
    'client-not-authorized': settings('Advanced Settings', 'Grant Types'),
    'client-secret-wrong': settings('Client Secret'),
    'client-auth-method-wrong': settings('Credentials', 'Authentication Method'),
    'access-token-rejected': { path: ['APIs', 'the API', 'Identifier'], url: 'https://manage.auth0.com' },
    'access-token-audience': { path: ['APIs', 'the API', 'Identifier'], url: 'https://manage.auth0.com' },
  },
  references: [
    link('Auth0: application settings', 'https://auth0.com/docs/get-started/applications/application-settings'),
  ],
})
