import { describe, expect, it } from 'vitest'
import { errorPage, LATER, record, request } from '../../testing/builders'
import { analyze } from '../analyze'
import { rules } from '../rules'
import { providers } from './index'

const known = new Set(rules.map(({ id }) => id))

describe.each(providers.map((provider) => [provider.id, provider] as const))('%s', (_id, provider) => {
  it('speaks only of rules that exist', () => {
    const named = [
      ...Object.keys(provider.console ?? {}),
      ...(provider.errors ?? []).map(({ rule }) => rule),
      ...(provider.deviations ?? []).map(({ rule }) => rule),
    ]
    expect(named.filter((rule) => !known.has(rule))).toEqual([])
  })
})

it.each([
  ['https://sso.example/realms/shop', 'keycloak'],
  ['https://sso.example/auth/realms/shop', 'keycloak'],
  ['https://shop.eu.auth0.com/', 'auth0'],
  ['https://dev-1.okta.com/oauth2/default', 'okta'],
  ['https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a', 'cognito'],
  ['https://login.microsoftonline.com/common/v2.0', 'entra'],
  ['https://accounts.google.com', 'google'],
  ['https://github.com/login/oauth/authorize', 'github'],
  ['https://github.com/octocat/repository', undefined],
  ['https://id.example', undefined],
])('%s is %s', (url, id) => {
  expect(providers.find(({ matches }) => matches.test(url))?.id).toBe(id)
})

it('names the field of the console, and the value to put there', () => {
  const { findings } = analyze(
    record(
      errorPage({
        authorizationUrl: 'https://sso.example/realms/shop/protocol/openid-connect/auth',
        authorization: { body: '<html><body><p>Invalid parameter: redirect_uri</p></body></html>' },
      }),
    ),
    LATER,
  )
  expect(findings.find(({ rule }) => rule === 'redirect-uri-not-registered')?.fix.console).toEqual({
    provider: 'Keycloak',
    path: ['Admin console', 'the realm', 'Clients', 'the client', 'Settings', 'Valid redirect URIs'],
    value: request.redirect_uri,
  })
})
