import type { Candidate, Evidence } from '../../../model/analysis'
import type { HttpExchange } from '../../../model/exchange'
import { header } from '../../../model/headers'
import { blindSpotText, valueOf } from '../../../model/observed'
import { hasParam } from '../../../model/parameters'
import { originOf, parseUrl, placeOf, withoutQuery } from '../../../model/url'
import type { Attempt } from '../../correlation/attempt'
import type { CaseFile } from '../../facts/case-file'
import { type CookieTrace, callbackOf, cookieNamesOf, followCookies, startsOf } from '../../facts/cookies'
import { chainOf, isUsable } from '../../facts/failure-points'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { attributesText, cookieFix, ownerOfLoss, sentEvidence, setEvidence } from '../shared/cookie-texts'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { link, rfc } from '../shared/references'
import { duration, hostOf, list, quote } from '../shared/text'

export const redirectLoop = defineRule({
  id: 'redirect-loop',
  title: 'The login repeats in a loop',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['loop', 'callback_unreachable', 'callback_error', 'client_error'],
  what: 'At least three logins of one client follow each other at once, each answered. Looked at: the cookies that the callback set, and the next request of the client.',
  why: 'The authorization server did its part every time; the application does not notice that somebody is signed in.',
  toldApart:
    'The hop that should have stopped it is named: a session cookie that the browser dropped or withheld, a session that came back and was not accepted, tokens that arrived and were not used.',
  silentWhen: 'Fewer than three logins, more than ten seconds between them, or answers that carry an error.',
  references: [
    rfc(6265, '6.1'),
    link('Set-Cookie (MDN)', 'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie'),
  ],
  covers: [
    'redirect-loop-app-idp',
    'secure-cookie-lost-on-http-hop',
    'session-cookie-too-large',
    'form-post-body-not-parsed',
  ],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'loop')
    if (!point) return file.attempt.requests.length > 0 ? pass('the login did not repeat by itself') : notApplicable
    const chain = chainOf(file.attempt, file.attempts)
    const previous = chain.at(-2)!
    if (previous.responses.some(({ parameters }) => hasParam(parameters, 'error'))) return notApplicable
    const callback = callbackOf(previous)
    const next = callback && nextRequest(file, callback)
    const turns = turnsOf(chain)
    if (!callback || !next) return fail(unknownLoop(file, turns))
    if (previous.tokenCalls.some(isUsable)) return fail(pageLoop(file, previous, turns))
    if (file.isBrowserClient === true) return fail(unknownLoop(file, turns))
    // What a callback sets that goes straight to the next login is for that one, and no session.
    if (next.id === file.attempt.requests[0]?.exchange.id) return fail(emptyLoop(callback, next, turns))
    const traces = followCookies({
      setBy: [callback],
      in: next,
      exchanges: file.world.exchanges,
      lengthOf: (value) => file.world.values.lengthOf(value),
    })
    const lost = traces.filter(({ loss }) => loss !== undefined)
    if (lost.length > 0) return fail(lostLoop(file, callback, next, lost, turns))
    if (traces.length === 0 && isStraight(file, callback, next)) {
      const ended = followCookies({ setBy: startsOf(previous, file.world), in: next, exchanges: file.world.exchanges })
      const taken = ended.find(({ loss, changedBy }) => loss === 'deleted' && changedBy === callback.id)
      if (taken) return fail(failedLoop(callback, next, taken, turns))
      if (isAtOnce(file, chain)) return fail(guardedLoop(callback, next, turns))
    }
    const [first, ...more] = traces
    return fail(first ? refusedLoop(next, [first, ...more], turns) : emptyLoop(callback, next, turns))
  },
})

/** The client's document request that follows its callback. */
const nextRequest = ({ world }: CaseFile, callback: HttpExchange): HttpExchange | undefined =>
  world.exchanges.find(
    (exchange) =>
      exchange.startedAt >= callback.startedAt &&
      exchange.id !== callback.id &&
      exchange.tabId === callback.tabId &&
      (exchange.resourceType === 'main_frame' || exchange.resourceType === 'sub_frame') &&
      parseUrl(exchange.url)?.hostname === parseUrl(callback.url)?.hostname,
  )

interface Turns {
  readonly text: string
  readonly evidence: Evidence
}

