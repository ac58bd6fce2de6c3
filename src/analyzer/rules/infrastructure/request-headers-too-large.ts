import { header } from '../../../model/headers'
import type { HttpExchange } from '../../../model/exchange'
import { valueOf } from '../../../model/observed'
import { groupBy } from '../../../model/group-by'
import type { FailurePoint } from '../../facts/failure-points'
import { callText, endpointOf, hostOf, otherEndpoints, pointsOf, tokenEndpoint } from '../shared/endpoint'
import { exchangeEvidence, statusEvidence } from '../shared/evidence'
import { rfc } from '../shared/references'
import { quote } from '../shared/text'
import { type Failure, defineRule, fail, indeterminate, notApplicable, pass } from '../rule'

const kinds = [...tokenEndpoint, ...otherEndpoints, 'start_error', 'authorization_page', 'callback_error'] as const

/** Characters. Common servers allow 8 KiB for all headers or for one; proxies and frameworks 4 to 16. */
const LARGE = 7000
/** As many cookies that differ in a random part only are unfinished logins, not tabs. */
const PILE = 5

export const requestHeadersTooLarge = defineRule({
  id: 'request-headers-too-large',
  title: 'The request’s headers are too large for the server',
  category: 'failure',
  severity: 'error',
  owner: 'client',
  depth: 'mechanism',
  explains: kinds,
  what: 'Status 431 or 494, or 400, 413 and 502 where the request headers are near the usual limit of 8 KiB; the cookies in them, counted by kind.',
  why: 'Each login that is started and not finished leaves a cookie for its state. Background calls that are redirected to the login start many; one day the headers are too large, for this user only.',
  toldApart: 'By the measured size. An OAuth error in the body means that the request was read.',
  silentWhen: 'The headers are small, or they were not captured.',
  references: [rfc(6585, '5')],
  covers: ['state-cookie-pileup', 'request-header-too-large'],

  check(file) {
    const points = pointsOf(file, kinds).filter(({ error, status }) => error === undefined && status !== undefined)
    const said = points.find(({ status }) => status === 431 || status === 494)
    if (said) return fail(failure(said))
    const possible = points.filter(({ status }) => status === 400 || status === 413 || status === 502)
    if (possible.length === 0) return notApplicable
    const large = possible.find(({ exchange }) => sizeOf(exchange) > LARGE)
    if (large) return fail(failure(large))
    return possible.every(({ exchange }) => exchange.requestHeaders.state === 'unobserved')
      ? indeterminate('headers-not-captured')
      : pass('the request headers are of ordinary size')
  },
})

const sizeOf = (exchange: HttpExchange): number =>
  (valueOf(exchange.requestHeaders) ?? []).reduce((sum, { name, value }) => sum + name.length + value.length + 4, 0)

const cookieNames = (exchange: HttpExchange): readonly string[] =>
  (valueOf(header(exchange.requestHeaders, 'cookie')) ?? '').split(/;\s*/).map((pair) => pair.split('=')[0]!)

/** One value cut into cookies that are numbered from the first to the last, as libraries do that keep a session in cookies. */
const piecesOf = (exchange: HttpExchange): { readonly name: string; readonly count: number } | undefined => {
  const numbered = groupBy(cookieNames(exchange), (name) => name.replace(/\d{1,2}$/, ''))
  const isWhole = ([stem, names]: [string, string[]]) => {
    const numbers = names.map((name) => name.slice(stem.length)).toSorted((a, b) => Number(a) - Number(b))
    return names.length > 1 && numbers.every((number, index) => number === String(Number(numbers[0]) + index))
  }
  const [stem, names] = [...numbered].filter(isWhole).sort(([, a], [, b]) => b.length - a.length)[0] ?? []
  return stem === undefined || names === undefined ? undefined : { name: `${stem}…`, count: names.length }
}

/** The largest group of cookies whose names differ in a random part only: its common part, and how many there are. */
const pileOf = (exchange: HttpExchange): { readonly name: string; readonly count: number } | undefined => {
  const groups = groupBy(cookieNames(exchange), (name) =>
    name.replace(/[A-Za-z0-9_~-]{10,}$|\d+$/, (end) => (/\d/.test(end) ? '…' : end)),
  )
  const [name, group] = [...groups].sort(([, a], [, b]) => b.length - a.length)[0] ?? []
  if (name === undefined || group === undefined || group.length <= PILE || !name.endsWith('…')) return undefined
  const common = group.reduce(commonStart)
  return common === '' ? undefined : { name: `${common}…`, count: group.length }
}

const commonStart = (a: string, b: string): string => {
  let end = 0
  while (end < a.length && a[end] === b[end]) end += 1
  return a.slice(0, end)
}

const failure = (point: FailurePoint): Failure => {
  const { exchange } = point
  const pieces = piecesOf(exchange)
  const pile = pieces ? undefined : pileOf(exchange)
  const cookie = valueOf(header(exchange.requestHeaders, 'cookie'))
  const size = sizeOf(exchange)
  const { name } = endpointOf(point)
  return {
    ...(pieces && { title: 'The session that is kept in cookies is too large for the server' }),
    ...(pile && { title: 'Cookies of unfinished logins piled up until the headers were too large' }),
    cause:
      `${callText(exchange)} was answered ${point.status}.` +
      (size > 0
        ? ` Its headers have ${size} characters` + (cookie ? `, ${cookie.length} of them cookies.` : '.')
        : '') +
      (pile
        ? ` ${pile.count} cookies are named ${quote(pile.name)}: each is a login that was started and never finished.`
        : '') +
      (pieces ? ` ${pieces.count} of the cookies, ${quote(pieces.name)}, are one value in pieces.` : ''),
    evidence: [
      exchangeEvidence(exchange, 'request.headers', {
        label: cookie ? 'Cookie' : 'headers',
        parameter: 'Cookie',
        actual: cookie ? `${cookie.length} characters in ${cookie.split(';').length} cookies` : `${size} characters`,
        expected: 'less than 8192 characters in all',
      }),
      statusEvidence(exchange),
    ],
    confidence: point.status === 431 || point.status === 494 ? 'certain' : 'likely',
    fix: pieces
      ? {
          summary: `Keep the session on the server, with nothing but its identifier in the cookie, in place of ${quote(pieces.name)}.`,
          steps: [
            'Or keep less in it: tokens, and above all an ID token with many groups, are what makes it large.',
            `Or raise the limit for headers of ${name}, and of every proxy in front of it.`,
          ],
        }
      : pile
        ? {
            summary: `Answer 401 to background calls in place of redirecting them to the login, so that they leave no ${quote(pile.name)} cookies.`,
            steps: [
              'Let such cookies expire after some minutes, and delete them when their login is finished (with the same Path, Domain and Secure as they were set with).',
              `Users that are stuck now: delete the cookies of ${quote(hostOf(exchange.url))}.`,
            ],
          }
        : {
            summary: `Make the headers smaller, or raise the limit of ${name}.`,
            steps: [
              'Keep sessions on the server in place of whole tokens in cookies.',
              'Large tokens: leave out group and role lists that the receiver does not need.',
            ],
          },
  }
}
