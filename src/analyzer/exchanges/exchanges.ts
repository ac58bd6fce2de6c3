import type { HttpExchange } from '../../model/exchange'
import { header, headerValues } from '../../model/headers'
import { type Observed, absent, present, unobserved, valueOf } from '../../model/observed'
import type {
  CaptureEvent,
  CapturedBody,
  EntryObserved,
  EpochMs,
  HeaderList,
  RequestStarted,
  ResourceType,
} from '../../model/recording'
import { isReplaced } from '../../model/served'
import { fragmentOf, withoutFragment } from '../../model/url'
import { groupBy } from '../../model/group-by'

type LifecycleEvent = Extract<CaptureEvent, { requestId: string }>

/** One hop while its events are being gathered; any one of them may be missing. */
interface Hop {
  readonly requestId: string
  readonly hop: number
  readonly firstAt: EpochMs
  lastAt: EpochMs
  url: string
  started?: RequestStarted
  /** Where the request belongs: its own start, or that of another hop where this one was missed. */
  place?: RequestStarted
  requestHeaders?: HeaderList
  status?: number
  responseHeaders?: HeaderList
  redirectUrl?: string
  completed: boolean
  fromCache: boolean
  error?: string
  body?: CapturedBody
}

/** A DevTools entry and a webRequest exchange are the same request when they start this close together (milliseconds). */
const SAME_REQUEST_WITHIN = 2000
const TOLD_TWICE_WITHIN = 100

/** Joins the events of all sources into exchanges, one for each redirect hop, ordered by start time. */
export const normalizeExchanges = (events: readonly CaptureEvent[]): readonly HttpExchange[] => {
  const ordered = [...events].sort((a, b) => a.at - b.at || a.seq - b.seq)
  const hops = gatherHops(ordered)
  const entries = ordered.filter((event): event is EntryObserved => event.type === 'entry.observed')
  const fromBrowser = hops.map(hopToExchange)
  const fromDevtools = entries.filter((event) => event.origin === 'devtools')
  const merged = mergeEntries(linkHops(fromBrowser), fromDevtools)
  const fromFile = linkEntries(entries.filter((event) => event.origin === 'file').map(entryToExchange))
  return attachPreflights([...merged, ...fromFile].sort((a, b) => a.startedAt - b.startedAt || compareIds(a.id, b.id)))
}

const compareIds = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const isLifecycle = (event: CaptureEvent): event is LifecycleEvent => 'requestId' in event

/** Ranks events that share a time stamp in the order in which a browser emits them. */
const phase: Record<LifecycleEvent['type'], number> = {
  'request.started': 0,
  'request.headers': 1,
  'response.headers': 2,
  'response.body': 3,
  'request.redirected': 4,
  'request.completed': 5,
  'request.failed': 5,
}

/** Of two events of one instant: the phases of one hop in turn, and the start of another hop after the end of this one. */
const inOrder = (a: LifecycleEvent, b: LifecycleEvent): number =>
  a.url === b.url
    ? phase[a.type] - phase[b.type]
    : Number(a.type === 'request.started') - Number(b.type === 'request.started')

const gatherHops = (ordered: readonly CaptureEvent[]): Hop[] => {
  const byRequest = groupBy(ordered.filter(isLifecycle), (event) => event.requestId)
  return [...byRequest.values()].flatMap((list) =>
    hopsOf(list.sort((a, b) => a.at - b.at || inOrder(a, b) || a.seq - b.seq)),
  )
}

const hopsOf = (events: readonly LifecycleEvent[]): Hop[] => {
  const hops: Hop[] = []
  for (const event of events) {
    const last = hops.at(-1)
    const current = last && continues(last, event) ? last : openHop(hops, event)
    current.lastAt = Math.max(current.lastAt, event.at)
    apply(current, event)
  }
  const known = hops.find(({ started }) => started)?.started
  for (const hop of hops) {
    const place = hop.started ?? known
    if (place) hop.place = place
  }
  return hops
}

const openHop = (hops: Hop[], event: LifecycleEvent): Hop => {
  const previous = hops.at(-1)
  if (previous && previous.redirectUrl === undefined && !previous.completed) previous.redirectUrl = event.url
  const hop: Hop = {
    requestId: event.requestId,
    hop: hops.length,
    firstAt: event.at,
    lastAt: event.at,
    url: event.url,
    completed: false,
    fromCache: false,
  }
  hops.push(hop)
  return hop
}

/** A redirect ends a hop; where the redirect event itself was missed, a new start or another URL tells. */
const continues = (hop: Hop, event: LifecycleEvent): boolean => {
  if (event.type === 'response.body') return withoutFragment(hop.url) === withoutFragment(event.url)
  // A redirect that the browser did not follow fails under the URL that sent it.
  if (hop.redirectUrl !== undefined && (event.type !== 'request.failed' || hop.completed)) return false
  if (event.type === 'request.started' && hop.started) return false
  return withoutFragment(hop.url) === withoutFragment(event.url)
}

