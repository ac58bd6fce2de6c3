import { link } from '../rules/shared/references'
import { defineProvider } from './provider'

const clients = (...path: string[]) => ({
  path: ['Google Auth Platform', 'Clients', 'the client', ...path],
  url: 'https://console.cloud.google.com/auth/clients',
})

export const google = defineProvider({
  id: 'google',
  name: 'Google',
  matches: /^https:\/\/(accounts\.google\.com|oauth2\.googleapis\.com)(\/|$)/,
  errors: [
    {
      pattern: /\borg_internal\b/,
      rule: 'wrong-tenant-or-account',
      meaning: 'The application is for accounts of its own organization, and another one is signed in.',
    },
  ],
  codeLifetime: 600,
  console: {
    'redirect-uri-not-registered': clients('Authorized redirect URIs'),
    'js-origin-not-registered': clients('Authorized JavaScript origins'),
    'client-secret-wrong': clients('Client secrets'),
    'wrong-tenant-or-account': { path: ['Google Auth Platform', 'Audience', 'User type'] },
    'policy-denied': { path: ['Google Auth Platform', 'Audience', 'Test users'] },
  },
  references: [link('Google: OAuth error codes', 'https://developers.google.com/identity/protocols/oauth2/web-server')],
})
