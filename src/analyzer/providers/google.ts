import { link } from '../rules/shared/references'
import { defineProvider } from './provider'

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
  references: [link('Google: OAuth error codes', 'https://developers.google.com/identity/protocols/oauth2/web-server')],
})
