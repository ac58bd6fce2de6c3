import { link } from '../rules/shared/references'
import { defineProvider } from './provider'

const client = (...path: string[]) => ({
  path: ['User pools', 'the pool', 'App clients', 'the client', ...path],
  url: 'https://console.aws.amazon.com/cognito',
})

export const cognito = defineProvider({
  id: 'cognito',
  name: 'Amazon Cognito',
  matches: /^https:\/\/([^/]+\.amazoncognito\.com|cognito-idp\.[\w-]+\.amazonaws\.com)(\/|$)/,
  console: {
    'redirect-uri-not-registered': client('Login pages', 'Allowed callback URLs'),
    'post-logout-uri-not-registered': client('Login pages', 'Allowed sign-out URLs'),
    'client-not-authorized': client('Login pages', 'OAuth grant types'),
    'response-type-unsupported': client('Login pages', 'OAuth grant types'),
    'scope-invalid': client('Login pages', 'OpenID Connect scopes'),
    'client-secret-wrong': client('Client secret'),
  },
  references: [
    link(
      'Amazon Cognito: user pool endpoints',
      'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-userpools-server-contract-reference.html',
    ),
  ],
})