const apply = (hop: Hop, event: LifecycleEvent): void => {
  switch (event.type) {
    case 'request.started':
      hop.started = event
      hop.url = event.url
      return
    case 'request.headers':
      hop.requestHeaders = event.headers
      return
    case 'response.headers':
      hop.status = event.status
      hop.responseHeaders = event.headers
      return
    case 'response.body':
      hop.body = event.body
      return
    case 'request.redirected':
      hop.status ??= event.status
      hop.redirectUrl = event.redirectUrl
      hop.fromCache ||= event.fromCache ?? false
      return
    case 'request.completed':
      hop.status ??= event.status
      hop.completed = true
      hop.fromCache ||= event.fromCache ?? false
      return
    case 'request.failed':
      if (!isAnswered(event.error)) hop.error = event.error
      hop.completed = true
  }
}

/**
 * Chromium fails an error answer without a body to show a page of its own in its place, and one that asks for a password
 * which nobody gave: the server did answer.
 */
const isAnswered = (error: string): boolean => /ERR_HTTP_RESPONSE_CODE_FAILURE|ERR_INVALID_AUTH_CREDENTIALS/.test(error)

const isRedirect = (status: number | undefined) => status !== undefined && status >= 300 && status < 400

/** The target of a 3xx answer as the browser resolves it (RFC 9110 section 10.2.2: it inherits the fragment). */
const locationOf = (url: string, status: number | undefined, headers: HeaderList | undefined): string | undefined => {
  if (!isRedirect(status) || !headers) return undefined
  const [location] = headerValues(headers, 'location')
  if (location === undefined || !URL.canParse(location, url)) return undefined
  const target = new URL(location, url)
  if (!target.hash) target.hash = fragmentOf(url)
  return target.href
}

const hopToExchange = (hop: Hop): HttpExchange => {
  const { started, place } = hop
  const redirectUrl = hop.redirectUrl ?? locationOf(hop.url, hop.status, hop.responseHeaders)
  const answered = hop.status !== undefined
  const ended = hop.completed || redirectUrl !== undefined
  return {
    id: `browser:${hop.requestId}:${hop.hop}`,
    method: started?.method ?? '',
    url: hop.url,
    startedAt: hop.firstAt,
    ...(ended && { endedAt: hop.lastAt }),
    resourceType: place?.resourceType ?? 'other',
    tabId: place?.tabId ?? -1,
    frameId: place?.frameId ?? -1,
    parentFrameId: place?.parentFrameId ?? -1,
    ...(started?.documentId !== undefined && { documentId: started.documentId }),
    ...(place?.initiator !== undefined && { initiator: place.initiator }),
    requestHeaders: hop.requestHeaders ? present(hop.requestHeaders) : unobserved('headers-not-captured'),
    requestBody: requestBodyOf(started, hop.requestHeaders),
    status: answered ? present(hop.status!) : hop.error !== undefined ? absent : unobserved('not-answered-yet'),
    responseHeaders: hop.responseHeaders
      ? present(hop.responseHeaders)
      : hop.error !== undefined && !answered
        ? absent
        : unobserved(answered ? 'headers-not-captured' : 'not-answered-yet'),
    responseBody: hop.body ? bodyOf(hop.body) : unobserved(ended ? 'body-not-captured' : 'not-answered-yet'),
    ...(redirectUrl !== undefined && { redirectUrl }),
    ...(hop.error !== undefined && { error: hop.error }),
    fromCache: hop.fromCache,
    fromServiceWorker: false,
    isPreflight: started?.method === 'OPTIONS' && started.resourceType === 'xmlhttprequest',
    hop: hop.hop,
  }
}

const bodyOf = (body: CapturedBody): Observed<CapturedBody> =>
  body.kind === 'lost' ? unobserved(body.because) : present(body)

/** A request without a body has no type of one; where it has, the body was a stream, which browsers do not show. */
const requestBodyOf = (
  started: RequestStarted | undefined,
  headers: HeaderList | undefined,
): Observed<CapturedBody> => {
  if (started?.body) return bodyOf(started.body)
  const isStream = headers !== undefined && header(present(headers), 'content-type').state === 'present'
  return started && !(isStream && started.method === 'POST') ? absent : unobserved('request-body-not-captured')
}

const linkHops = (exchanges: readonly HttpExchange[]): readonly HttpExchange[] => {
  const ids = new Set(exchanges.map((exchange) => exchange.id))
  return exchanges.map((exchange) => {
    const stem = exchange.id.slice(0, exchange.id.lastIndexOf(':') + 1)
    const previous = `${stem}${exchange.hop - 1}`
    const next = `${stem}${exchange.hop + 1}`
    return {
      ...exchange,
      ...(ids.has(previous) && { previousHop: previous }),
      ...(ids.has(next) && { nextHop: next }),
    }
  })
}

