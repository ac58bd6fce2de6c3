import { expect, it } from 'vitest'
import { navigate, record } from '../../testing/builders'
import { normalizeExchanges } from '../exchanges/exchanges'
import { frameRefusalOf } from './framing'

const page = 'https://app.example'
const refusal = (headers: Record<string, string>, embedder: string | undefined = page) =>
  frameRefusalOf(
    normalizeExchanges(record(navigate({ url: 'https://id.example/authorize', headers })).events)[0]!,
    embedder,
  )?.value

it.each([
  ['DENY', { 'X-Frame-Options': 'DENY' }, 'DENY'],
  ['SAMEORIGIN of another origin', { 'X-Frame-Options': 'sameorigin' }, 'sameorigin'],
  ['nothing', {}, undefined],
  ['none', { 'Content-Security-Policy': "default-src 'self'; frame-ancestors 'none'" }, "frame-ancestors 'none'"],
  ['self of another origin', { 'Content-Security-Policy': "frame-ancestors 'self'" }, "frame-ancestors 'self'"],
  ['the page by name', { 'Content-Security-Policy': 'frame-ancestors https://app.example' }, undefined],
  ['the page by wildcard', { 'Content-Security-Policy': 'frame-ancestors https://*.example' }, undefined],
  [
    'another port',
    { 'Content-Security-Policy': 'frame-ancestors https://app.example:8443' },
    'frame-ancestors https://app.example:8443',
  ],
  [
    'frame-ancestors before X-Frame-Options',
    { 'X-Frame-Options': 'DENY', 'Content-Security-Policy': 'frame-ancestors https:' },
    undefined,
  ],
])('reads %s', (_name, headers, value) => {
  expect(refusal(headers)).toBe(value)
})

it('does not know SAMEORIGIN without the page around', () => {
  expect(refusal({ 'X-Frame-Options': 'SAMEORIGIN' }, '')).toBe('SAMEORIGIN')
  expect(
    frameRefusalOf(
      normalizeExchanges(
        record(navigate({ url: 'https://a.example/', headers: { 'X-Frame-Options': 'SAMEORIGIN' } })).events,
      )[0]!,
      undefined,
    ),
  ).toBeUndefined()
})