const turnsOf = (chain: readonly Attempt[]): Turns => {
  const [first, last] = [chain[0]!, chain.at(-1)!]
  const text = `${chain.length} logins in ${duration(last.startedAt - first.startedAt)}`
  return {
    text,
    evidence: exchangeEvidence(last.requests[0]!.exchange, 'timing', { label: 'repeated', actual: text }),
  }
}

const lostLoop = (
  file: CaseFile,
  callback: HttpExchange,
  next: HttpExchange,
  lost: readonly CookieTrace[],
  turns: Turns,
): Failure => {
  const trace = lost.find(({ loss }) => loss !== 'unexplained') ?? lost[0]!
  const others = lost.filter((other) => other !== trace).map(({ name }) => quote(name))
  return {
    title: 'The login repeats because the session cookie is lost',
    confidence: trace.loss === 'unexplained' ? 'likely' : 'certain',
    owner: trace.loss === undefined ? 'client' : ownerOfLoss(trace.loss),
    cause:
      `The callback set the cookie ${quote(trace.name)} (${attributesText(trace)}), and the next request, ${quote(withoutQuery(next.url))}, came without it: ${trace.because}. ` +
      (others.length > 0 ? `So did ${list(others)}. ` : '') +
      `The application saw nobody signed in and started the login again: ${turns.text}.`,
    evidence: [
      setEvidence(trace),
      sentEvidence(next, trace.name, '(not sent)', 'the value that was set'),
      turns.evidence,
    ],
    fix: cookieFix(trace, file.world.exchange(trace.setBy) ?? callback, next),
  }
}

const refusedLoop = (
  next: HttpExchange,
  [first, ...more]: readonly [CookieTrace, ...CookieTrace[]],
  turns: Turns,
): Failure => {
  const traces = [first, ...more]
  const names = list(traces.map(({ name }) => quote(name)))
  const blind = traces.find(({ fate }) => fate === 'unobserved')
  return {
    confidence: 'likely',
    depth: blind ? 'symptom' : 'statement',
    title: blind ? 'The login repeats in a loop' : 'The login repeats although the session came back',
    cause:
      `The callback set ${names}${blind ? '' : `, and ${quote(withoutQuery(next.url))} was sent ${traces.length > 1 ? 'them' : 'it'}`}. ` +
      `Still the application started the login again: ${turns.text}.`,
    evidence: [
      setEvidence(first),
      sentEvidence(next, first.name, blind ? '(not seen)' : 'sent', 'sent'),
      turns.evidence,
    ],
    fix: {
      summary: 'Find out why the application does not accept the session it has just created.',
      steps: [
        'Look into its log for the request after the callback: a missing role or claim, a session store that another instance does not share, or a clock that differs.',
        'Show an error page when a signed-in user may not enter, instead of starting the login again.',
      ],
    },
    candidates: sessionCandidates,
    notObservable: blind ? [blind.because] : ['What the client’s server checks in its session.'],
  }
}

/** Whether the callback sends the browser straight to where logins begin. */
const isStraight = ({ attempt }: CaseFile, callback: HttpExchange, next: HttpExchange): boolean =>
  next.previousHop === callback.id && next.id === attempt.starts.at(-1)?.exchange.id && placeOf(next.url) !== undefined

/** Whether the callback answers every time no slower than where logins begin: to ask the token endpoint takes a while. */
const isAtOnce = ({ world }: CaseFile, chain: readonly Attempt[]): boolean => {
  const answered = chain.slice(0, -1).flatMap((turn) => callbackOf(turn) ?? [])
  const begun = chain.flatMap((turn) => startsOf(turn, world).at(-1) ?? [])
  return slowest(answered) <= 2 * slowest(begun)
}

const slowest = (exchanges: readonly HttpExchange[]): number =>
  Math.max(...exchanges.map(({ startedAt, endedAt = startedAt }) => endedAt - startedAt))

const sentStraightOn = (callback: HttpExchange, next: HttpExchange) =>
  [
    statusEvidence(callback, 'callback'),
    exchangeEvidence(callback, 'response.headers', {
      label: 'Location',
      parameter: 'Location',
      actual: withoutQuery(next.url),
      expected: 'a page of the application',
    }),
  ] as const