/** DevTools sees bodies (and exchanges of workers) that webRequest does not; each entry is used at most once. */
const mergeEntries = (
  exchanges: readonly HttpExchange[],
  entries: readonly EntryObserved[],
): readonly HttpExchange[] => {
  const merged = new Map(exchanges.map((exchange) => [exchange.id, exchange]))
  const byTarget = groupBy(exchanges, targetOf)
  const taken = new Set<string>()
  const alone: HttpExchange[] = []
  for (const event of entries) {
    const seen = entryToExchange(event)
    const near = (byTarget.get(targetOf(seen)) ?? [])
      // What a worker made up was on the wire only if the worker asked for it as well.
      .filter(({ tabId }) => !seen.fromServiceWorker || tabId < 0)
      .map((exchange) => ({ exchange, distance: Math.abs(exchange.startedAt - event.entry.startedDateTime) }))
      .filter(({ distance }) => distance <= SAME_REQUEST_WITHIN)
      .sort((a, b) => a.distance - b.distance)
    const partner = near.find(({ exchange }) => !taken.has(exchange.id))?.exchange
    if (!partner) {
      // DevTools sometimes tells of one request twice; the browser knows of every single one.
      if (!near.some(({ distance }) => distance <= TOLD_TWICE_WITHIN)) alone.push(seen)
      continue
    }
    taken.add(partner.id)
    merged.set(partner.id, withDetails(partner, seen))
  }
  return [...merged.values(), ...alone]
}

const targetOf = (exchange: HttpExchange) => `${exchange.method} ${withoutFragment(exchange.url)}`

const better = <T>(first: Observed<T>, second: Observed<T>): Observed<T> =>
  first.state === 'unobserved' && second.state !== 'unobserved' ? second : first

const withDetails = (exchange: HttpExchange, seen: HttpExchange): HttpExchange => {
  const isOfWorker = exchange.tabId < 0 && seen.documentId !== undefined
  const servedStatus = seen.status.state === 'unobserved' ? undefined : (valueOf(seen.status) ?? 0)
  const isOther = seen.fromServiceWorker || (isOfWorker && isReplaced(valueOf(exchange.status), servedStatus))
  return {
    ...exchange,
    requestBody: better(exchange.requestBody, seen.requestBody),
    requestHeaders: better(exchange.requestHeaders, seen.requestHeaders),
    ...(!isOther && {
      responseHeaders: better(exchange.responseHeaders, seen.responseHeaders),
      responseBody:
        seen.responseBody.state === 'unobserved' && exchange.responseBody.state === 'unobserved'
          ? seen.responseBody
          : better(exchange.responseBody, seen.responseBody),
    }),
    ...(isOfWorker && inPlaceOf(seen, servedStatus)),
  }
}

/** A service worker's requests have no tab of their own; that of the page for which it sent this one is known here. */
const inPlaceOf = (page: HttpExchange, servedStatus: number | undefined): Partial<HttpExchange> => ({
  tabId: page.tabId,
  frameId: page.frameId,
  parentFrameId: page.parentFrameId,
  resourceType: page.resourceType,
  ...(servedStatus !== undefined && { servedStatus }),
  ...(page.error !== undefined && { error: page.error }),
})

