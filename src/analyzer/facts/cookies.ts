import { getDomain, getPublicSuffix } from 'tldts'
import { Cookie, defaultPath, domainMatch, pathMatch } from 'tough-cookie'
import type { HttpExchange } from '../../model/exchange'
import { header, headerList, headerValues } from '../../model/headers'
import {
  type BlindSpot,
  type Observed,
  absent,
  blindSpotText,
  mapObserved,
  unobserved,
  valueOf,
} from '../../model/observed'
import { isLoopback, originOf, parseUrl } from '../../model/url'
import type { Attempt, World } from '../correlation/attempt'

/** Why a cookie that was set was not in a later request. */
export type CookieLoss =
  /** The browser never kept it. */
  | 'too-large'
  | 'domain-invalid'
  | 'secure-on-http'
  | 'none-without-secure'
  | 'partitioned-without-secure'
  | 'prefix-rules'
  | 'credentials-omitted'
  /** The browser kept it and it was gone by then. */
  | 'deleted'
  | 'expired'
  /** The browser has it and does not send it there. */
  | 'other-host'
  | 'other-path'
  | 'secure-to-http'
  | 'samesite-strict'
  | 'samesite-lax-post'
  | 'samesite-default-post'
  | 'samesite-frame'
  | 'third-party'
  | 'partitioned'
  | 'unexplained'

export interface CookieAttributes {
  readonly domain?: string
  readonly path?: string
  /** Seconds the browser keeps it, from `Max-Age` or from `Expires` against the answer's `Date`; absent: until it closes. */
  readonly lifetime?: number
  readonly secure: boolean
  readonly httpOnly: boolean
  readonly sameSite?: 'strict' | 'lax' | 'none'
  readonly partitioned: boolean
  /** Bytes of name and value together: what the limit of 4096 counts (RFC 6265bis section 5.6). */
  readonly size: number
}

/** One cookie and what became of it in a later request. */
export interface CookieTrace {
  readonly name: string
  /** The exchange whose answer set it. */
  readonly setBy: string
  readonly setAt: number
  readonly attributes: CookieAttributes
  /** `replaced`: a cookie of this name came back with another value. */
  readonly fate: 'came_back' | 'replaced' | 'not_sent' | 'unobserved'
  /** Where it was not sent, or the browser did not keep it and sent an older one. */
  readonly loss?: CookieLoss
  /** The exchange that deleted or replaced it. */
  readonly changedBy?: string
  /** Whether that exchange was answered by another origin, which shares the host: cookies know no ports. */
  readonly changedByOtherOrigin?: boolean
  /** How many cookies of this name the request carried. */
  readonly copies: number
  /** One clause: why it came back, did not, or could not be seen. */
  readonly because: string
}

/** Bytes of name and value above which browsers drop a cookie. */
const MOST_BYTES = 4096
/** Chromium sends a cookie without SameSite with a cross-site POST while it is younger than this. */
const LAX_ALLOWANCE = 120_000
/** Milliseconds before a request in which the client's own answers count as having prepared it. */
const PREPARED_WITHIN = 60_000

interface Question {
  /** The answers whose cookies are followed. */
  readonly setBy: readonly HttpExchange[]
  /** The request in which they should be. */
  readonly in: HttpExchange
  /** Everything else that may have changed them. */
  readonly exchanges: readonly HttpExchange[]
  /** The length of a value, also where a label stands for it. */
  readonly lengthOf?: (value: string) => number
}

/** Follows the cookies that some answers set into a later request. Where one is set twice, its last setting counts. */
export const followCookies = (question: Question): readonly CookieTrace[] => {
  const lengthOf = question.lengthOf ?? ((value: string) => value.length)
  const settings = question.setBy
    .flatMap((exchange) => settingsOf(exchange, lengthOf))
    // The times of a file are rounded; what redirected to the request was answered before it all the same.
    .filter(
      ({ deletes, at, exchange }) =>
        !deletes && (at <= question.in.startedAt || exchange.id === question.in.previousHop),
    )
  const last = new Map(settings.map((setting) => [slotOf(setting), setting]))
  return [...last.values()].map((setting) => traceOf(setting, question, lengthOf))
}

