import { expect, it } from 'vitest'
import { navigate, record } from '../../testing/builders'
import { normalizeExchanges } from '../exchanges/exchanges'
import { cspRefusalOf } from './csp'

const document = (headers: Record<string, string | readonly string[]>) =>
  normalizeExchanges(record(navigate({ url: 'https://app.example/page', headers })).events)[0]!

const refusedBy = (sources: string, target: string, anyPath = false) =>
  cspRefusalOf(document({ 'Content-Security-Policy': `connect-src ${sources}` }), ['connect-src'], target, anyPath)

it.each([
  ['*', 'https://any.test/token'],
  ["'self'", 'https://app.example/token'],
  ["'none' https://id.example", 'https://id.example/token'],
  ['https:', 'https://any.test/token'],
  ['http://id.example', 'https://id.example/token'],
  ['id.example', 'https://id.example/token'],
  ['ID.example:443', 'https://id.example/token'],
  ['id.example:*', 'https://id.example:8443/token'],
  ['*.example', 'https://a.id.example/token'],
  ['https://id.example/oauth/', 'https://id.example/oauth/token'],
  ['https://id.example/oauth', 'https://id.example/oauth'],
  ['com.shop.app:', 'com.shop.app:/callback'],
])('%s allows %s', (sources, target) => {
  expect(refusedBy(sources, target)).toBeUndefined()
})

it.each([
  ['', 'https://app.example/token'],
  ["'none'", 'https://app.example/token'],
  ["'self'", 'https://id.example/token'],
  ["'self'", 'https://app.example:8443/token'],
  ["'unsafe-inline' 'nonce-aGk='", 'https://id.example/token'],
  ['*', 'com.shop.app:/callback'],
  ['https:', 'http://id.example/token'],
  ['https://id.example', 'http://id.example/token'],
  ['id.example', 'http://id.example/token'],
  ['id.example', 'https://id.example:8443/token'],
  ['*.example', 'https://example/token'],
  ['id.example', 'https://id.example.test/token'],
  ['https://id.example/oauth', 'https://id.example/oauth/token'],
])('%s refuses %s', (sources, target) => {
  expect(refusedBy(sources, target)).toEqual({ directive: 'connect-src', sources })
})

it('leaves the path to what is asked for first', () => {
  expect(refusedBy('https://id.example/other', 'https://id.example/token', true)).toBeUndefined()
})

it('lets another directive stand in only where the first is missing', () => {
  const both = document({ 'Content-Security-Policy': "default-src 'none'; connect-src https:" })
  const fallback = document({ 'Content-Security-Policy': "default-src 'self'" })
  const names = ['connect-src', 'default-src']
  expect(cspRefusalOf(both, names, 'https://id.example/', false)).toBeUndefined()
  expect(cspRefusalOf(fallback, names, 'https://id.example/', false)).toEqual({
    directive: 'default-src',
    sources: "'self'",
  })
  expect(cspRefusalOf(fallback, ['form-action'], 'https://id.example/', true)).toBeUndefined()
})

it('asks all policies that are enforced, and takes the first directive of a name', () => {
  const target = 'https://id.example/'
  const refusal = { directive: 'connect-src', sources: "'self'" }
  const listed = document({ 'Content-Security-Policy': "connect-src *, connect-src 'self'" })
  const several = document({ 'Content-Security-Policy': ['connect-src *', "connect-src 'self'"] })
  const twice = document({ 'Content-Security-Policy': "connect-src 'self'; Connect-Src *" })
  const reported = document({ 'Content-Security-Policy-Report-Only': "connect-src 'self'" })
  for (const page of [listed, several, twice])
    expect(cspRefusalOf(page, ['connect-src'], target, false)).toEqual(refusal)
  expect(cspRefusalOf(reported, ['connect-src'], target, false)).toBeUndefined()
})

it('asks for the secure address where the policy makes requests secure', () => {
  const page = document({ 'Content-Security-Policy': 'upgrade-insecure-requests; connect-src https://id.example' })
  expect(cspRefusalOf(page, ['connect-src'], 'http://id.example/token', false)).toBeUndefined()
})
