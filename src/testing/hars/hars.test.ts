import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze'
import { readHar } from '../../capture/har-import'
import { endOfRecording } from '../../exports/prepare'

interface Expected {
  readonly causes: readonly (readonly [status: string, cause: string | undefined])[]
  readonly note?: string
}

/**
 * Logins of the lab as other producers wrote them: Firefox ESR 153 ("Save All As HAR", log persisted), the Web Inspector of
 * WebKitGTK 2.50, which is that of Safari, and mitmproxy 8.1.1 with its `har_dump.py` between Chromium and the servers.
 * Those of Chromium's DevTools and Playwright have a page whose service worker answers 503 to what its fetch fails with.
 * Unaltered but for the entries of scripts and icons, which were taken out.
 */
const files: Readonly<Record<string, Expected>> = {
  // The page moved on right after its token call: status 0, and the whole answer.
  'firefox-153-status-lost': {
    causes: [
      ['succeeded', undefined],
      ['succeeded', undefined],
    ],
  },
  // Status 0 and no answer; neither the reason nor the body that was to be sent.
  'firefox-153-host-not-found': { causes: [['failed', 'token-endpoint-unreachable']] },
  // CORS: the answer that the page did not get, and no word of that.
  'firefox-153-answer-withheld': { causes: [['failed', 'token-endpoint-cors']] },
  // The request of the probe was redirected, so it is not there; its answer is there twice.
  'webkit-2.50-silent-probe': {
    causes: [
      ['succeeded', undefined],
      ['abandoned', undefined],
    ],
    note: 'Safari leaves redirects, and requests that failed, out of its files: they may have happened unseen.',
  },
  'webkit-2.50-silent-renewal': {
    causes: [
      ['succeeded', undefined],
      ['succeeded', undefined],
    ],
    note: 'Safari leaves redirects, and requests that failed, out of its files: they may have happened unseen.',
  },
  // The token call is not there at all.
  'webkit-2.50-token-endpoint-cors': {
    causes: [
      ['succeeded', undefined],
      ['failed', 'code-not-redeemed'],
    ],
    note: 'Safari leaves redirects, and requests that failed, out of its files: they may have happened unseen.',
  },
  // What the page got alone: DevTools did not tell of the worker's own request.
  'chromium-150-worker-answers-callback': { causes: [['failed', 'service-worker-swallows-callback']] },
  // The page's 503, and the server's redirect to a custom scheme as the worker got it.
  'playwright-1.65-worker-loses-redirect': { causes: [['failed', 'service-worker-swallows-callback']] },
  // Several Set-Cookie headers are folded into one.
  'mitmproxy-8-state-cookie-lost': {
    causes: [['failed', 'state-cookie-lost']],
    note: 'har_dump.py of mitmproxy leaves requests that failed out of its files: they may have happened unseen.',
  },
}

test.each(Object.entries(files))('reads %s.har', (name, { causes, note }) => {
  const read = readHar(readFileSync(join(import.meta.dirname, `${name}.har`), 'utf8'))
  if ('error' in read) throw new Error(read.error.message)
  const { flows, findings } = analyze(read.recording, endOfRecording(read.recording))
  const found = flows.map(({ status, rootCause }) => [status, findings.find(({ id }) => id === rootCause)?.rule])
  expect([found, read.notes]).toEqual([causes, note === undefined ? [] : [note]])
})
