import { header } from '../../../model/headers'
import { pageOriginOf } from '../../facts/cors'
import { exchangeEvidence } from '../shared/evidence'
import { link, rfc } from '../shared/references'
import { quote } from '../shared/text'
import { defineRule, fail, notApplicable, pass } from '../rule'

export const insecureContextNoWebcrypto = defineRule({
  id: 'insecure-context-no-webcrypto',
  title: 'The page is on plain http, where scripts have no cryptography, and no login was sent',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['nothing_sent'],
  what: 'A page on http (not loopback) that read the server’s metadata, and no authorization request after it.',
  why: 'Browsers offer `crypto.subtle` on https and on loopback only. PKCE needs it, so the library throws before anything is sent: the click on “Log in” does nothing.',
  toldApart:
    'The metadata was read well, so the server is not the reason. On https or localhost the same silence would say nothing.',
  silentWhen: 'A login followed, or the page is on https or on loopback.',
  references: [
    link('Secure Contexts', 'https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy'),
    rfc(7636, '4.2'),
  ],
  covers: ['insecure-context-no-webcrypto'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'nothing_sent')
    if (!point) return file.attempt.kind === 'discovery' ? pass() : notApplicable
    const origin = pageOriginOf(point.exchange) ?? 'the page'
    const secure = origin.replace(/^http:/, 'https:')
    const sent = header(point.exchange.requestHeaders, 'origin').state === 'present'
    return fail({
      cause: `${quote(origin)} is neither https nor localhost, so its scripts have no \`crypto.subtle\`. It read the server’s metadata and then sent no login: making the \`code_challenge\` fails there.`,
      evidence: [
        exchangeEvidence(point.exchange, sent ? 'request.headers' : 'request.url', {
          label: 'page',
          ...(sent && { parameter: 'Origin' }),
          actual: origin,
          expected: secure,
        }),
      ],
      confidence: 'likely',
      fix: {
        summary: `Open the application at ${quote(secure)}, or at \`http://localhost\` while developing.`,
        steps: [
          'The console of the page says “Crypto.subtle is available only in secure contexts” or the like.',
          'Register the https address as redirect URI too.',
        ],
      },
      notObservable: ['Whether anybody tried to log in: a click that sends nothing leaves no trace.'],
    })
  },
})
