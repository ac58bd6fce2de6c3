import type { HttpExchange } from '../../../model/exchange'
import { withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { type CookieTrace, cookieNamesDeletedBy, followCookies, lostOfLogin, lostOnTheWay } from '../../facts/cookies'
import { type FailurePoint, chainOfCallback } from '../../facts/failure-points'
import { storedIn } from '../../facts/stored-answer'
import { type Failure, defineRule, fail, notApplicable, pass } from '../rule'
import { sentEvidence, setEvidence } from '../shared/cookie-texts'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { serverSideCauses } from '../shared/server-side-causes'
import { hostOf, list, quote } from '../shared/text'

export const nobodySignedIn = defineRule({
  id: 'nobody-signed-in',
  title: 'After the callback nobody is signed in',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'symptom',
  explains: ['not_signed_in'],
  what: 'The callback was answered well, and led to the page that the login began on: the same as before, with the login on offer.',
  why: 'The answer was lost on its way, the client could not use it and says nothing, or the session that it made is not the one that the page reads.',
  toldApart:
    'A cookie that the browser refused or keeps back has a rule of its own. Here the cookies of the callback came and were thrown away or hidden, or it set none.',
  silentWhen: 'The page changed, has a script, or was brought a cookie of the callback that nothing speaks against.',
  references: [rfc(6749, '4.1.3'), rfc(6265, '5.4')],
  covers: [],

  check(file) {
    const point = file.failurePoints.find(
      ({ kind, message }) => kind === 'not_signed_in' && message.kind === 'after_callback',
    )
    if (!point) return file.failurePoints.length > 0 ? notApplicable : pass('the callback went well')
    const { attempt, world } = file
    const chain = chainOfCallback(attempt, point.exchange, world)
    const [callback] = chain
    if (!callback) return notApplicable
    const setBy = chain.slice(0, -1)
    const lost = [...lostOnTheWay(setBy, point.exchange, world), ...lostOfLogin(attempt, world, callback)]
    if (lost.length > 0) return pass('a cookie that the client needs was lost, which explains it')
    const traces = followCookies({ setBy, in: point.exchange, exchanges: world.exchanges })
    const page = quote(withoutQuery(point.exchange.url))
    const found =
      storedAnswer(callback) ??
      lostOnItsWay(callback, traces) ??
      deleted(point, traces, page) ??
      hidden(point, traces, page)
    return fail(found ?? swallowed(file, point, traces, page))
  },
})

const likely = { confidence: 'likely', depth: 'mechanism' } as const

const storedAnswer = (callback: HttpExchange): Failure | undefined => {
  if (storedIn(callback) === undefined) return undefined
  return {
    ...likely,
    title: 'The callback was answered by a cache',
    cause: `A cache answered ${quote(withoutQuery(callback.url))} with what it had stored, so the code never came to the client’s server.`,
    evidence: [
      exchangeEvidence(callback, 'response.headers', {
        label: 'Age',
        parameter: 'Age',
        actual: 'a stored answer',
        expected: 'an answer of the server',
      }),
      statusEvidence(callback),
    ],
    fix: {
      summary: `Answer ${quote(withoutQuery(callback.url))} with \`Cache-Control: no-store\`, and let no cache in front leave out its query.`,
      steps: ['Exempt the paths of the login from the rules of the CDN or proxy, and purge what it has stored.'],
    },
  }
}

/** A server for another name of the site sends everything on, without what was given in the URL. */
const lostOnItsWay = (callback: HttpExchange, traces: readonly CookieTrace[]): Failure | undefined => {
  const target = callback.redirectUrl
  if (target === undefined || hostOf(target) === hostOf(callback.url) || traces.length > 0) return undefined
  return {
    ...likely,
    title: 'The redirect_uri leads to another address, and the code is lost on the way',
    cause: `${quote(withoutQuery(callback.url))} sends the browser on to ${quote(withoutQuery(target))}, without the code and without a session: it is not the callback of the client, but a rule that leads from one host to another.`,
    evidence: [
      exchangeEvidence(callback, 'response.headers', {
        label: 'Location',
        parameter: 'Location',
        actual: withoutQuery(target),
        expected: 'the client’s own callback',
      }),
      statusEvidence(callback),
    ],
    fix: {
      summary: `Send a redirect_uri on ${quote(hostOf(target))}, and register it; or let the rule on ${quote(hostOf(callback.url))} keep path and query.`,
      steps: ['Set the public address of the application to the host that its users end on.'],
    },
  }
}

const deleted = ({ exchange }: FailurePoint, traces: readonly CookieTrace[], page: string): Failure | undefined => {
  const gone = new Set(cookieNamesDeletedBy(exchange))
  const session = traces.find(({ name, fate }) => fate === 'came_back' && gone.has(name))
  if (!session) return undefined
  const set = setEvidence(session)
  return {
    ...likely,
    title: 'The page after the callback throws the session away',
    cause: `The callback set the cookie ${quote(session.name)}, the browser brought it to ${page}, and the answer deletes it: the application found the session and does not accept it.`,
    evidence: [
      set,
      {
        label: `${set.label} at the page`,
        where: { ...set.where, exchangeId: exchange.id },
        actual: 'deleted',
      },
    ],
    fix: {
      summary: `Find the check at ${page} that ends the session ${quote(session.name)}, in the log of ${hostOf(exchange.url)}.`,
      steps: [
        'Sessions that are bound to an address or a user agent end behind proxies that change it.',
        'A store that several instances do not share, another key, or a clock that is off end them, too.',
      ],
    },
  }
}

const hidden = ({ exchange }: FailurePoint, traces: readonly CookieTrace[], page: string): Failure | undefined => {
  const twice = traces.find(({ fate, copies }) => fate === 'came_back' && copies > 1)
  if (!twice) return undefined
  return {
    ...likely,
    title: 'Two cookies of one name: the older one hides the session',
    cause: `The callback set the cookie ${quote(twice.name)}, and the browser brought ${twice.copies} of that name to ${page}: one of another Domain or Path is still there, and the application reads that one.`,
    evidence: [
      setEvidence(twice),
      sentEvidence(exchange, twice.name, `${twice.copies} cookies of this name`, 'the value that was set, alone'),
    ],
    fix: {
      summary: `Give the session cookie another name than ${quote(twice.name)}, or delete the older one with the Domain and Path that it was set with.`,
      steps: [
        `Look for what sets ${quote(twice.name)} with another ${quote('Domain')}: an older version, or another application of the site.`,
      ],
    },
  }
}

const swallowed = (file: CaseFile, point: FailurePoint, traces: readonly CookieTrace[], page: string): Failure => {
  const causes = serverSideCauses(file, point, { text: '' })
  return {
    confidence: 'likely',
    cause: `The callback ${traces.length === 0 ? 'set no cookie' : `set ${list(traces.map(({ name }) => quote(name)))}, which did not come back,`} and led to ${page}, which is the page from before the login. That is where clients lead when they could not use the answer and keep the reason to themselves.`,
    evidence: [
      exchangeEvidence(point.exchange, 'response.body', { label: 'page', actual: 'as before the login' }),
      statusEvidence(point.exchange),
    ],
    fix: causes.fix,
    candidates: causes.candidates,
    ruledOut: causes.ruledOut,
    notObservable: ['Whether the application knows its user by something else than a cookie of its callback.'],
  }
}
