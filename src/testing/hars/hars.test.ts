import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze'
import { readHar } from '../../capture/har-import'
import { endOfRecording } from '../../exports/prepare'

/**
 * Logins of the lab as other producers wrote them: Firefox ESR 153 ("Save All As HAR", log persisted), and mitmproxy 8.1.1 with
 * its `har_dump.py` between Chromium and the servers. Unaltered but for the entries of scripts, which were taken out.
 */
const files: Readonly<Record<string, readonly (readonly [status: string, cause: string | undefined])[]>> = {
  // The page moved on right after its token call: status 0, and the whole answer.
  'firefox-153-status-lost': [
    ['succeeded', undefined],
    ['succeeded', undefined],
  ],
  // Status 0 and no answer; neither the reason nor the body that was to be sent.
  'firefox-153-host-not-found': [['failed', 'token-endpoint-unreachable']],
  // CORS: the answer that the page did not get, and no word of that.
  'firefox-153-answer-withheld': [['failed', 'token-endpoint-cors']],
  // Several Set-Cookie headers are folded into one.
  'mitmproxy-8-state-cookie-lost': [['failed', 'state-cookie-lost']],
}

test.each(Object.entries(files))('reads %s.har', (name, expected) => {
  const read = readHar(readFileSync(join(import.meta.dirname, `${name}.har`), 'utf8'))
  if ('error' in read) throw new Error(read.error.message)
  const { flows, findings } = analyze(read.recording, endOfRecording(read.recording))
  const causes = flows.map(({ status, rootCause }) => [status, findings.find(({ id }) => id === rootCause)?.rule])
  expect([read.notes, causes]).toEqual([[], expected])
})
