import { headerValues } from '../../../model/headers'
import type { HttpExchange } from '../../../model/exchange'
import { valueOf } from '../../../model/observed'
import { originOf } from '../../../model/url'
import { callText } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { duration } from '../shared/text'
import { defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

/** Characters: one page of memory, what common proxies keep for an answer’s headers by default. */
const BUFFER = 4096
/** Milliseconds: a proxy that waits for a silent server takes longer. */
const QUICK = 5000

export const responseHeadersTooLarge = defineRule({
  id: 'response-headers-too-large',
  title: 'The callback’s cookies are too large for the proxy in front of it',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['callback_error'],
  what: 'A callback that was answered 502, the time it took, and how large the cookies are that the application sets elsewhere.',
  why: 'Sessions that keep whole tokens in cookies make answers whose headers do not fit a proxy’s buffer (4 or 8 KiB); the proxy answers 502 in place of passing them on.',
  toldApart:
    'A slow 502 or a 504 is a server that did not answer. A quick one after a login with large cookies is the buffer.',
  silentWhen: 'The callback was answered by the application.',
  references: [
    link('nginx: proxy_buffer_size', 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffer_size'),
  ],
  covers: ['response-header-too-large'],

  check(file) {
    const point = file.failurePoints.find(({ kind, status }) => kind === 'callback_error' && status === 502)
    if (!point) return notApplicable
    const { exchange } = point
    const took = (exchange.endedAt ?? exchange.startedAt) - exchange.startedAt
    if (took > QUICK) return pass(`the proxy waited ${duration(took)} for the application`)
    const largest = file.world.exchanges
      .filter((other) => originOf(other.url) === originOf(exchange.url))
      .map((other) => ({ other, size: cookiesSet(other) }))
      .sort((a, b) => b.size - a.size)[0]
    if (!largest || largest.size < BUFFER) {
      return indeterminate(
        'The headers that the application answered with do not pass its proxy.',
        'Look into the proxy’s log for “upstream sent too big header” (nginx) or the like.',
      )
    }
    return fail({
      cause: `${callText(exchange)} was answered 502 after ${duration(took)}. This application sets cookies of ${largest.size} characters in one answer elsewhere; a proxy whose buffer is smaller answers like that.`,
      evidence: [
        statusEvidence(exchange),
        exchangeEvidence(largest.other, 'response.headers', {
          label: 'Set-Cookie',
          parameter: 'Set-Cookie',
          actual: `${largest.size} characters`,
          expected: `less than ${BUFFER}`,
        }),
      ],
      confidence: 'likely',
      fix: {
        summary: 'Raise the proxy’s buffer for response headers, or keep the session on the server.',
        steps: [
          'nginx: `proxy_buffer_size 16k; proxy_buffers 8 16k;`',
          'A session store (for example Redis) leaves one short cookie.',
        ],
      },
    })
  },
})

const cookiesSet = (exchange: HttpExchange): number =>
  headerValues(valueOf(exchange.responseHeaders) ?? [], 'set-cookie').reduce((sum, value) => sum + value.length, 0)
