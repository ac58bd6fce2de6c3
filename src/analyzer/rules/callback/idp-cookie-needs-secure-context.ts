import type { HttpExchange } from '../../../model/exchange'
import { originOf, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { type CookieLoss, followCookies } from '../../facts/cookies'
import { type FailureKind, isOk } from '../../facts/failure-points'
import { defineRule, fail, notApplicable, pass } from '../rule'
import { attributesText, cookieFix, sentEvidence, setEvidence } from '../shared/cookie-texts'
import { statusEvidence } from '../shared/evidence'
import { link } from '../shared/references'
import { hostOf, quote } from '../shared/text'

const kinds: ReadonlySet<FailureKind> = new Set(['authorization_page', 'not_answered', 'sign_in_lost'])

const reasons: ReadonlySet<CookieLoss | undefined> = new Set<CookieLoss>([
  'secure-on-http',
  'none-without-secure',
  'domain-invalid',
  'too-large',
  'prefix-rules',
  'samesite-strict',
  'samesite-lax-post',
  'samesite-frame',
  'third-party',
])

export const idpCookieLost = defineRule({
  id: 'idp-cookie-needs-secure-context',
  title: 'The authorization server lost its own cookie',
  category: 'failure',
  severity: 'error',
  owner: 'authorization_server',
  depth: 'mechanism',
  explains: ['authorization_page', 'not_answered', 'sign_in_lost'],
  what: 'The cookies that the authorization server set with its login page, or with its answer to the form, and the `Cookie` header of the request that failed there, or that led to the form again.',
  why: 'The server keeps the login behind a cookie. When the browser drops it, the next step of the login finds nothing to go on with.',
  toldApart:
    'The browser’s rules are applied to each cookie. An error page on a request that had its cookies has another reason. Where the user just went no further after the form, the loss is told as a remark.',
  silentWhen: 'The server’s cookies came back, or its headers were not captured.',
  references: [
    link('Set-Cookie (MDN)', 'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#secure'),
  ],
  covers: ['idp-cookie-needs-secure-context'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kinds.has(kind)) ?? unansweredForm(file)
    if (!point || !file.request) return notApplicable
    const isUnanswered = point.kind === 'unanswered'
    const server = originOf(file.request.exchange.url)
    const before = [file.request, ...file.attempt.interactions]
      .map(({ exchange }) => exchange)
      .filter(
        ({ id, url, startedAt }) =>
          id !== point.exchange.id && originOf(url) === server && startedAt < point.exchange.startedAt,
      )
    if (before.length === 0 || originOf(point.exchange.url) !== server) return notApplicable
    const traces = followCookies({
      setBy: before,
      in: point.exchange,
      exchanges: file.world.exchanges,
      lengthOf: (value) => file.world.values.lengthOf(value),
    })
    const lost = traces.filter(({ fate }) => fate === 'not_sent')
    const trace =
      lost.find(({ loss }) => reasons.has(loss)) ?? (point.kind === 'sign_in_lost' ? lost.at(-1) : undefined)
    if (!trace || (isUnanswered && lost.length < traces.length))
      return pass('no rule of the browser kept the server’s cookies from it')
    const setBy = file.world.exchange(trace.setBy)
    const isInFrame = trace.loss === 'samesite-frame' || trace.loss === 'third-party'
    return fail({
      confidence: trace.loss === 'unexplained' || isUnanswered ? 'likely' : 'certain',
      ...(isInFrame && { owner: 'client' as const }),
      cause:
        `${hostOf(point.exchange.url)} set the cookie ${quote(trace.name)} (${attributesText(trace)}), and its own next request, ${quote(withoutQuery(point.exchange.url))}, came without it: ${trace.because}. ` +
        (isUnanswered
          ? 'The user filled in its form, and it never answered the client.'
          : point.kind === 'sign_in_lost'
            ? 'The user had signed in, and is asked to again.'
            : 'The server no longer knows which login this is.'),
      evidence: [
        setEvidence(trace),
        sentEvidence(point.exchange, trace.name, '(not sent)', 'the value that was set'),
        statusEvidence(point.exchange),
      ],
      fix:
        trace.loss === 'secure-on-http'
          ? {
              summary: `Serve the authorization server over https instead of ${quote(server ?? 'http')}.`,
              steps: [
                'For development use `http://localhost`, where browsers accept `Secure` cookies.',
                'Behind a proxy that ends TLS, let users reach the https address only.',
              ],
            }
          : cookieFix(trace, setBy, point.exchange),
    })
  },
})

/** The last page of a login that came to nothing after the user had filled in a form: somebody may just have gone away. */
const unansweredForm = ({
  attempt: { interactions, responses },
}: CaseFile): { readonly kind: 'unanswered'; readonly exchange: HttpExchange } | undefined => {
  const last = interactions.at(-1)?.exchange
  const isFilledIn = interactions.some(({ exchange }) => exchange.method === 'POST' && exchange !== last)
  if (!last || !isOk(last) || !isFilledIn || responses.length > 0) return undefined
  return { kind: 'unanswered', exchange: last }
}
