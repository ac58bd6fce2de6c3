import type { HttpExchange } from '../../../model/exchange'
import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { parseUrl, withoutQuery } from '../../../model/url'
import type { Attempt } from '../../correlation/attempt'
import type { CaseFile } from '../../facts/case-file'
import { objectionOf } from '../../facts/client-words'
import {
  type CookieTrace,
  cookieNamesOf,
  cookiesOfLogin,
  decisiveCookies,
  isExplained,
  settledCallbackOf,
  startsOf,
} from '../../facts/cookies'
import { type FailurePoint, chainOf, lostBeforeLastPage } from '../../facts/failure-points'
import { storedIn } from '../../facts/stored-answer'
import { type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'
import { attributesText, cookieFix, ownerOfLoss, sentEvidence, setEvidence } from '../shared/cookie-texts'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { pageText } from '../shared/page-text'
import { link, rfc } from '../shared/references'
import { list, quote } from '../shared/text'

/** These statuses speak of the URL or of the servers in front, not of what the callback checked. */
const unrelatedStatuses = new Set([404, 405, 410, 413, 414, 431, 494, 502, 503, 504])

export const stateCookieLost = defineRule({
  id: 'state-cookie-lost',
  title: 'The state cookie did not come back',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['callback_error', 'client_error', 'not_signed_in', 'loop'],
  what: 'The cookies that the client set when it sent the user to the authorization server, and the `Cookie` header of the callback.',
  why: 'A client with a server keeps `state`, nonce and verifier behind a cookie. Without the cookie it can only refuse the answer.',
  toldApart:
    'The browser’s own rules (host, path, Secure, SameSite, lifetime, size) are applied to each cookie, so the reason is named. When the cookies came back, the fault is behind them: the session store, or the answer itself. Where the callback ends on a page that leaves nothing to do and that only people can read, the loss is told as a remark.',
  silentWhen: 'The callback went well, the cookies came back, or the recording has no Cookie headers.',
  references: [
    rfc(6265, '5.4'),
    link(
      'SameSite cookies (MDN)',
      'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#samesitesamesite-value',
    ),
  ],
  covers: [
    'state-cookie-samesite-form-post',
    'session-cookie-samesite-strict',
    'state-cookie-partitioned',
    'state-cookie-secure-on-http',
    'state-cookie-host-mismatch',
    'auth-request-cookie-expired',
    'response-delayed-auth-request-expired',
    'cookie-collision-same-host-ports',
    'duplicate-state-cookie',
    'state-lost-session-cookie-race',
    'bounce-tracking-cookie-purge',
  ],

  check(file) {
    const point = file.failurePoints.find(isAboutTheCallback)
    const attempt = point?.kind === 'loop' ? decisiveTurn(file) : file.attempt
    const callback = settledCallbackOf(attempt, file.world)
    if (!callback || !point) {
      if (file.failurePoints.length > 0) return notApplicable
      const [unread] = lostBeforeLastPage(attempt, file.world)
      return callback && unread ? fail(unreadFailure(file, callback, unread)) : pass('the callback went well')
    }
    const traces = cookiesOfLogin(attempt, file.world, callback)
    const blind = traces.find(({ fate }) => fate === 'unobserved')
    if (blind) return indeterminate(blind.because, advice)
    const removed = startsOf(attempt, file.world)
      .map(({ responseHeaders }) => header(responseHeaders, 'set-cookie'))
      .find((setting) => setting.state === 'unobserved')
    if (removed) return indeterminate(removed.because, advice)
    const decisive = decisiveCookies(attempt, file.world, traces)
    const lost = decisive.filter(isLost)
    if (lost.length > 0) return fail(lostFailure(file, callback, point, lost, decisive.length > lost.length))
    const doubled = decisive.find(({ copies }) => copies > 1)
    if (doubled) return fail(doubledFailure(callback, point, doubled))
    if (decisive.length > 0) return pass(`${list(decisive.map(({ name }) => quote(name)))} came back to the callback`)
    const held = heldBefore(attempt, callback)
    if (held) return fail(heldFailure(held, callback, point))
    const bare = startedWithoutCookie(file, attempt, callback, point)
    if (bare) return fail(neverSetFailure(bare, callback, point))
    return attempt.starts.length > 0
      ? pass('the start of the login set no cookie')
      : indeterminate('capture-started-late', 'Record from before the login starts.')
  },
})

const advice = 'Export the recording with its Cookie and Set-Cookie headers.'

const isAboutTheCallback = ({ kind, status }: FailurePoint): boolean =>
  kind === 'client_error' ||
  kind === 'not_signed_in' ||
  kind === 'loop' ||
  (kind === 'callback_error' && !unrelatedStatuses.has(status ?? 0))

const isLost = ({ fate }: CookieTrace): boolean => fate === 'not_sent' || fate === 'replaced'

/** The turn of a loop that says why. Later ones may show the loop's own doing, as a cookie that grows with it. */
const decisiveTurn = ({ attempt, attempts, world }: CaseFile): Attempt => {
  const [first] = chainOf(attempt, attempts)
  return first && decisiveCookies(first, world, cookiesOfLogin(first, world)).some(isLost) ? first : attempt
}

const outcomeOf = ({ kind, status, exchange, message }: FailurePoint): string => {
  if (kind === 'loop') return 'it started the login again, and so on'
  if (kind === 'not_signed_in' && message.kind === 'authorization_response')
    return `it answered ${status}, and the user is not signed in`
  if (kind === 'not_signed_in')
    return `it led on to ${quote(withoutQuery(exchange.url))}, and the user is not signed in`
  if (kind === 'client_error') return `it went on to ${quote(withoutQuery(exchange.url))} with an error`
  return `it answered ${status}`
}

const lostFailure = (
  file: CaseFile,
  callback: HttpExchange,
  point: FailurePoint,
  lost: readonly CookieTrace[],
  someCameBack: boolean,
): Failure => {
  const trace = lost.find(({ loss }) => loss !== 'unexplained') ?? lost[0]!
  const setBy = file.world.exchange(trace.setBy)
  const others = lost.filter((other) => other !== trace).map(({ name }) => quote(name))
  const isReplaced = isOverwritten(trace)
  // That the client said nothing leaves open whether it needed this cookie.
  const isSeen = point.kind !== 'not_signed_in' && isExplained(trace)
  return {
    confidence: isSeen && !someCameBack ? 'certain' : 'likely',
    owner: trace.loss === undefined ? 'client' : ownerOfLoss(trace.loss),
    ...(isReplaced && { title: 'The state cookie was overwritten on the way' }),
    cause:
      `${lossOf(setBy, callback, trace)} ` +
      (others.length > 0 ? `So ${others.length > 1 ? 'were' : 'was'} ${list(others)}. ` : '') +
      `Without it the client’s server cannot tell that it started this login; ${outcomeOf(point)}.`,
    evidence: [
      setEvidence(trace),
      sentEvidence(callback, trace.name, isReplaced ? '(another value)' : '(not sent)', 'the value that was set'),
      statusEvidence(point.exchange),
    ],
    fix: cookieFix(trace, setBy, callback),
    ...(someCameBack && {
      notObservable: ['Which of its cookies the client needs at the callback is known only to the client.'],
    }),
  }
}

/** Nobody failed as far as is seen, so this accuses nobody. */
const unreadFailure = ({ world }: CaseFile, callback: HttpExchange, trace: CookieTrace): Failure => {
  const setBy = world.exchange(trace.setBy)
  return {
    confidence: 'likely',
    cause:
      `${lossOf(setBy, callback, trace)} ` +
      'The page that the callback answered with leaves nothing to do; if it says that the login failed, this is why.',
    evidence: [setEvidence(trace), sentEvidence(callback, trace.name, '(not sent)', 'the value that was set')],
    fix: cookieFix(trace, setBy, callback),
    notObservable: ['What that page says: only people can read it.'],
  }
}

const lossOf = (setBy: HttpExchange | undefined, callback: HttpExchange, trace: CookieTrace): string =>
  `${quote(withoutQuery(setBy?.url ?? ''))} set the cookie ${quote(trace.name)} (${attributesText(trace)}). ` +
  `At ${quote(withoutQuery(callback.url))} it ${isOverwritten(trace) ? 'was another' : 'was missing'}: ${trace.because}.`

const isOverwritten = ({ fate, loss }: CookieTrace): boolean => fate === 'replaced' && loss === undefined

const doubledFailure = (callback: HttpExchange, point: FailurePoint, trace: CookieTrace): Failure => ({
  confidence: 'likely',
  title: 'The callback brought two cookies of one name',
  cause:
    `${quote(trace.name)} was sent ${trace.copies} times to ${quote(withoutQuery(callback.url))}, with different values: ` +
    `older copies for another path or domain are still there. The server may have read the wrong one; ${outcomeOf(point)}.`,
  evidence: [
    sentEvidence(callback, trace.name, `${trace.copies} values`, 'one value'),
    setEvidence(trace),
    statusEvidence(point.exchange),
  ],
  fix: {
    summary: `Delete the cookies of this site once, and always set ${quote(trace.name)} with the same Domain and Path.`,
    steps: ['A cookie with another `Domain` or `Path` is another cookie; the browser sends both.'],
  },
})

/** The start of a login whose client has to remember something, and whose browser never held a cookie of the client. */
const startedWithoutCookie = (
  file: CaseFile,
  attempt: Attempt,
  callback: HttpExchange,
  point: FailurePoint,
): HttpExchange | undefined => {
  const start = attempt.starts.at(-1)?.exchange
  if (!start || storedIn(start) || file.isBrowserClient || callback.method !== 'GET') return undefined
  // With 5xx anything can have failed; a refusal is what a client without its stored state answers, unless it says so itself.
  const isRefusal = point.kind !== 'callback_error' || (point.status ?? 500) < 500
  if (!isRefusal && objectionOf(pageText(point.exchange) ?? '', point.status) !== 'session') return undefined
  // A long state can hold all that the client needs, sealed; a short one only points to it.
  const state = valueOf(file.asked('state'))
  const remembers = state === undefined ? valueOf(file.asked('code_challenge')) !== undefined : state.length <= 48
  const setNone = (exchange: HttpExchange) => header(exchange.responseHeaders, 'set-cookie').state === 'absent'
  const sentNone = (exchange: HttpExchange) => cookieNamesOf(exchange).state === 'absent'
  const host = parseUrl(callback.url)?.hostname
  const before = file.world.exchanges.filter(
    ({ url, startedAt }) => parseUrl(url)?.hostname === host && startedAt < callback.startedAt,
  )
  const held = !sentNone(callback) || ![start, ...before].every((exchange) => sentNone(exchange) && setNone(exchange))
  return remembers && !held ? start : undefined
}

const neverSetFailure = (start: HttpExchange, callback: HttpExchange, point: FailurePoint): Failure => {
  const overHttp = parseUrl(start.url)?.protocol === 'http:'
  return {
    confidence: 'likely',
    title: 'The client gave the browser no cookie when the login began',
    cause:
      `${quote(withoutQuery(start.url))} sent the browser to the authorization server without setting a cookie, and none came to ${quote(withoutQuery(callback.url))}. ` +
      `Nothing tells the client’s server that this browser started the login; ${outcomeOf(point)}.`,
    evidence: [
      exchangeEvidence(start, 'response.headers', {
        label: 'Set-Cookie',
        parameter: 'Set-Cookie',
        actual: 'not in the answer',
        expected: 'a cookie for the login',
      }),
      statusEvidence(point.exchange),
    ],
    fix: {
      summary: `Make ${quote(withoutQuery(start.url))} set the session cookie before it redirects.`,
      steps: [
        ...(overHttp
          ? [
              'Frameworks leave a cookie that is to be `Secure` out of answers to http requests, without a word: use https, or switch `Secure` off for this http address.',
            ]
          : []),
        'Behind a proxy that terminates TLS the server takes its requests for http and leaves `Secure` cookies out: make it trust `X-Forwarded-Proto`.',
        'Check that the session is saved before the redirect is sent, and that its middleware also covers this route.',
      ],
    },
    notObservable: ['Where the client’s server keeps what it needs at the callback; it may need no cookie.'],
  }
}

/** Cookies that the start of the login was sent and the callback was not: set before the recording began. */
const heldBefore = (
  attempt: Attempt,
  callback: HttpExchange,
): { start: HttpExchange; names: readonly string[] } | undefined => {
  const start = attempt.starts.at(-1)?.exchange
  const before = start && valueOf(cookieNamesOf(start))
  const after = cookieNamesOf(callback)
  if (!start || !before || before.length === 0 || after.state === 'unobserved') return undefined
  const names = before.filter((name) => !(valueOf(after) ?? []).includes(name))
  return names.length === before.length ? { start, names } : undefined
}

const heldFailure = (
  { start, names }: { start: HttpExchange; names: readonly string[] },
  callback: HttpExchange,
  point: FailurePoint,
): Failure => {
  const [hostA, hostB] = [new URL(start.url).hostname, new URL(callback.url).hostname]
  const reason =
    hostA !== hostB
      ? `the login started on ${hostA} and was answered on ${hostB}`
      : callback.method === 'POST'
        ? 'the answer was a POST caused by another site, and browsers send only `SameSite=None` cookies with that'
        : 'their attributes were set before the recording began'
  return {
    confidence: 'likely',
    title: 'The session cookie did not come back',
    cause: `${quote(withoutQuery(start.url))} was sent ${list(names.map(quote))}; ${quote(withoutQuery(callback.url))} was not: ${reason}. Without a session the client’s server cannot check the answer; ${outcomeOf(point)}.`,
    evidence: [
      sentEvidence(callback, names[0]!, '(not sent)', 'sent, as at the start'),
      exchangeEvidence(start, 'request.cookies', {
        label: `Cookie ${names[0]!}`,
        parameter: names[0]!,
        actual: 'sent',
      }),
      statusEvidence(point.exchange),
    ],
    fix: {
      summary:
        hostA !== hostB
          ? `Start the login on ${quote(hostB)}, or use a ${quote('redirect_uri')} on ${quote(hostA)}.`
          : callback.method === 'POST'
            ? `Set ${quote('SameSite=None; Secure')} on ${quote(names[0]!)}, or ask for ${quote('response_mode=query')}.`
            : `Look at the attributes of ${quote(names[0]!)} in the Application panel.`,
      steps: ['Keep what the callback needs in a cookie of its own, set when the login starts.'],
    },
    notObservable: ['The attributes of these cookies: they were set before the recording began.'],
  }
}
