import type { HttpExchange } from '../../model/exchange'
import { isException, saysFailure } from '../../model/failure-words'
import { headlinesOf } from '../../model/html'
import type { Parameter, Parameters } from '../../model/parameters'
import { valueOf } from '../../model/observed'
import { parseUrl } from '../../model/url'
import { authorizationErrors } from '../recognition/authorization-response'
import { bodyText, fragmentParameters, queryParameters } from '../recognition/readers'
import { visibleText } from './page-text'
import { isThrown, notJsonIn, withoutStack } from './runtime-words'

/** What a client's server objects to, as far as words of the protocol tell it. */
export type Objection =
  | 'secret'
  | 'redirect'
  | 'verifier'
  | 'unreachable'
  | 'scope'
  | 'idToken'
  | 'userinfo'
  | 'session'
  | 'account'
  | 'application'
  /** A token or UserInfo answer that is no JSON. */
  | 'answer'
  /** The token request, whatever of it. */
  | 'exchange'
  /** Writing the user into the session, which comes after the tokens. */
  | 'signIn'
  /** The client's program itself. */
  | 'program'

/** Words of the protocol and of its transport: every library has them. The first objection that a text speaks of counts. */
const objectionWords: readonly (readonly [Objection, RegExp])[] = [
  [
    'unreachable',
    /\b(getaddrinfo|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH)\b|\bfetch failed\b|connect(ion)? ?(was |has )?(refused|failed|reset|timed[ -]?out|timeout)|(no|unknown) ?such host|unknown ?host|resolve host|name or service not known|max retries exceeded|establish a (new )?connection|could ?n[o’']t connect|\bcertificate\b|\b(ssl|tls)\b|failed_to_connect/i,
  ],
  ['verifier', /verifier|code[\s_-]?challenge|\bpkce\b/i],
  ['redirect', /redirect[\s_-]?ur[il]\W+(\w+\W+){0,4}(mis)?match|mismatch\w*\W+redirect[\s_-]?ur[il]/i],
  ['scope', /\bscopes?\W+(\w+\W+){0,2}(changed|mismatch|differ)/i],
  [
    'idToken',
    /\bid[\s_-]?token|IdToken|\bjwt\b|\bissuer\b|\baudience\b|\bnonce\b|\bjwks?\b|(token|signature) (is |has |was )?(expired|invalid)|(invalid|expired|bad) (token|signature)|signature verification|token (is )?used (too|before)/i,
  ],
  [
    'userinfo',
    /user[\s_-]?info|\binvalid_token\b|\b(fetch|get|load|retriev|obtain|read)(e|ing|ting)?\W+(\w+\W+){0,3}profile\b/i,
  ],
  [
    'signIn',
    /\b((serializ|sav|writ|stor|creat|regenerat)(e|ing)|persist(ing)?)\W+((?!state)\w+\W+){0,3}session\b|\bsession (could|can) ?not be (saved|written|stored|created)/i,
  ],
  ['application', /\b(sql(state)?|database|operationalerror|no such (table|column))\b|relation \S+ does not exist/i],
  ['session', /\bstate\b|\b[cx]srf\b|csrf_detected|forgery|\bsession\b|authorization[\s_]request/i],
  [
    'exchange',
    /\b(obtain|get|fetch|retriev|request|acquir)(e|ing|ting)?\W+(\w+\W+){0,2}tokens?\b|\b(exchang|redeem)(e|ing)?\W+(\w+\W+){0,3}(tokens?|code)\b|\btoken[\s_-]?(request|exchange|endpoint)|\bcode[\s_-]exchange|['"]access_token\b/i,
  ],
  [
    'secret',
    /client[\s_-]?(secret|authentication|credential)|\b401\b|\bunauthori[sz]ed\b|www-authenticate|invalid[\s_]client/i,
  ],
  [
    'account',
    /access[\s_-]?denied|\bforbidden\b|not ?(allowed|permitted|linked|a member)|aren.t allowed|permission|unverified|account ?already|whitelist|allow-?list/i,
  ],
]

/** The words of status codes (RFC 9110 section 15): frameworks write them beside the status, and they say no more. */
const reasonPhrases: Readonly<Record<number, RegExp>> = {
  400: /bad[ _]request/gi,
  401: /unauthorized/gi,
  403: /forbidden/gi,
  404: /not[ _]found/gi,
  422: /unprocessable[ _](entity|content)/gi,
  500: /internal[ _](server[ _])?error/gi,
  502: /bad[ _]gateway/gi,
  503: /service[ _]unavailable/gi,
  504: /gateway[ _]time-?out/gi,
}

/** Some classes of errors have no other message than the words of their status. */
const aloneInException = /^\s*\w*(error|exception):\s*(unauthori[sz]ed|forbidden|bad request|not found)\s*$/im

/** A text without what only repeats the status it came with, and without URLs, whose parameters have names of their own. */
export const withoutStatus = (text: string, status: number | undefined): string => {
  const bare = text.replaceAll(/\bhttps?:\S+|[?&][\w.-]+=\S*/gi, ' ').replace(aloneInException, ' ')
  if (status === undefined) return bare
  return bare.replaceAll(reasonPhrases[status] ?? /$^/g, ' ').replaceAll(new RegExp(`\\b${status}\\b`, 'g'), ' ')
}

/** Spoken of beside what went wrong: whatever else is named says more, and of these the former. */
const general: readonly Objection[] = ['exchange', 'account']

/** What a text that a client's server wrote objects to: what it names first. */
export const objectionOf = (text: string, status?: number): Objection | undefined => {
  const told = withoutStack(text)
  if (notJsonIn(told)) return 'answer'
  // The parts of a program have names that are words of logins, too.
  const isProgram = isThrown(told)
  const words = withoutStatus(isProgram ? told.replaceAll(/\bsession\b/gi, ' ') : told, status).replaceAll(
    /(?<=[a-z])(?=[A-Z][a-z])/g,
    ' ',
  )
  const found = objectionWords
    .flatMap(([objection, pattern]) => {
      const at = words.search(pattern)
      return at < 0 ? [] : [{ objection, at }]
    })
    .sort((a, b) => a.at - b.at)
    .map(({ objection }) => objection)
  // Who writes into a session does not miss one.
  if (found.includes('signIn')) return 'signIn'
  const said = found.find((objection) => !general.includes(objection))
  const others = isProgram ? (['exchange', 'program'] as const) : general
  return said ?? others.find((objection) => objection === 'program' || found.includes(objection))
}

/** What libraries put in place of an OAuth code. */
const libraryCodes: ReadonlySet<string> = new Set([
  // OmniAuth
  'csrf_detected',
  'invalid_credentials',
  'failed_to_connect',
  'authenticity_error',
  // Spring Security
  'authorization_request_not_found',
  'invalid_state_parameter',
  'invalid_id_token',
  'invalid_nonce',
  'invalid_token_response',
])

const tokenErrors: ReadonlySet<string> = new Set(['invalid_grant', 'unsupported_grant_type', 'invalid_token'])

const isErrorCode = (value: string): boolean =>
  authorizationErrors.has(value) || tokenErrors.has(value) || libraryCodes.has(value)

const errorParameter = /(^|[_-])err(or)?([_-]?(code|message|msg|type|reason|description))?$|Error$/
const nothing = /^(|0|false|no|none|null|undefined)$/i

/** A parameter of a URL, and those that it stands among. */
export interface Told extends Parameter {
  readonly among: Parameters
}

/**
 * The parameter with which a URL of the client says that the login failed: by its name, by a code, or in words. Clients
 * whose pages are scripts write it into the fragment.
 */
export const tellingParameter = (exchange: HttpExchange): Told | undefined =>
  tellingOf(queryParameters(exchange)) ?? tellingOf(fragmentParameters(exchange))

const tellingOf = (among: Parameters): Told | undefined => {
  const { list } = among
  const telling =
    list.find(({ name, value }) => name === 'error' && !nothing.test(value)) ??
    list.find(({ value }) => isErrorCode(value)) ??
    list.find(({ name, value }) => errorParameter.test(name) && !nothing.test(value)) ??
    list.find(({ value }) => isException(value)) ??
    list.find(({ value }) => saysFailure(value) && objectionOf(value) !== undefined)
  return telling && { ...telling, among }
}

const failureSegment =
  /^((auth|oauth2?|oidc|sso|saml|social|login|logon|signin|sign|in|access|callback|user|account|not)[-_.]?)*(error|failure|failed|fail|denied|unauthori[sz]ed|forbidden|fehler|fehlgeschlagen|erreur|echec|errore|erro|fallo|fout|blad|hata|fel)([-_.]?(page|html?|php|aspx?|jsp))?$/i

/** Whether the path of a URL is that of a page for failures. */
export const hasFailurePath = (url: string): boolean => {
  const segments = parseUrl(url)
    ?.pathname.split('/')
    .filter((segment) => segment !== '' && !/^\d+$/.test(segment))
  const last = segments?.at(-1)
  return last !== undefined && failureSegment.test(last)
}

/** The headlines of a page that say that something did not work. */
export const failureHeadlines = (exchange: HttpExchange): readonly string[] => {
  const html = valueOf(bodyText(exchange.responseBody))
  return html === undefined ? [] : headlinesOf(html).map(visibleText).filter(saysFailure)
}
