import type { Fix } from '../../../model/analysis'
import type { HttpExchange } from '../../../model/exchange'
import { originOf, withoutQuery } from '../../../model/url'
import { pageOriginOf } from '../../facts/cors'
import { type CookieLoss, type CookieTrace, followCookies } from '../../facts/cookies'
import { callStillRefused, chainOfCallback } from '../../facts/failure-points'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { attributesText, cookieFix, ownerOfLoss, sentEvidence, setEvidence } from '../shared/cookie-texts'
import { statusEvidence } from '../shared/evidence'
import { link, rfc } from '../shared/references'
import { hostOf, quote } from '../shared/text'

export const sessionMissingInCalls = defineRule({
  id: 'session-missing-in-calls',
  title: 'The page’s calls find nobody signed in',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: ['still_unknown'],
  what: 'The call by which a page asks its server who is signed in: 401 after the login as before it; and the cookies that the callback set, in that call.',
  why: 'Where a server keeps the session for a page (back end for front end), its cookie has to go with every call of the page. A login that ends well shows nothing of it.',
  toldApart:
    'The browser’s own rules (path, SameSite, third parties, credentials of fetch) are applied to each cookie. One that came points to the server that looks it up.',
  silentWhen:
    'Anything that the page asked there after the login was answered well, or the same call was not refused before.',
  references: [
    rfc(6265, '5.4'),
    link('Fetch: credentials', 'https://fetch.spec.whatwg.org/#concept-request-credentials-mode'),
  ],
  covers: [],

  check({ attempt, world, failurePoints }) {
    const point = failurePoints.find(({ kind }) => kind === 'still_unknown')
    if (!point) return failurePoints.length > 0 ? notApplicable : pass('no call of the page was refused as before')
    const chain = chainOfCallback(attempt, point.exchange, world)
    const call = callStillRefused(attempt, chain, world)
    if (!call) return notApplicable
    const traces = followCookies({
      setBy: chain,
      in: call,
      exchanges: world.exchanges,
      lengthOf: (value) => world.values.lengthOf(value),
    })
    const lost = traces.find(({ fate }) => fate === 'not_sent')
    const there = traces.find(({ fate }) => fate === 'came_back')
    if (there) return fail(unknownSession(call, there))
    return fail(lost ? notSent(call, lost) : nothingSet(call, chain[0]!))
  },
})

const refusedWords = (call: HttpExchange): string =>
  `${quote(`${call.method} ${withoutQuery(call.url)}`)} was answered 401 after the login as before it`

const notSent = (call: HttpExchange, lost: CookieTrace): Failure => {
  const isElsewhere = pageOriginOf(call) !== originOf(call.url)
  const isLeftOut = lost.loss === 'unexplained' && isElsewhere
  return {
    confidence: 'likely',
    ...(lost.loss !== undefined && !isLeftOut && { owner: ownerOfLoss(lost.loss) }),
    cause:
      `The callback set the cookie ${quote(lost.name)} (${attributesText(lost)}), and it did not go with the call of the page: ` +
      `${isLeftOut ? 'nothing about it keeps it back, so the script made the call to another origin without credentials' : lost.because}. ${refusedWords(call)}.`,
    evidence: [
      setEvidence(lost),
      sentEvidence(call, lost.name, '(not sent)', 'the value that was set'),
      statusEvidence(call),
    ],
    fix: isLeftOut
      ? withCredentials(call)
      : ofOtherSites.has(lost.loss)
        ? underOneSite(call)
        : cookieFix(lost, undefined, call),
  }
}

const ofOtherSites: ReadonlySet<CookieLoss | undefined> = new Set<CookieLoss>(['samesite-frame', 'third-party'])

const withCredentials = (call: HttpExchange): Fix => ({
  summary: `Make the page’s calls to ${quote(originOf(call.url) ?? call.url)} with ${quote("credentials: 'include'")} (${quote('withCredentials = true')}).`,
  steps: [
    `The answers must allow it: ${quote('Access-Control-Allow-Credentials: true')}, with the page’s origin and no ${quote('*')}.`,
    'Or serve page and API under one origin.',
  ],
})

const underOneSite = (call: HttpExchange): Fix => ({
  summary: `Serve ${quote(originOf(call.url) ?? call.url)} under the site of the page, for instance behind a path of ${quote(pageOriginOf(call) ?? 'its origin')}.`,
  steps: [
    'Browsers keep cookies of other sites from the calls of a page: all but `SameSite=None; Secure`, and in many settings those as well.',
  ],
})

const unknownSession = (call: HttpExchange, there: CookieTrace): Failure => ({
  confidence: 'likely',
  depth: 'symptom',
  cause: `The callback set the cookie ${quote(there.name)}, the browser brought it, and ${refusedWords(call)}: the server does not find the session that it made.`,
  evidence: [setEvidence(there), statusEvidence(call)],
  fix: {
    summary: `Look in the log of ${hostOf(call.url)} for why ${quote(`${call.method} ${withoutQuery(call.url)}`)} does not find the session ${quote(there.name)}.`,
    steps: [
      'Several instances need one store for sessions, and one key.',
      'The session has to be stored before the callback redirects.',
    ],
  },
})

const nothingSet = (call: HttpExchange, callback: HttpExchange): Failure => ({
  confidence: 'likely',
  depth: 'symptom',
  cause: `${quote(withoutQuery(callback.url))} set no cookie, and ${refusedWords(call)}.`,
  evidence: [statusEvidence(callback, 'status of the callback'), statusEvidence(call)],
  fix: {
    summary: `Let ${quote(withoutQuery(callback.url))} be answered by the server that keeps the session, and look in its log for what it made of the code.`,
    steps: [
      'A front end that answers every path with its own page takes the callback from that server: exempt the path.',
    ],
  },
})
