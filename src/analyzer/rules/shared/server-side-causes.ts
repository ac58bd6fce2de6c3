import type { Candidate, Fix, RuledOut } from '../../../model/analysis'
import { header } from '../../../model/headers'
import { valueOf } from '../../../model/observed'
import { parseUrl } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import { type Objection, objectionOf } from '../../facts/client-words'
import { callbackOf, followCookies } from '../../facts/cookies'
import type { FailurePoint } from '../../facts/failure-points'
import { withoutStack } from '../../facts/runtime-words'
import { refusedIn } from '../../facts/service-ports'
import { type Cause, type Known, cameBack, knownCauses } from './known-causes'
import { hostOf, quote } from './text'

/** The causes that are left, likeliest first, and what the client's server named of them. */
export interface ServerSideCauses {
  readonly candidates: readonly Candidate[]
  readonly ruledOut: readonly RuledOut[]
  /** A sentence about what it named, where it named something. */
  readonly named?: string
  /** Whether it named one cause that leaves no other. */
  readonly isNamed: boolean
  readonly fix: Fix
  /** The cookie that says that the callback had done its work, where a later page failed. */
  readonly session?: string
  /** What happened, where status and headers say it. */
  readonly title?: string
}

/** Below this no other server can have been asked in between, unless it is on the same machine. */
const AT_ONCE = 30
const LONG = 3000

/**
 * What a failure at the client's server may come from. `said` is an OAuth code that it passed on, `text` what else it wrote
 * for people.
 */
export const serverSideCauses = (
  file: CaseFile,
  point: FailurePoint,
  { said, text, took }: { readonly said?: string | undefined; readonly text: string; readonly took?: number },
): ServerSideCauses => {
  const { exchange, status } = point
  const all = knownCauses(file, exchange, text)
  const usual = usualCauses(file, point, took)
  const session = sessionOfCallback(file, point)
  const shown = shownBy(point)
  const ofCode = said === undefined ? undefined : causesOfCode(said, text)
  const spoken = shown ? undefined : objectionOf(text, status)
  const isOver = session !== undefined && (spoken === 'exchange' || beforeSession.some((cause) => cause === spoken))
  // What a code leaves open, the words beside it may decide.
  const isOpen = !ofCode || (ofCode.length > 1 && (spoken === 'verifier' || spoken === 'redirect'))
  const objection = isOpen && !isOver ? spoken : undefined
  const left = shown?.causes ?? (objection ? causesOf(objection, text, file) : (ofCode ?? usual))
  const named =
    shown?.because ??
    (objection !== undefined
      ? `It speaks of ${subjects[objection]}.`
      : said !== undefined && said in meanings
        ? `It names ${quote(said)}: ${meanings[said]}.`
        : undefined)
  const [first] = left
  const log = `Look into the log of ${hostOf(exchange.url)} at this request`
  const rulesOut = (causes: readonly Cause[], because: string): readonly RuledOut[] =>
    causes.filter((cause) => !left.includes(cause)).map((cause) => ({ rule: all[cause].rule, because }))
  return {
    candidates: left.map((cause) => withoutFix(all[cause])),
    ruledOut:
      session !== undefined
        ? rulesOut(beforeSession, `the callback went through, set ${quote(session)} and led on`)
        : shown
          ? rulesOut(usual, 'the login’s own code did not get to see this answer')
          : objection === undefined
            ? []
            : rulesOut(usual, `the client speaks of ${subjects[objection]}`),
    ...(named !== undefined && { named }),
    ...(session !== undefined && { session }),
    ...(shown && { title: shown.title }),
    isNamed: named !== undefined,
    fix:
      first && (left.length === 1 || leading.includes(first))
        ? { summary: all[first].fix, steps: [`${log} for the details.`] }
        : { summary: `${log}; it has the reason.`, steps: [] },
  }
}

/** What status and headers say of an answer that the application itself did not give. */
interface Shown {
  readonly title: string
  readonly causes: readonly Cause[]
  readonly because: string
}

const shownBy = ({ exchange: { status, responseHeaders }, message }: FailurePoint): Shown | undefined => {
  const of = (name: string) => valueOf(header(responseHeaders, name))
  const [scheme] = of('www-authenticate')?.match(/^(Basic|Digest|Negotiate|NTLM|Kerberos)\b/i) ?? []
  if (valueOf(status) === 401 && scheme !== undefined) {
    return {
      title: `${message.kind === 'after_callback' ? 'The page after the callback' : 'The callback'} asks for a password of its own`,
      causes: ['gate'],
      because: `It asks for a password by ${quote(`WWW-Authenticate: ${scheme}`)}, which is no step of this login: so does a proxy in front of an application, or a guard that is asked first, and the login’s own code did not get the answer.`,
    }
  }
  const wait = of('retry-after')
  if (valueOf(status) === 503 && wait !== undefined) {
    return {
      title: 'The client’s server is not available at the moment',
      causes: ['maintenance', 'down'],
      because: `It names when to come back (${quote(`Retry-After: ${wait}`)}), as in maintenance or while a new version is being started.`,
    }
  }
  return undefined
}

/** So much likelier than what stands after them that their fix comes first. */
const leading: readonly Cause[] = ['program', 'landing', 'maintenance']

const withoutFix = ({ rule, title, check }: Known): Candidate => ({ rule, title, check })