/**
 * The cookies with which the client's own origin prepared this login, and what became of them at the callback: those of
 * the redirects that led to the authorization request, and of other answers of the client shortly before it.
 */
export const cookiesOfLogin = (
  attempt: Attempt,
  world: World,
  callback = callbackOf(attempt),
): readonly CookieTrace[] => {
  if (!callback) return []
  return followCookies({
    setBy: preparationsOf(attempt, world, callback),
    in: callback,
    exchanges: world.exchanges,
    lengthOf: (value) => world.values.lengthOf(value),
  })
}

/**
 * Those that the client needs at the callback: of the redirect to the server, or the session that it was sent; where a script
 * began the login, of the last answer that set any.
 */
export const decisiveCookies = (
  attempt: Attempt,
  world: World,
  traces: readonly CookieTrace[],
): readonly CookieTrace[] => {
  const starts = startsOf(attempt, world)
  const last = traces.at(-1)?.setBy
  if (starts.length === 0) return traces.filter(({ setBy }) => setBy === last)
  const ofStart = traces.filter(({ setBy }) => starts.some(({ id }) => id === setBy))
  if (ofStart.length > 0) return ofStart
  const sentTo = new Set(starts.flatMap((start) => valueOf(cookieNamesOf(start)) ?? []))
  const held = traces.filter(({ name }) => sentTo.has(name))
  // Which of them is the session, nobody knows: one that is there still may be it.
  const there = held.filter(({ fate }) => fate === 'came_back')
  return there.length > 0 ? there : held
}

/** Whether the recording shows why a cookie was not what had been set. */
export const isExplained = ({ fate, loss, changedBy }: CookieTrace): boolean =>
  fate === 'replaced' ? changedBy !== undefined || loss !== undefined : fate === 'not_sent' && loss !== 'unexplained'

const refusals: ReadonlySet<CookieLoss | undefined> = new Set<CookieLoss>([
  'too-large',
  'domain-invalid',
  'secure-on-http',
  'none-without-secure',
  'partitioned-without-secure',
  'prefix-rules',
])

/** Whether the browser refused the cookie when it was set, so that it can be in no request at all. */
export const isRefused = ({ loss }: CookieTrace): boolean => refusals.has(loss)

/** The cookies that the client needs at the callback, where none of them came and the reason is known; else none. */
export const lostOfLogin = (attempt: Attempt, world: World, callback = callbackOf(attempt)): readonly CookieTrace[] => {
  const decisive = decisiveCookies(attempt, world, cookiesOfLogin(attempt, world, callback))
  return decisive.every(isExplained) ? decisive : []
}

/**
 * The cookies that some answers set, where none of them is sent with the page that they lead to, for reasons that are known,
 * and no other cookie either, so that this page knows nothing of what they hold; else none.
 */
export const lostOnTheWay = (
  setBy: readonly HttpExchange[],
  page: HttpExchange,
  world: World,
): readonly CookieTrace[] => {
  const traces = followCookies({
    setBy,
    in: page,
    exchanges: world.exchanges,
    lengthOf: (value) => world.values.lengthOf(value),
  })
  const names = new Set(traces.map(({ name }) => name))
  const isKnown = ({ loss }: CookieTrace) => loss !== undefined && loss !== 'unexplained' && loss !== 'deleted'
  return traces.every(isKnown) && (valueOf(cookieNamesOf(page)) ?? []).every((name) => names.has(name)) ? traces : []
}

/** The names of the cookies that an answer deleted. */
export const cookieNamesDeletedBy = (exchange: HttpExchange): readonly string[] =>
  settingsOf(exchange, (value) => value.length).flatMap(({ name, deletes }) => (deletes ? [name] : []))

/** The names of the cookies that an answer set. */
export const cookieNamesSetBy = (exchange: HttpExchange): Observed<readonly string[]> =>
  mapObserved(headerList(exchange.responseHeaders, 'set-cookie'), (lines) =>
    lines.map((line) => readPair(line.split(';')[0]!).name),
  )

