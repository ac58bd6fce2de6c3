import { valueOf } from '../../../model/observed'
import { paramValue } from '../../../model/parameters'
import { originOf, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { type CookieTrace, cookieNamesOf, followCookies, isSameSite } from '../../facts/cookies'
import { pageOriginOf } from '../../facts/cors'
import { isProbe, isSilentLogin } from '../../diagnosis/status'
import { type Failure, type Verdict, defineRule, fail, notApplicable, pass } from '../rule'
import { attributesText, sentEvidence, setEvidence } from '../shared/cookie-texts'
import { exchangeEvidence, parameterEvidence } from '../shared/evidence'
import { oidcCore } from '../shared/references'
import { duration, hostOf, list, quote } from '../shared/text'

const codes = ['login_required', 'interaction_required'] as const

export const loginRequiredSilent = defineRule({
  id: 'login-required-silent',
  title: 'The silent renewal found nobody signed in',
  category: 'failure',
  severity: 'error',
  owner: 'browser',
  depth: 'statement',
  explains: codes.map((code) => `authorization_error:${code}` as const),
  what: 'A request with `prompt=none` was answered `login_required` although this client had signed in before: the session cookies that the server set then, and whether the silent request carried them.',
  why: 'The server knows the user by its cookie only. A frame of another site often goes without it.',
  toldApart:
    'When cookies of the sign-in were sent, the session itself has ended, or the server wants more than it (`interaction_required`). When they were not, the attribute or the blocking that kept them is named. A probe before anybody signed in is no failure.',
  silentWhen:
    'Nobody had signed in before, and the client only asked: in a frame, or it went on by itself. Or the request allowed the server to ask.',
  references: [oidcCore('3.1.2.6', 'AuthError')],
  covers: ['third-party-cookies-blocked', 'silent-login-required-healthy'],

  check(file) {
    const point = file.failurePoints.find(({ kind }) => kind === 'authorization_error')
    const silent = valueOf(file.asked('prompt'))?.split(' ').includes('none') ?? false
    if (!file.request || !silent || !codes.some((code) => code === point?.error)) return notApplicable
    if (isProbe(file)) return pass('nobody had signed in yet, and the client only asked')
    if (isSilentLogin(file)) return fail(silentLogin(file, point?.error ?? ''))
    if (point?.error === 'interaction_required' && cookiesWent(file)) {
      return pass('the session cookies went with it: the server knows the session, and wants more than that')
    }
    return failureOf(file, point?.error ?? '')
  },
})

const cookiesWent = (file: CaseFile): boolean => {
  const traces = sessionCookies(file)
  return traces.length > 0
    ? traces.some(({ fate }) => fate === 'came_back' || fate === 'replaced')
    : cookieNamesOf(file.request!.exchange).state === 'present'
}

const silentLogin = ({ request, response }: CaseFile, error: string): Failure => ({
  owner: 'client',
  confidence: 'likely',
  title: 'The login forbids the server to show its sign-in page',
  cause: `The request says ${quote('prompt=none')}: ${hostOf(request!.exchange.url)} may ask nobody anything, so it answered ${quote(error)}. ${quote(withoutQuery(response!.exchange.url))} shows a page that leads nowhere, and the user is not signed in.`,
  evidence: [
    parameterEvidence(request!.parameters, 'prompt'),
    parameterEvidence(response!.parameters, 'error', { actual: error }),
  ],
  fix: {
    summary: `Leave ${quote('prompt=none')} out of a login that a user starts.`,
    steps: [
      `Where it is to ask first, begin the login again without it when ${quote(error)} comes.`,
      'Ask on the side in a frame, so that nobody waits for the answer.',
    ],
  },
})

const failureOf = (file: CaseFile, error: string): Verdict => {
  const { exchange } = file.request!
  const traces = sessionCookies(file)
  const lost = traces.filter(({ fate }) => fate === 'not_sent')
  const sent = cookieNamesOf(exchange)
  const base = {
    answer: parameterEvidence(file.response!.parameters, 'error', { actual: error }),
    host: hostOf(exchange.url),
  }
  const isBack = traces.some(({ fate }) => fate === 'came_back' || fate === 'replaced')
  const isGone = traces.some(({ loss }) => loss === 'deleted' || loss === 'expired')
  if (!isBack && !isGone && lost.length > 0) return fail(cookiesLost(file, lost, base))
  if (!isBack && !isGone && sent.state === 'absent') return fail(noCookie(file, base))
  if (error === 'interaction_required') return pass('no rule of the browser kept the server’s cookies back')
  return fail(isBack || isGone || sent.state === 'present' ? sessionEnded(file, base) : unseen(file, base))
}

/** What the server set on its own pages, and at their calls, followed into the silent request. */
const sessionCookies = ({ world, request }: CaseFile): readonly CookieTrace[] => {
  const { exchange } = request!
  const server = originOf(exchange.url)
  return followCookies({
    setBy: world.exchanges.filter(
      (other) =>
        other.startedAt < exchange.startedAt &&
        originOf(other.url) === server &&
        (other.resourceType === 'main_frame' || pageOriginOf(other) === server),
    ),
    in: exchange,
    exchanges: world.exchanges,
    lengthOf: (value) => world.values.lengthOf(value),
  }).filter(({ loss, attributes }) => loss !== 'other-path' && (loss !== 'deleted' || attributes.path === '/'))
}

interface Base {
  readonly answer: ReturnType<typeof parameterEvidence>
  readonly host: string
}

const alternatives = [
  'Renew with a refresh token instead: ask for `offline_access`, or use the rotation that the server has for browsers.',
  'Or give the authorization server a name under the same registrable domain as the application; its cookies are then first-party.',
  'When neither is possible, renew by a full navigation, and treat `login_required` as “ask the user”.',
]

const cookiesLost = (file: CaseFile, lost: readonly CookieTrace[], { answer, host }: Base): Failure => {
  const { exchange } = file.request!
  const trace = lost.find(({ loss }) => loss !== 'unexplained') ?? lost[0]!
  const byAttribute = trace.loss === 'samesite-frame' || trace.loss === 'samesite-strict'
  const alike = lost.filter(({ loss }) => loss === trace.loss).slice(0, 5)
  const blocked = trace.loss === 'third-party' || trace.loss === 'partitioned'
  return {
    depth: 'mechanism',
    // That the browser blocks third-party cookies is what remains when the attributes allow the cookie.
    confidence: trace.loss === 'unexplained' || blocked ? 'likely' : 'certain',
    owner: byAttribute ? 'authorization_server' : blocked ? 'browser' : 'client',
    title: blocked
      ? 'The browser keeps the session cookie from the silent renewal'
      : 'The session cookie does not go with the silent renewal',
    cause:
      `The sign-in set ${list(lost.slice(0, 5).map(({ name }) => quote(name)))} on ${host}, and the silent request came without: ${trace.because}. ` +
      `So the server answered ${quote(answer.actual ?? '')}.`,
    evidence: [
      setEvidence(trace),
      sentEvidence(exchange, trace.name, '(not sent)', 'the session of the sign-in'),
      answer,
    ],
    fix: byAttribute
      ? {
          summary: `Let the authorization server set ${list(alike.map(({ name }) => quote(name)))} with ${quote('SameSite=None; Secure')}.`,
          steps: [
            `${alike.length > 1 ? 'One of them is the session; the first' : 'It'} is ${quote(attributesText(trace))} now.`,
            'Browsers that block third-party cookies keep it back even then; the ways below work everywhere.',
            ...alternatives,
          ],
        }
      : { summary: 'Do not rely on third-party cookies for the renewal.', steps: alternatives },
  }
}

const noCookie = (file: CaseFile, { answer, host }: Base): Failure => {
  const { exchange } = file.request!
  const framed = exchange.parentFrameId >= 0
  const page = exchange.initiator ?? valueOf(file.asked('redirect_uri')) ?? ''
  const foreign = framed && !isSameSite(page, exchange.url)
  return {
    confidence: 'likely',
    owner: foreign ? 'browser' : 'authorization_server',
    title: foreign ? 'No cookie went with the silent renewal' : 'The server’s session has ended',
    cause: foreign
      ? `The silent request went to ${host} from a frame of ${originOf(page) ?? 'another site'} without any cookie, and the server answered ${quote(answer.actual ?? '')}. Browsers keep third-party cookies back, and ${quote('SameSite=Lax')} ones in any case.`
      : `The silent request to ${host} carried no cookie, and the server answered ${quote(answer.actual ?? '')}.`,
    evidence: [
      exchangeEvidence(exchange, 'request.cookies', {
        label: 'Cookie',
        actual: '(none)',
        expected: 'the server’s session',
      }),
      answer,
    ],
    fix: foreign
      ? { summary: 'Do not rely on third-party cookies for the renewal.', steps: alternatives }
      : { summary: 'Send the user through an interactive login.', steps: alternatives },
    notObservable: ['Which cookies the server set at the sign-in: that was not recorded.'],
    candidates: [
      {
        rule: 'session-ended',
        title: 'The session at the server has ended',
        check: `Open ${quote(withoutQuery(exchange.url))} of this login in a tab, without \`prompt=none\`: a login form means that it has.`,
      },
    ],
  }
}

const sessionEnded = (file: CaseFile, { answer, host }: Base): Failure => {
  const { request } = file
  const maxAge = valueOf(file.asked('max_age'))
  const hint = paramValue(request!.parameters, 'id_token_hint') !== undefined
  const before = file.attempts.findLast(
    (other) =>
      other.startedAt < file.attempt.startedAt && other.tabId === file.attempt.tabId && other.requests.length > 0,
  )
  const ago = before ? ` The last login was ${duration(file.attempt.startedAt - before.startedAt)} ago.` : ''
  return {
    confidence: 'likely',
    owner: 'user',
    severity: 'warning',
    title: 'The session at the authorization server has ended',
    cause:
      `${host} answered the silent request ${quote(answer.actual ?? '')}, and no rule of the browser kept its cookies back: the session has ended, ` +
      `or is not enough for this request${maxAge === undefined ? '' : ` (${quote(`max_age=${maxAge}`)})`}.${ago}`,
    evidence: [answer, exchangeEvidence(request!.exchange, 'request.cookies', { label: 'Cookie', actual: 'sent' })],
    fix: {
      summary: 'Start an interactive login when this answer comes.',
      steps: [
        'This is how a silent renewal ends when the user signed out elsewhere or stayed away too long.',
        ...(maxAge === undefined ? [] : [`Without ${quote('max_age')} the existing session could be used.`]),
        ...(hint ? ['The hint names a user; when somebody else is signed in now, the server must refuse.'] : []),
        'When it happens much too early, compare the lifetime of the session at the server with that of the tokens.',
      ],
    },
  }
}

const unseen = (_file: CaseFile, { answer, host }: Base): Failure => ({
  confidence: 'likely',
  owner: 'browser',
  cause: `${host} answered the silent request ${quote(answer.actual ?? '')}. Whether its session cookie was sent cannot be seen in this recording.`,
  evidence: [answer],
  fix: { summary: 'Look whether the silent request carries the server’s cookie.', steps: alternatives },
  notObservable: ['The Cookie header of the silent request.'],
})