/** Who deletes what the login began with has looked at the answer. */
const failedLoop = (callback: HttpExchange, next: HttpExchange, taken: CookieTrace, turns: Turns): Failure => ({
  confidence: 'likely',
  depth: 'statement',
  title: 'The login repeats because the callback fails and starts the next one',
  cause:
    `${quote(withoutQuery(callback.url))} took the answer: it deleted ${quote(taken.name)}, with which the login had begun. It gave the browser no session, and sent it straight to ${quote(withoutQuery(next.url))}, where logins begin: ${turns.text}. ` +
    'That is what an error handler does which answers every error with a login.',
  evidence: [...sentStraightOn(callback, next), setEvidence(taken), turns.evidence],
  fix: {
    summary: `Look into the log of ${hostOf(callback.url)} at ${quote(withoutQuery(callback.url))}: it has the error.`,
    steps: [
      'Let the error handler show that the login failed: the authorization server still knows the user, so a new login fails at once in the same way.',
    ],
  },
  candidates: [
    {
      rule: 'client-secret-wrong',
      title: 'The token request was refused, most often for the client’s secret',
      check: 'The log shows `invalid_client`, `invalid_grant` or 401 from the token endpoint.',
    },
    {
      rule: 'id-token-refused',
      title: 'The server does not accept the ID token or the state',
      check: 'The log speaks of issuer, audience, nonce, state, expiry or keys.',
    },
    ...sessionCandidates,
  ],
  notObservable: [blindSpotText['server-to-server']],
})

const guardedLoop = (callback: HttpExchange, next: HttpExchange, turns: Turns): Failure => ({
  confidence: 'likely',
  depth: 'statement',
  title: 'The login repeats because the callback starts the next one',
  cause:
    `${quote(withoutQuery(callback.url))} was given the answer and sent the browser straight to ${quote(withoutQuery(next.url))}, where logins begin, as fast as that answers itself: ${turns.text}. ` +
    'So it does not look as if the code was redeemed: what keeps visitors out who are not signed in runs there, too.',
  evidence: [...sentStraightOn(callback, next), turns.evidence],
  fix: {
    summary: `Take ${quote(parseUrl(callback.url)?.pathname ?? 'the callback')} out of what only signed-in users may open.`,
    steps: [
      'A guard, a filter or an include that runs ahead of the callback sees nobody signed in yet, and starts the login.',
      'Where the callback does run, look why it takes the answer for none: a proxy that drops its query, a state that it does not find.',
    ],
  },
  candidates: sessionCandidates,
})

const emptyLoop = (callback: HttpExchange, next: HttpExchange, turns: Turns): Failure => {
  const setAny = header(callback.responseHeaders, 'set-cookie').state !== 'absent'
  // A session that was there before needs no new cookie: what is missing is that somebody is signed in to it.
  const held = valueOf(cookieNamesOf(callback)) ?? []
  return {
    confidence: 'likely',
    depth: 'statement',
    title:
      held.length > 0
        ? 'The login repeats because the callback signs nobody in'
        : 'The login repeats because the callback creates no session',
    cause:
      `${quote(withoutQuery(callback.url))} was given the answer${held.length > 0 ? `, came with the ${held.length > 1 ? 'cookies' : 'cookie'} ${list(held.map(quote))}` : ''}, ${setAny ? 'set cookies of the next login only' : 'set no cookie'}, and led to ${quote(withoutQuery(next.url))}, where the login started again: ${turns.text}.` +
      (callback.method === 'POST'
        ? ' The answer came as a form post; a server that does not read it sees a request without a code.'
        : ''),
    evidence: [
      statusEvidence(callback, 'callback'),
      exchangeEvidence(callback, 'response.cookies', {
        label: 'Set-Cookie',
        actual: setAny ? '(of the next login)' : '(none)',
        expected: 'a session',
      }),
      turns.evidence,
    ],
    fix:
      callback.method === 'POST'
        ? {
            summary: `Let ${quote(withoutQuery(callback.url))} read form bodies (${quote('application/x-www-form-urlencoded')}), or ask for ${quote('response_mode=query')}.`,
            steps: [
              'Exempt the callback from the protection against forged forms: it is posted by another site by design.',
            ],
          }
        : {
            summary:
              held.length > 0
                ? 'Make the callback write into the session who is signed in, where the guard of the application looks for it.'
                : 'Make the callback create the session before it redirects.',
            steps: [
              'Check that the route of the callback is handled by the login library and not by a guard that runs before it.',
              'Check that the query of the callback reaches the application: a proxy that drops it makes every return look like a first visit.',
              'Where the session should live in a cookie of before, look whether it is saved before the redirect is sent.',
            ],
          },
    candidates: sessionCandidates,
  }
}