/** The request that brought the answer to the client. */
export const callbackOf = (attempt: Attempt): HttpExchange | undefined =>
  attempt.responses.find(({ requested }) => requested)?.exchange

/** That one, or where it was answered without an error and repeated, the one that the cookies came with. */
export const settledCallbackOf = (attempt: Attempt, world: World): HttpExchange | undefined => {
  const first = callbackOf(attempt)
  if (!first || (valueOf(first.status) ?? 400) >= 400) return first
  const setBy = startsOf(attempt, world)
  const isCompleteIn = (exchange: HttpExchange) =>
    followCookies({ setBy, in: exchange, exchanges: world.exchanges }).some(({ fate }) => fate === 'came_back')
  return attempt.responses.find(({ requested, exchange }) => requested && isCompleteIn(exchange))?.exchange ?? first
}

/** The client's answers that sent the browser to the authorization request. In a loop, that is the callback of the turn before. */
export const startsOf = ({ starts, requests: [request] }: Attempt, world: World): readonly HttpExchange[] => {
  if (starts.length > 0) return starts.map(({ exchange }) => exchange)
  const before = request?.exchange.previousHop
  const hop = before === undefined ? undefined : world.exchange(before)
  return hop ? [hop] : []
}

/** The client's own answers that led to the authorization request, oldest first. */
const preparationsOf = (attempt: Attempt, world: World, callback: HttpExchange): readonly HttpExchange[] => {
  const request = attempt.requests[0]
  if (!request) return []
  const starts = startsOf(attempt, world)
  const page = request.exchange.initiator ?? valueOf(header(request.exchange.requestHeaders, 'referer'))
  const own = new Set(
    [callback.url, page, ...starts.map(({ url }) => url)].filter((url) => url !== undefined).map(hostOf),
  )
  const nearby = world.exchanges.filter(
    (exchange) =>
      !starts.includes(exchange) &&
      own.has(hostOf(exchange.url)) &&
      originOf(exchange.url) !== originOf(request.exchange.url) &&
      world.tabOf(exchange) === attempt.tabId &&
      exchange.startedAt >= request.at - PREPARED_WITHIN &&
      (exchange.endedAt ?? exchange.startedAt) <= request.at + 1,
  )
  return [...nearby, ...starts].sort((a, b) => a.startedAt - b.startedAt)
}

const hostOf = (url: string): string => parseUrl(url)?.hostname ?? ''

interface Setting {
  readonly exchange: HttpExchange
  readonly name: string
  readonly value: string
  readonly at: number
  readonly host: string
  readonly deletes: boolean
  readonly attributes: CookieAttributes
}

const settingsOf = (exchange: HttpExchange, lengthOf: (value: string) => number): Setting[] => {
  const headers = valueOf(exchange.responseHeaders)
  if (!headers) return []
  return headerValues(headers, 'set-cookie').flatMap((text) => {
    const cookie = Cookie.parse(text, { loose: true })
    if (!cookie) return []
    const lifetime = lifetimeOf(cookie, exchange)
    const { sameSite } = cookie
    return [
      {
        exchange,
        name: cookie.key,
        value: cookie.value,
        at: exchange.endedAt ?? exchange.startedAt,
        host: hostOf(exchange.url),
        deletes: lifetime !== undefined && lifetime <= 0,
        attributes: {
          ...(cookie.domain && { domain: cookie.domain }),
          ...(cookie.path && { path: cookie.path }),
          ...(lifetime !== undefined && { lifetime }),
          secure: cookie.secure,
          httpOnly: cookie.httpOnly,
          ...(isSameSiteValue(sameSite) && { sameSite }),
          partitioned: cookie.extensions?.some((extension) => /^partitioned$/i.test(extension.trim())) ?? false,
          size: cookie.key.length + lengthOf(cookie.value),
        },
      },
    ]
  })
}

const isSameSiteValue = (text: string | undefined): text is 'strict' | 'lax' | 'none' =>
  text === 'strict' || text === 'lax' || text === 'none'

