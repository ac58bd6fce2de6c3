import { link } from '../rules/shared/references'
import { defineProvider } from './provider'

const app = (...path: string[]) => ({
  path: ['Entra ID', 'App registrations', 'the application', ...path],
  url: 'https://entra.microsoft.com',
})

export const entra = defineProvider({
  id: 'entra',
  name: 'Microsoft Entra ID',
  matches:
    /^https:\/\/(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net|login\.windows\.net)(\/|$)/,
  errors: [
    {
      pattern: /AADSTS(50011|500112|500113)\b/,
      rule: 'redirect-uri-not-registered',
      meaning: 'The redirect URI is not among the reply URLs of the application.',
    },
    {
      pattern: /AADSTS(700016|90002)\b/,
      rule: 'client-id-unknown',
      meaning: 'The application was not found in this tenant, or the tenant does not exist.',
    },
    {
      pattern: /AADSTS50194\b/,
      rule: 'wrong-tenant-or-account',
      meaning:
        'The application is registered for one tenant only, and the request went to the endpoint for all tenants.',
    },
    {
      pattern: /AADSTS(50020|500208|500212|90072)\b/,
      rule: 'wrong-tenant-or-account',
      meaning: 'The account that signed in belongs to another tenant, or is a personal one.',
    },
    {
      pattern: /AADSTS90038\b/,
      rule: 'wrong-tenant-or-account',
      meaning: 'The tenant is in another national cloud.',
    },
  ],
  console: {
    'redirect-uri-not-registered': app('Authentication', 'Redirect URIs'),
    'spa-redirect-registered-as-web': app('Authentication', 'Platform: Single-page application'),
    'spa-registration-used-by-server': app('Authentication', 'Platform: Web'),
    'response-type-unsupported': app('Authentication', 'Implicit grant and hybrid flows'),
    'wrong-tenant-or-account': app('Authentication', 'Supported account types'),
    'client-secret-wrong': app('Certificates & secrets', 'Client secrets: the value, not its ID'),
    'scope-invalid': app('API permissions'),
    'access-token-audience': app('Expose an API'),
    'policy-denied': {
      path: ['Entra ID', 'Enterprise applications', 'the application', 'Users and groups'],
      url: 'https://entra.microsoft.com',
    },
  },
  audiences: [
    {
      aud: '00000003-0000-0000-c000-000000000000',
      name: 'Microsoft Graph',
      calledAt: /^https:\/\/((dod-)?graph\.microsoft\.(com|us)|microsoftgraph\.chinacloudapi\.cn)\//,
    },
  ],
  references: [
    link('Microsoft Entra: error codes', 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes'),
  ],
})