const subjects: Readonly<Record<Objection, string>> = {
  answer: 'an answer that is no JSON',
  exchange: 'the token request',
  signIn: 'writing the user into the session, which comes after the tokens',
  program: 'an error of the client’s own program',
  secret: 'how the client authenticates',
  redirect: 'the `redirect_uri`',
  verifier: 'the PKCE verifier',
  unreachable: 'a connection that does not come about',
  scope: 'the scopes that were granted',
  idToken: 'the ID token',
  userinfo: 'the UserInfo endpoint, so the code was redeemed',
  application: 'the application’s own data, which are nothing of the login',
  session: 'what it stored for this login',
  account: 'what this user may do: the application itself decided',
}

const meanings: Readonly<Record<string, string>> = {
  invalid_client: 'the authorization server did not accept the client’s secret or its way of authenticating',
  invalid_grant:
    'the authorization server did not accept the code, the `redirect_uri` or the verifier that came with it',
  redirect_uri_mismatch: 'the token request named another `redirect_uri` than the authorization request',
  unauthorized_client: 'the client may not use this grant',
  unsupported_grant_type: 'the authorization server did not find a grant type that it knows in the token request',
  invalid_scope: 'a requested scope was refused',
  invalid_request: 'the token request was refused',
}

const causesOfCode = (code: string, text: string): readonly Cause[] | undefined => {
  switch (code) {
    case 'invalid_client':
    case 'unauthorized_client':
      return ['secret']
    case 'redirect_uri_mismatch':
      return ['redirect']
    case 'invalid_grant':
      // Some servers answer so to a wrong secret too.
      return ['redirect', 'verifier', 'session', 'secret']
    case 'invalid_request':
      return parametersOf.find(([, parameter]) => parameter.test(text))?.[0]
    default:
      return undefined
  }
}

/** What a token request (RFC 6749 section 4.1.3) lacks or has wrong, by the parameter that the words beside the code name. */
const parametersOf: readonly (readonly [readonly Cause[], RegExp])[] = [
  [['secret'], /\bclient_(id|secret)\b/],
  [['redirect'], /\bredirect_uri\b/],
  [['verifier'], /\bcode_verifier\b/],
  [['form'], /\bgrant_type\b/],
]

/** What it may be, likeliest first, as far as nothing in the recording rules it out. */
const usualCauses = (file: CaseFile, point: FailurePoint, took = 0): readonly Cause[] => {
  const { exchange, status = 0, kind } = point
  if (sessionOfCallback(file, point) !== undefined) {
    if (status === 401 || status === 403) return ['account', 'session']
    if (kind === 'callback_error' && status >= 500) return ['landing', 'application']
  }
  if (status === 504) return ['unreachable', 'down', 'secret']
  if (status === 503) return ['down', 'unreachable', 'headers', 'secret']
  if (status === 502)
    return took < AT_ONCE ? ['down', 'headers', 'unreachable', 'secret'] : ['headers', 'down', 'unreachable', 'secret']
  if (took >= LONG) return ['unreachable', 'secret', 'redirect']
  if (status >= 500) {
    const isPlain =
      parseUrl(file.redirect_uri ?? '')?.protocol === 'http:' && parseUrl(exchange.url)?.protocol === 'https:'
    return [...(isPlain ? (['scheme'] as const) : []), 'secret', 'redirect', 'unreachable', 'idToken', 'session']
  }
  if (exchange.method === 'POST' && (status === 403 || status === 415 || status === 419)) return ['csrf', 'session']
  if (!cameBack(file)) return ['session', 'secret', 'redirect']
  return kind === 'client_error' || status < 400
    ? ['secret', 'session', 'idToken', 'redirect', 'account']
    : ['session', 'secret', 'redirect', 'idToken', ...(status === 401 ? (['guard'] as const) : [])]
}

/** The cookie that the callback gave the browser, with which the page behind it answered an error of its own. */
const sessionOfCallback = ({ attempt, world }: CaseFile, point: FailurePoint): string | undefined => {
  const callback = callbackOf(attempt)
  if (point.message.kind !== 'after_callback' || (point.status ?? 0) < 400 || !callback) return undefined
  return followCookies({ setBy: [callback], in: point.exchange, exchanges: world.exchanges }).find(
    ({ fate }) => fate === 'came_back',
  )?.name
}

/** What was over when the callback had its session. */
const beforeSession = ['secret', 'redirect', 'verifier', 'unreachable', 'idToken'] as const

/** What the words leave open. */
const causesOf = (objection: Objection, text: string, file: CaseFile): readonly Cause[] => {
  switch (objection) {
    case 'exchange':
      return ['secret', 'redirect', 'verifier', 'unreachable', 'endpoint']
    case 'program':
      return ['program', 'claim']
    case 'unreachable': {
      const refused = refusedIn(withoutStack(text))
      if (!refused) return ['unreachable']
      if (refused.service !== undefined) return ['service']
      return portsOf(file).includes(refused.port) ? ['unreachable'] : ['unreachable', 'service']
    }
    default:
      return [objection]
  }
}

const portsOf = ({ request, issuer }: CaseFile): readonly number[] =>
  [request?.exchange.url, issuer].flatMap((url) => {
    const parsed = url === undefined ? undefined : parseUrl(url)
    return parsed ? [Number(parsed.port || (parsed.protocol === 'http:' ? 80 : 443))] : []
  })