const entryToExchange = (event: EntryObserved): HttpExchange => {
  const { entry } = event
  const status = entry.status !== undefined && entry.status > 0 ? entry.status : undefined
  const isPending = entry.status === undefined && entry.error === undefined && entry.time === undefined
  const transportError =
    entry.error === undefined || (status !== undefined && isAnswered(entry.error)) ? undefined : entry.error
  const isStatusLost = status === undefined && entry.error === undefined && (entry.responseHeaders?.length ?? 0) > 0
  const failed = !isPending && !isStatusLost && (transportError !== undefined || status === undefined)
  const location = locationOf(entry.url, status, entry.responseHeaders)
  const told = entry.redirectURL !== undefined && entry.redirectURL !== '' ? entry.redirectURL : undefined
  // Chromium's HAR leaves the fragment out of redirectURL; that of Location is whole.
  const redirectUrl = told === undefined || (location && withoutFragment(location) === told) ? location : told
  const requestHeaders = entry.requestHeaders ? present(entry.requestHeaders) : unobserved('headers-not-captured')
  return {
    id: `${event.origin}:${event.entryId}:0`,
    method: entry.method,
    url: entry.url,
    startedAt: entry.startedDateTime,
    ...(!isPending && { endedAt: entry.startedDateTime + Math.max(0, entry.time ?? 0) }),
    resourceType: entry.resourceType ?? typeFromFetchMetadata(requestHeaders),
    tabId: event.tabId,
    frameId: 0,
    parentFrameId: isFramed(requestHeaders) || entry.resourceType === 'sub_frame' ? 0 : -1,
    ...(entry.pageref !== undefined && { documentId: entry.pageref }),
    ...(entry.initiator !== undefined && { initiator: entry.initiator }),
    requestHeaders,
    requestBody: entry.requestBody
      ? bodyOf(entry.requestBody)
      : entry.method === 'GET' || entry.method === 'HEAD' || entry.method === 'OPTIONS'
        ? absent
        : unobserved('request-body-not-captured'),
    status:
      status !== undefined
        ? present(status)
        : isPending
          ? unobserved('not-answered-yet')
          : isStatusLost
            ? unobserved('lost-on-leaving')
            : absent,
    responseHeaders: entry.responseHeaders
      ? present(entry.responseHeaders)
      : status === undefined
        ? absent
        : unobserved('headers-not-captured'),
    responseBody: entry.responseBody ? bodyOf(entry.responseBody) : unobserved('body-not-captured'),
    ...(redirectUrl !== undefined && { redirectUrl }),
    ...(failed && { error: transportError ?? 'no response' }),
    fromCache: entry.fromCache ?? false,
    fromServiceWorker: entry.fromServiceWorker ?? false,
    ...(entry.servedStatus !== undefined && { servedStatus: entry.servedStatus }),
    isPreflight:
      entry.preflight === true ||
      (entry.method === 'OPTIONS' && header(requestHeaders, 'access-control-request-method').state === 'present'),
    hop: 0,
  }
}

/** Fetch Metadata (W3C) tells what HAR does not: whether a document was for a frame. */
const isFramed = (headers: Observed<HeaderList>): boolean => {
  const destination = header(headers, 'sec-fetch-dest')
  return destination.state === 'present' && (destination.value === 'iframe' || destination.value === 'frame')
}

const typeFromFetchMetadata = (headers: Observed<HeaderList>): ResourceType => {
  const destination = header(headers, 'sec-fetch-dest')
  if (destination.state !== 'present') return 'other'
  if (destination.value === 'document') return 'main_frame'
  if (destination.value === 'iframe' || destination.value === 'frame') return 'sub_frame'
  return destination.value === 'empty' ? 'xmlhttprequest' : 'other'
}

/**
 * In a file each hop is an entry of its own: an entry whose answer redirects is followed by the next unclaimed entry of
 * that URL. Files also lose fragments of request URLs; the Location of the hop before still has them.
 */
const linkEntries = (exchanges: readonly HttpExchange[]): readonly HttpExchange[] => {
  const ordered = [...exchanges].sort((a, b) => a.startedAt - b.startedAt)
  const linked = new Map(ordered.map((exchange) => [exchange.id, exchange]))
  const claimed = new Set<string>()
  for (const [index, { id }] of ordered.entries()) {
    const from = linked.get(id)!
    if (from.redirectUrl === undefined) continue
    const target = withoutFragment(from.redirectUrl)
    const next = ordered
      .slice(index + 1)
      .find((candidate) => !claimed.has(candidate.id) && withoutFragment(candidate.url) === target)
    if (!next) continue
    claimed.add(next.id)
    const url = next.url.includes('#') ? next.url : from.redirectUrl
    linked.set(from.id, { ...from, nextHop: next.id })
    linked.set(next.id, { ...next, url, hop: from.hop + 1, previousHop: from.id })
  }
  return [...linked.values()]
}

/** The OPTIONS that announces a request: same URL, same tab, answered before the request's own answer. */
const attachPreflights = (exchanges: readonly HttpExchange[]): readonly HttpExchange[] => {
  const preflights = exchanges.filter((exchange) => exchange.isPreflight)
  if (preflights.length === 0) return exchanges
  const taken = new Set<string>()
  return exchanges.map((exchange) => {
    if (exchange.isPreflight || exchange.resourceType !== 'xmlhttprequest') return exchange
    const preflight = preflights
      .filter(
        (candidate) =>
          !taken.has(candidate.id) &&
          withoutFragment(candidate.url) === withoutFragment(exchange.url) &&
          candidate.tabId === exchange.tabId &&
          announcedMethod(candidate, exchange.method) &&
          Math.abs(candidate.startedAt - exchange.startedAt) <= SAME_REQUEST_WITHIN,
      )
      .sort((a, b) => Math.abs(a.startedAt - exchange.startedAt) - Math.abs(b.startedAt - exchange.startedAt))[0]
    if (!preflight) return exchange
    taken.add(preflight.id)
    return { ...exchange, preflight: preflight.id }
  })
}

const announcedMethod = (preflight: HttpExchange, method: string): boolean => {
  const announced = header(preflight.requestHeaders, 'access-control-request-method')
  return announced.state !== 'present' || announced.value.toUpperCase() === method.toUpperCase()
}