/** `Max-Age` goes before `Expires` (RFC 6265 section 5.3); `Expires` is read by the server's own clock. */
const lifetimeOf = (cookie: Cookie, exchange: HttpExchange): number | undefined => {
  if (typeof cookie.maxAge === 'number') return cookie.maxAge
  if (!(cookie.expires instanceof Date)) return undefined
  const date = Date.parse(valueOf(header(exchange.responseHeaders, 'date')) ?? '')
  const from = Number.isNaN(date) ? (exchange.endedAt ?? exchange.startedAt) : date
  return Math.round((cookie.expires.getTime() - from) / 1000)
}

const slotOf = ({ name, host, attributes: { domain, path } }: Setting) => `${name} ${domain ?? host} ${path ?? ''}`

const traceOf = (setting: Setting, question: Question, lengthOf: (value: string) => number): CookieTrace => {
  const { name, value, exchange, at, attributes } = setting
  const base = { name, setBy: exchange.id, setAt: at, attributes }
  const sent = cookiesSent(question.in)
  if (sent.state === 'unobserved') {
    return { ...base, copies: 0, fate: 'unobserved', because: blindSpotText[sent.because] }
  }
  const named = (valueOf(sent) ?? []).filter((cookie) => cookie.name === name)
  const copies = named.length
  if (named.some((cookie) => cookie.value === value)) {
    return { ...base, copies, fate: 'came_back', because: 'it came back as it was set' }
  }
  const change = changeOf(setting, question, lengthOf)
  const changed = change && {
    changedBy: change.exchange.id,
    changedByOtherOrigin: originOf(change.exchange.url) !== originOf(exchange.url),
  }
  if (copies > 0) {
    const refused = change ? undefined : rejection(setting)
    if (refused)
      return {
        ...base,
        copies,
        fate: 'replaced',
        loss: refused,
        because: `${because(refused, setting, question.in)}; an older one of this name came`,
      }
    const by = change ? `; ${hostAndPath(change.exchange.url)} set it anew in between` : ''
    return {
      ...base,
      copies,
      ...changed,
      fate: 'replaced',
      because: `a cookie of this name came back with another value${by}`,
    }
  }
  const loss = lossOf(setting, question, change)
  return {
    ...base,
    copies,
    ...(loss === 'deleted' && changed),
    fate: 'not_sent',
    loss,
    because: because(loss, setting, question.in),
  }
}

/** The `Cookie` header as names and values. A request that never reached the network shows none, and says nothing. */
const cookiesSent = (exchange: HttpExchange): Observed<readonly { name: string; value: string }[]> => {
  if (exchange.requestHeaders.state !== 'present') return unobserved(blindSpotOf(exchange.requestHeaders))
  const values = headerList(exchange.requestHeaders, 'cookie')
  if (values.state !== 'absent')
    return mapObserved(values, (lines) => lines.flatMap((line) => line.split(/;\s*/)).map(readPair))
  const wasSent = exchange.status.state === 'present' && !exchange.fromCache && !exchange.fromServiceWorker
  return wasSent ? absent : unobserved('headers-not-captured')
}

/** The names of the cookies that a request carried. */
export const cookieNamesOf = (exchange: HttpExchange): Observed<readonly string[]> =>
  mapObserved(cookiesSent(exchange), (sent) => sent.map(({ name }) => name))

const blindSpotOf = (observed: Observed<unknown>): BlindSpot =>
  observed.state === 'unobserved' ? observed.because : 'headers-not-captured'

const readPair = (pair: string) => {
  const at = pair.indexOf('=')
  return at < 0
    ? { name: '', value: pair.trim() }
    : { name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim() }
}

/** The last answer before the request that set or deleted a cookie of the same name for the same host. */
const changeOf = (setting: Setting, question: Question, lengthOf: (value: string) => number): Setting | undefined =>
  question.exchanges
    .filter(
      (exchange) =>
        exchange.id !== setting.exchange.id &&
        (exchange.endedAt ?? exchange.startedAt) >= setting.at &&
        (exchange.endedAt ?? exchange.startedAt) <= question.in.startedAt &&
        hostOf(exchange.url) === setting.host,
    )
    .flatMap((exchange) => settingsOf(exchange, lengthOf))
    .findLast(({ name }) => name === setting.name)

