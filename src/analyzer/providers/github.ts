import { link } from '../rules/shared/references'
import { defineProvider } from './provider'

const app = (...path: string[]) => ({
  path: ['Settings', 'Developer settings', 'OAuth Apps', 'the app', ...path],
  url: 'https://github.com/settings/developers',
})

export const github = defineProvider({
  id: 'github',
  name: 'GitHub',
  matches: /^https:\/\/github\.com\/login\/(oauth|device)(\/|$)/,
  paths: {
    authorization_request: /^https:\/\/github\.com\/login\/oauth\/authorize$/,
    token_request: /^https:\/\/github\.com\/login\/oauth\/access_token$/,
  },
  codeLifetime: 600,
  console: {
    'redirect-uri-not-registered': app('Authorization callback URL'),
    'client-id-unknown': app('Client ID'),
    'client-secret-wrong': app('Client secrets'),
  },
  references: [
    link(
      'GitHub: troubleshooting access token requests',
      'https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors',
    ),
  ],
})