const sessionCandidates: readonly Candidate[] = [
  {
    rule: 'server-session-not-shared',
    title: 'The next request reached another instance of the server',
    check: 'Run one instance, or look whether the loop ends by itself now and then.',
  },
  {
    rule: 'role-missing',
    title: 'The user is signed in and not allowed, and the application answers with a new login',
    check: 'Look into the application’s log for the request after the callback.',
  },
]

const pageLoop = (file: CaseFile, previous: Attempt, turns: Turns): Failure => {
  const call = previous.tokenCalls.findLast(isUsable)!
  const end = call.exchange.endedAt ?? call.at
  // What the next login reads first, the metadata, may come before its request.
  const restart = file.attempt.requests[0]?.at ?? file.attempt.startedAt
  const refused = file.attempts
    .filter(({ kind, tabId }) => kind === 'api_access' && tabId === file.attempt.tabId)
    .flatMap(({ apiCalls }) => apiCalls)
    .find(
      ({ exchange }) =>
        exchange.startedAt >= end &&
        exchange.startedAt <= restart &&
        exchange.status.state === 'present' &&
        exchange.status.value === 401,
    )
  const skew = file.clock(call.exchange.url)?.offset ?? 0
  const gap = duration(restart - end)
  const base = { evidence: [statusEvidence(call.exchange, 'tokens'), turns.evidence] as const }
  if (refused) {
    return {
      ...base,
      confidence: 'likely',
      owner: 'client',
      title: 'The login repeats because the API refuses the new token',
      cause: `The tokens arrived, ${quote(withoutQuery(refused.exchange.url))} answered 401 to them, and the page took that for “not signed in”: ${turns.text}.`,
      evidence: [statusEvidence(refused.exchange), ...base.evidence],
      fix: {
        summary: `Find out why ${hostOf(refused.exchange.url)} refuses the token; its own entry in this list says more.`,
        steps: [
          'Do not start a login more than once for a 401: a token that was just issued does not get better by being issued again.',
        ],
      },
    }
  }
  const skewed = Math.abs(skew) > 60_000
  return {
    ...base,
    confidence: 'likely',
    depth: skewed ? 'mechanism' : 'symptom',
    title: skewed ? 'The login repeats because the clocks differ' : 'The login repeats although the tokens arrived',
    owner: skewed ? 'user' : 'client',
    cause: skewed
      ? `The tokens arrived, and ${gap} later the page asked again: ${turns.text}. The clock of this computer is ${duration(skew)} ${skew > 0 ? 'behind' : 'ahead of'} the server’s, so fresh tokens look ${skew > 0 ? 'not yet valid' : 'expired'}.`
      : `The tokens arrived, and ${gap} later the page started the login again: ${turns.text}. Its guard decides before the new session is stored, or does not find it.`,
    fix: skewed
      ? {
          summary: 'Set the clock of this computer; switch automatic time on.',
          steps: ['Clients allow some minutes of difference with a setting for clock skew.'],
        }
      : {
          summary: 'Let the guard wait until the callback has been handled and the user is stored.',
          steps: [
            'Do not guard the callback route itself.',
            `Check that the user is stored under the same origin (${originOf(file.redirect_uri ?? '') ?? 'that of the callback'}) and with the same settings as the guard reads.`,
          ],
        },
  }
}

const unknownLoop = (file: CaseFile, turns: Turns): Failure => ({
  confidence: 'likely',
  depth: 'symptom',
  cause: `${file.client_id === undefined ? 'The client' : quote(file.client_id)} was answered every time and started the login again: ${turns.text}.`,
  evidence: [turns.evidence],
  fix: {
    summary: `Look at what the application does with the answer at ${quote(file.redirect_uri ?? 'its callback')}.`,
    steps: [
      'Something starts a login before the answer has been read: a guard, a router, or a component that runs first.',
      'Take the callback route out of what requires a login.',
    ],
  },
})