const isHttps = (url: string) => parseUrl(url)?.protocol === 'https:'

/** Browsers take loopback over http for as good as https. */
const isTrustworthy = (url: string) => isHttps(url) || isLoopback(hostOf(url))

const lossOf = (setting: Setting, question: Question, change: Setting | undefined): CookieLoss =>
  rejection(setting) ?? disappearance(setting, question.in, change) ?? withheld(setting, question) ?? 'unexplained'

/** What makes a browser refuse a cookie when it is set (RFC 6265bis section 5.7). */
const rejection = ({ name, host, exchange, attributes }: Setting): CookieLoss | undefined => {
  const { domain, secure, sameSite, path, partitioned, size } = attributes
  if (size > MOST_BYTES) return 'too-large'
  if (domain !== undefined && !isOwnDomain(host, domain)) return 'domain-invalid'
  if (secure && !isTrustworthy(exchange.url)) return 'secure-on-http'
  if (sameSite === 'none' && !secure) return 'none-without-secure'
  if (partitioned && !secure) return 'partitioned-without-secure'
  if (/^__secure-/i.test(name) && !secure) return 'prefix-rules'
  if (/^__host-/i.test(name) && (!secure || domain !== undefined || path !== '/')) return 'prefix-rules'
  return isWithoutCredentials(exchange) ? 'credentials-omitted' : undefined
}

const isOwnDomain = (host: string, domain: string): boolean =>
  domainMatch(host, domain) === true &&
  (host === domain || getPublicSuffix(domain, { allowPrivateDomains: true }) !== domain)

/** A script's call to another origin keeps cookies only with credentials, and then the answer must allow them. */
const isWithoutCredentials = (exchange: HttpExchange): boolean => {
  if (exchange.resourceType !== 'xmlhttprequest' || exchange.initiator === undefined) return false
  if (originOf(exchange.initiator) === originOf(exchange.url)) return false
  return header(exchange.responseHeaders, 'access-control-allow-credentials').state === 'absent'
}

const disappearance = (
  { at, attributes: { lifetime } }: Setting,
  request: HttpExchange,
  change: Setting | undefined,
): CookieLoss | undefined => {
  if (change?.deletes) return 'deleted'
  return lifetime !== undefined && request.startedAt - at >= lifetime * 1000 ? 'expired' : undefined
}

/** Which rule keeps the browser from sending it there (RFC 6265bis section 5.8.3). */
const withheld = (setting: Setting, { in: request, exchanges }: Question): CookieLoss | undefined => {
  const { domain, path, secure, sameSite, partitioned } = setting.attributes
  const target = parseUrl(request.url)
  if (!target) return undefined
  if (domain === undefined ? target.hostname !== setting.host : !domainMatch(target.hostname, domain))
    return 'other-host'
  if (!pathMatch(target.pathname, path ?? defaultPath(parseUrl(setting.exchange.url)?.pathname ?? '/')))
    return 'other-path'
  if (secure && !isTrustworthy(request.url)) return 'secure-to-http'
  if (!isCrossSite(request) && !isEmbeddedElsewhere(request, exchanges)) return undefined
  if (isFramed(request) || request.resourceType === 'xmlhttprequest') {
    if (sameSite !== 'none') return 'samesite-frame'
    return partitioned ? 'partitioned' : 'third-party'
  }
  if (sameSite === 'strict') return 'samesite-strict'
  if (request.method === 'GET' || request.method === 'HEAD') return undefined
  if (sameSite === 'lax') return 'samesite-lax-post'
  return sameSite === undefined ? 'samesite-default-post' : undefined
}

const isFramed = (request: HttpExchange) => request.parentFrameId >= 0 || request.resourceType === 'sub_frame'

/**
 * Whether another site is behind the request: what the browser says itself (Fetch Metadata), or else the page that caused
 * it. In a frame the page around it decides, whatever the redirects on the way.
 */
