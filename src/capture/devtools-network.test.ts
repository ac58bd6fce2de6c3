import { expect, test } from 'vitest'
import { type FinishedEntry, observedEntry } from './devtools-network'

const finished = (response: object) =>
  observedEntry({
    startedDateTime: '2026-01-31T12:00:00.000Z',
    time: 20,
    pageref: 'page_3',
    request: { method: 'GET', url: 'https://app.example/callback?code=c', headers: [] },
    response: { status: 503, headers: [], redirectURL: '', content: {}, ...response },
    _resourceType: 'document',
  } as unknown as FinishedEntry).fromServiceWorker

test.each([
  ['fallback-code', true],
  ['cache-storage', true],
  ['network', undefined],
  ['http-cache', undefined],
])('of what a service worker served, only what it did not have from the server is its own (%s)', (source, expected) => {
  expect(finished({ _fetchedViaServiceWorker: true, _serviceWorkerResponseSource: source })).toBe(expected)
  expect(finished({ _fetchedViaServiceWorker: false })).toBe(undefined)
})
