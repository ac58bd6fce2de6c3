import type { HttpExchange } from '../../../model/exchange'
import { withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { type CookieTrace, callbackOf, lostOfLogin, lostOnTheWay } from '../../facts/cookies'
import { type FailurePoint, hopsTo } from '../../facts/failure-points'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { attributesText, cookieFix, ownerOfLoss, sentEvidence, setEvidence } from '../shared/cookie-texts'
import { statusEvidence } from '../shared/evidence'
import { link, rfc } from '../shared/references'
import { list, quote } from '../shared/text'

export const sessionCookieLost = defineRule({
  id: 'session-cookie-lost',
  title: 'The session cookie is lost right after the callback',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['not_signed_in', 'callback_error'],
  what: 'The cookies that the callback and its redirects set, and the `Cookie` header of the page that they lead to.',
  why: 'The client knows its user by that cookie. Where the browser refuses it or keeps it back, the login ends where it began, without an error.',
  toldApart:
    'The browser’s own rules (size, domain, prefix, Secure, path, SameSite) are applied to each cookie, so the reason is named. A page with a script may use a cookie that is kept from the page itself; one that the browser refused is of use to nobody.',
  silentWhen:
    'One of the cookies came, the page brought another one, a later request has it, or what the client needs at the callback was lost before.',
  references: [
    rfc(6265, '5.3'),
    link('Set-Cookie (MDN)', 'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie'),
  ],
  covers: ['session-cookie-too-large', 'secure-cookie-lost-on-http-hop'],

  check(file) {
    const point = file.failurePoints.find(isAtThePageBehind)
    const callback = callbackOf(file.attempt)
    if (!point || !callback) return file.failurePoints.length > 0 ? notApplicable : pass('the callback went well')
    if (lostOfLogin(file.attempt, file.world).length > 0)
      return pass('the cookie that the login began with was lost already at the callback')
    const hops = hopsTo(point.exchange, file.world)
    const setBy = hops.slice(hops.indexOf(callback), -1)
    const [lost, ...more] = lostOnTheWay(setBy, point.exchange, file.world)
    if (!lost) return pass('no session cookie of the callback was lost')
    return fail(failure(file, point, callback, lost, more))
  },
})

const isAtThePageBehind = ({ kind, message, status }: FailurePoint): boolean =>
  message.kind === 'after_callback' &&
  (kind === 'not_signed_in' || (kind === 'callback_error' && (status === 401 || status === 403)))

const failure = (
  { world }: CaseFile,
  { kind, exchange, status }: FailurePoint,
  callback: HttpExchange,
  lost: CookieTrace,
  more: readonly CookieTrace[],
): Failure => {
  const setBy = world.exchange(lost.setBy) ?? callback
  return {
    // That somebody is not signed in is seen only by what the page does not know.
    confidence: kind === 'callback_error' ? 'certain' : 'likely',
    ...(lost.loss !== undefined && { owner: ownerOfLoss(lost.loss) }),
    cause:
      `${quote(withoutQuery(setBy.url))} set the cookie ${quote(lost.name)} (${attributesText(lost)}), and the browser came to ${quote(withoutQuery(exchange.url))} without it: ${lost.because}. ` +
      (more.length > 0
        ? `So ${more.length > 1 ? 'were' : 'was'} ${list(more.map(({ name }) => quote(name)))} lost. `
        : '') +
      (kind === 'callback_error'
        ? `The application saw nobody signed in, and answered ${status}.`
        : 'The application sees nobody signed in there.'),
    evidence: [
      setEvidence(lost),
      sentEvidence(
        exchange,
        lost.name,
        lost.fate === 'replaced' ? '(an older value)' : '(not sent)',
        'the value that was set',
      ),
      statusEvidence(exchange),
    ],
    fix: cookieFix(lost, setBy, exchange),
    ...(kind === 'not_signed_in' && {
      notObservable: ['Whether the application knows its user by something else than these cookies.'],
    }),
  }
}