export const isCrossSite = (request: HttpExchange): boolean => {
  const told = valueOf(header(request.requestHeaders, 'sec-fetch-site'))
  const { initiator } = request
  if (isFramed(request) && initiator !== undefined) return !isSameSite(initiator, request.url)
  if (told !== undefined) return told === 'cross-site'
  const origin = valueOf(header(request.requestHeaders, 'origin'))
  const referer = valueOf(header(request.requestHeaders, 'referer'))
  const source = origin !== undefined && origin !== 'null' ? origin : (initiator ?? referer)
  return source !== undefined && !isSameSite(source, request.url)
}

/** What a frame loads after its first page is caused by that page; the page around it counts for cookies all the same. */
const isEmbeddedElsewhere = (request: HttpExchange, exchanges: readonly HttpExchange[]): boolean => {
  if (!isFramed(request)) return false
  const around = exchanges.findLast(
    ({ resourceType, tabId, startedAt }) =>
      resourceType === 'main_frame' && tabId === request.tabId && startedAt <= request.startedAt,
  )
  return around !== undefined && !isSameSite(around.url, request.url)
}

/** Scheme and registrable domain are the same; an address or a single label stands for itself. */
export const isSameSite = (a: string, b: string): boolean => {
  const [first, second] = [parseUrl(a), parseUrl(b)]
  return (
    first !== undefined &&
    second !== undefined &&
    first.protocol === second.protocol &&
    siteOf(first) === siteOf(second)
  )
}

const siteOf = ({ hostname }: URL): string => getDomain(hostname, { allowPrivateDomains: true }) ?? hostname

const hostAndPath = (url: string): string => {
  const parsed = parseUrl(url)
  return parsed ? `${parsed.host}${parsed.pathname}` : url
}

const because = (loss: CookieLoss, setting: Setting, request: HttpExchange): string => {
  const { attributes, host, exchange, at } = setting
  const target = hostOf(request.url)
  const { domain, path, lifetime, size } = attributes
  const seconds = Math.round((request.startedAt - at) / 1000)
  const texts: Record<CookieLoss, string> = {
    'too-large': `name and value are ${size} bytes together, and browsers drop cookies above ${MOST_BYTES}`,
    'domain-invalid': `it names the domain \`${domain}\`, and ${host} may not set cookies for that`,
    'secure-on-http': `it is \`Secure\`, but was set over http, so the browser dropped it`,
    'none-without-secure': 'it is `SameSite=None` without `Secure`, and browsers drop such cookies',
    'partitioned-without-secure': 'it is `Partitioned` without `Secure`, and browsers drop such cookies',
    'prefix-rules': `its name begins with \`${/^__\w+-/.exec(setting.name)?.[0] ?? ''}\`, and its attributes break the rules that come with that`,
    'credentials-omitted': `it was set in the answer to a script’s call to another origin that was made without credentials`,
    deleted: 'a later answer deleted it',
    expired: `it lives ${lifetime} s, and the request came after ${seconds} s`,
    'other-host': `it belongs to ${domain ?? host}, and the request went to ${target}`,
    'other-path': `it is for the path \`${path ?? defaultPath(parseUrl(exchange.url)?.pathname ?? '/')}\`, and the request went to \`${parseUrl(request.url)?.pathname ?? ''}\``,
    'secure-to-http': 'it is `Secure`, and the request went over http',
    'samesite-strict': 'it is `SameSite=Strict`, and the request was caused by another site',
    'samesite-lax-post': `it is \`SameSite=Lax\`, and the request was a ${request.method} caused by another site`,
    'samesite-default-post':
      `it has no \`SameSite\`, which counts as Lax, and the request was a ${request.method} caused by another site` +
      (request.startedAt - at > LAX_ALLOWANCE ? ' more than two minutes later' : ''),
    'samesite-frame': `it is \`SameSite=${named(attributes.sameSite)}\`, and the request was made inside a page of another site`,
    'third-party': 'the request was made inside a page of another site, and the browser blocks third-party cookies',
    partitioned: 'it is `Partitioned`, and the request was made under another top-level site',
    unexplained: 'its attributes do not say why',
  }
  return texts[loss]
}

const named = (sameSite: CookieAttributes['sameSite']): string =>
  sameSite === undefined ? 'Lax (by default)' : sameSite[0]!.toUpperCase() + sameSite.slice(1)
