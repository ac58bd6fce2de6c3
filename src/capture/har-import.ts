import * as z from 'zod/mini'
import type {
  CaptureEvent,
  CapturedBody,
  EpochMs,
  FormField,
  Header,
  HeaderList,
  ObservedEntry,
  Recording,
  ResourceType,
} from '../model/recording'
import { charsetOf } from '../model/charset'
import { headerValues } from '../model/headers'
import { isHandedThrough, isReplaced } from '../model/served'
import { isPlaceholder, isWithheld } from '../model/url'
import { readEvent } from '../trace/schema'
import { type ImportError, parseJson, salvageArray } from './import-json'

export type Imported =
  | {
      readonly recording: Recording
      /** What was skipped, repaired or is missing, one sentence each. */
      readonly notes: readonly string[]
    }
  | { readonly error: ImportError }

/** Only the envelope is checked; entries are read one by one, so that a damaged one costs only itself. */
const harEnvelope = z.object({
  log: z.object({
    entries: z.array(z.unknown()),
    creator: z.optional(z.unknown()),
    browser: z.optional(z.unknown()),
    _loginscope: z.optional(z.unknown()),
  }),
})

/**
 * Reads a HAR 1.2 file, given as text or as parsed JSON. What the file does not hold (headers a sanitizer removed, bodies
 * that were not saved) stays out of the recording, so that nobody takes it for seen and empty.
 *
 * Format: http://www.softwareishard.com/blog/har-12-spec/ and the extensions of Chromium, Firefox, Safari and Playwright.
 */
export const readHar = (source: string | object): Imported => {
  const notes: string[] = []
  const parsed = typeof source === 'string' ? parseWithSalvage(source, notes) : { value: source }
  if ('error' in parsed) return parsed
  const envelope = harEnvelope.safeParse(parsed.value)
  if (!envelope.success) return { error: { message: 'This is not a HAR file: it has no list at log.entries' } }
  const { entries, creator, browser, _loginscope } = envelope.data.log

  const copies: Copy[] = []
  const skipped = new Map<string, number[]>()
  let lastStart: EpochMs | undefined
  const isRepeated = repeatFinder()
  entries.forEach((raw, index) => {
    if (isRepeated(raw)) return
    const read = readEntry(raw, lastStart)
    if (typeof read === 'string') {
      skipped.set(read, [...(skipped.get(read) ?? []), index])
      return
    }
    lastStart = read.startedDateTime
    copies.push({
      byWorker: typeof record(raw)?.['_serviceWorkerRef'] === 'string',
      viaWorker: isViaWorker(record(raw)!),
      event: {
        type: 'entry.observed',
        seq: index + 1,
        at: read.startedDateTime + (read.time ?? 0),
        origin: 'file',
        entryId: String(index),
        tabId: 0,
        entry: read,
      },
    })
  })
  for (const [reason, indices] of skipped) notes.push(skippedNote(reason, indices))

  const read = restoreFragments(withoutWorkerCopies(copies))
  const removed = producerName(creator)?.startsWith('WebInspector') ? removedEverywhere(read) : []
  const observed = removed.length > 0 ? read.map(withRemovedHeaders) : read
  if (removed.length > 0)
    notes.push(
      `No exchange has the headers ${removed.join(', ')}: a sanitized export leaves them out, so they count as not seen.`,
    )
  const omission = omissions.find(([producer]) => producer.test(producerName(creator) ?? ''))?.[1]
  if (omission !== undefined) notes.push(`${omission} out of its files: they may have happened unseen.`)
  const started: CaptureEvent = {
    type: 'recording.started',
    seq: 0,
    at: observed[0]?.entry.startedDateTime ?? 0,
    by: 'file',
    ...optional('userAgent', firstUserAgent(observed) ?? producerName(browser) ?? producerName(creator)),
  }
  const at = observed.at(-1)?.at ?? started.at
  const gaps: CaptureEvent[] = []
  if (removed.length > 0 || notes.some((note) => note.startsWith('The file breaks off')))
    gaps.push({
      type: 'capture.gap',
      seq: entries.length + 1,
      at,
      because: 'import-incomplete',
      detail: removed.length > 0 ? `removed headers: ${removed.join(', ')}` : 'the file breaks off',
    })
  if (omission !== undefined)
    gaps.push({ type: 'capture.gap', seq: entries.length + 2, at, because: 'failures-left-out' })
  const facts = factsOf(_loginscope, entries.length + 3)
  return { recording: { events: [started, ...observed, ...gaps, ...facts] }, notes }
}

/** A HAR that Loginscope wrote carries what it knew of the values that are labels in it. */
const factsOf = (ours: unknown, firstSeq: number): readonly CaptureEvent[] => {
  const facts = record(ours)?.['facts']
  if (!Array.isArray(facts)) return []
  return facts.flatMap((fact, index) => {
    const event = readEvent(fact)
    return event ? [{ ...event, seq: firstSeq + index }] : []
  })
}

/** WebKit writes the document of a frame twice, alike to the last digit of its timings. */
const repeatFinder = () => {
  const seen = new Map<string, unknown>()
  return (raw: unknown): boolean => {
    const entry = record(raw)
    const request = record(entry?.['request'])
    const key = [entry?.['startedDateTime'], request?.['method'], request?.['url']].map(String).join(' ')
    const earlier = seen.get(key)
    if (earlier === undefined) seen.set(key, raw)
    return request !== undefined && earlier !== undefined && JSON.stringify(earlier) === JSON.stringify(raw)
  }
}

/** As measured: the same logins, and what is not in the files of them. */
const omissions: readonly (readonly [producer: RegExp, says: string])[] = [
  [/^WebKit Web Inspector/, 'Safari leaves redirects, and requests that failed,'],
  [/^mitmproxy har_dump/, 'har_dump.py of mitmproxy leaves requests that failed'],
  [/^chrome-har/, 'chrome-har leaves requests that failed'],
]

type FileEntry = Extract<CaptureEvent, { type: 'entry.observed' }>

interface Copy {
  readonly event: FileEntry
  /** Playwright names the service worker that made a request. */
  readonly byWorker: boolean
  /** Chromium marks what a page got from a service worker, whatever the worker had it from. */
  readonly viaWorker: boolean
}

/**
 * What a page asked for and its service worker fetched stands in the file twice: as the page knows it, and as it went
 * over the wire. Both are one exchange, of the page, with the values of the wire.
 */
const withoutWorkerCopies = (copies: readonly Copy[]): readonly FileEntry[] => {
  const sent = new Map<Copy, Copy>()
  for (const worker of copies) {
    const page = copies.findLast((copy) => !sent.has(copy) && copy !== worker && isServedBy(copy, worker))
    if (page) sent.set(page, worker)
  }
  const folded = new Set(sent.values())
  return copies.flatMap((copy): readonly FileEntry[] => {
    if (folded.has(copy)) return []
    const { event, viaWorker } = copy
    const worker = sent.get(copy)
    if (worker) return [{ ...event, entry: asSent(event.entry, worker.event.entry) }]
    return [viaWorker ? { ...event, entry: withoutPlaceholder(event.entry) } : event]
  })
}

/** Chromium gives no page to what a service worker fetched. */
const isServedBy = (page: Copy, worker: Copy): boolean => {
  const [asked, fetched] = [page.event.entry, worker.event.entry]
  const isMarked = worker.byWorker || (page.viaWorker && asked.pageref !== undefined && fetched.pageref === undefined)
  return (
    isMarked &&
    !page.byWorker &&
    !worker.viaWorker &&
    asked.method === fetched.method &&
    asked.url === fetched.url &&
    asked.startedDateTime <= fetched.startedDateTime &&
    (asked.time === undefined || fetched.startedDateTime <= asked.startedDateTime + asked.time)
  )
}

/**
 * The page's place with the worker's traffic. The page's body is that of the wire unless the worker exchanges values. Where
 * the worker's own request came to nothing and the page was served nevertheless, the page's answer is all there is.
 */
const asSent = (page: ObservedEntry, worker: ObservedEntry): ObservedEntry => {
  const request = {
    ...page,
    ...optional('requestHeaders', worker.requestHeaders),
    ...optional('requestBody', worker.requestBody),
  }
  if (!worker.status && page.status !== undefined && page.status > 0 && page.status < 400) return request
  const isPassedOn =
    !isReplaced(worker.status, page.status) &&
    !textOf(worker.responseBody) &&
    textOf(page.requestBody) === textOf(worker.requestBody)
  const { fromServiceWorker: _, responseBody, ...sent } = request
  return {
    ...sent,
    ...optional('status', worker.status),
    ...optional('servedStatus', page.status),
    ...optional('responseHeaders', worker.responseHeaders),
    ...optional('responseBody', isPassedOn ? responseBody : worker.responseBody),
    ...optional('redirectURL', worker.redirectURL),
    ...optional('error', worker.error),
  }
}

/** What a worker sent in the page's place is not in the file; a page that holds no token has it put in by the worker. */
const withoutPlaceholder = (entry: ObservedEntry): ObservedEntry => ({
  ...entry,
  ...optional(
    'requestHeaders',
    entry.requestHeaders?.map((header) =>
      header.name.toLowerCase() === 'authorization' && !isToken(header.value.replace(/^\S+\s+/, ''))
        ? { ...header, withheld: true }
        : header,
    ),
  ),
})

const isToken = (text: string): boolean => !['visible', 'other'].includes(charsetOf(text))

const textOf = (body: CapturedBody | undefined): string | undefined => (body?.kind === 'text' ? body.text : undefined)

const parseWithSalvage = (text: string, notes: string[]) => {
  const parsed = parseJson(text)
  if (!('error' in parsed)) return parsed
  const entries = salvageArray(text, 'entries')
  if (!entries || entries.length === 0) return parsed
  const { line, column } = parsed.error.place ?? { line: 1, column: 1 }
  notes.push(
    `The file breaks off or is damaged at line ${line}, column ${column}; the ${entries.length} entries before that were read.`,
  )
  return { value: { log: { entries } } }
}

const skippedNote = (reason: string, indices: readonly number[]): string => {
  const shown = indices.slice(0, 5).join(', ') + (indices.length > 5 ? ' …' : '')
  return `${indices.length === 1 ? 'Entry' : 'Entries'} ${shown} skipped: ${reason}.`
}

/** The entry, or why it cannot be used. */
const readEntry = (raw: unknown, previousStart: EpochMs | undefined): ObservedEntry | string => {
  const entry = record(raw)
  const request = record(entry?.['request'])
  if (!entry || !request) return 'no request was recorded'
  const method = text(request['method'])?.toUpperCase()
  const url = encodePlaceholders(text(request['url']))
  if (method === 'CONNECT') return 'a tunnel of the proxy, not an exchange'
  if (!method || !url || !URL.canParse(url)) return 'no method or no readable URL'
  const startedDateTime = dateOf(entry['startedDateTime']) ?? previousStart
  if (startedDateTime === undefined) return 'no readable startedDateTime'

  const response = record(entry['response'])
  const requestHeaders = withCookies(headersOf(request['headers']), 'Cookie', request['cookies'])
  const responseHeaders = withCookies(headersOf(response?.['headers']), 'Set-Cookie', response?.['cookies'])
  const status = numberOf(response?.['status'])
  const error = text(response?.['_error']) ?? text(response?.['_failureText']) ?? text(entry['_error']) ?? undefined
  const hasStatus = status !== undefined && status > 0
  // Firefox writes 0 for the status of an answer whose page was left at once; headers and body it has.
  const isStatusLost = !hasStatus && !error && (responseHeaders?.length ?? 0) > 0
  const answered = hasStatus || isStatusLost
  const time = numberOf(entry['time'])
  // Playwright writes -1 for what had not come when its recording stopped.
  const isPending = status === -1 && error === undefined && (time ?? -1) < 0
  const redirectURL = redirectOf(response, responseHeaders, url, status)
  const resourceType = resourceTypeOf(entry, method, requestHeaders)
  const content = record(response?.['content'])
  const hasBody = answered && !isAsset(resourceType, text(content?.['mimeType']))
  const fromCache = fromCacheOf(entry, response)
  const seen = (part: string) => !Array.isArray(entry['_unobserved']) || !entry['_unobserved'].includes(part)
  return {
    startedDateTime,
    method,
    url,
    ...optional('time', time !== undefined && time >= 0 ? time : undefined),
    ...optional('requestHeaders', seen('requestHeaders') ? requestHeaders : undefined),
    ...optional('requestBody', requestBodyOf(request, method, requestHeaders)),
    ...(response && seen('status') && !isPending && !isStatusLost ? { status: hasStatus ? status : 0 } : {}),
    ...optional('responseHeaders', answered && seen('responseHeaders') ? responseHeaders : undefined),
    ...optional('responseBody', hasBody ? responseBodyOf(content, response, status) : undefined),
    ...optional('redirectURL', redirectURL),
    ...optional('error', error === '' ? undefined : error),
    ...optional('resourceType', resourceType),
    ...optional('initiator', initiatorOf(entry['_initiator'])),
    ...optional('pageref', text(entry['pageref'])),
    ...(fromCache ? { fromCache } : {}),
    ...(isViaWorker(entry) && !isHandedThrough(text(response?.['_serviceWorkerResponseSource']))
      ? { fromServiceWorker: true }
      : {}),
    ...optional('servedStatus', numberOf(response?.['_servedStatus'])),
    ...(isPreflight(entry, method, requestHeaders) ? { preflight: true } : {}),
  }
}

const isViaWorker = (entry: Record<string, unknown>): boolean =>
  record(entry['response'])?.['_fetchedViaServiceWorker'] === true || entry['_fetchedViaServiceWorker'] === true

/** Sanitizers put `[code redacted]` into URLs and forms as it is, where no space can stand. */
const encodePlaceholders = <T extends string | undefined>(value: T): T =>
  value?.replace(/\[[\w.-]+ redacted\]/g, encodeURIComponent) as T

const record = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

const dateOf = (value: unknown): EpochMs | undefined => {
  const date = typeof value === 'string' ? Date.parse(value) : numberOf(value)
  return date === undefined || Number.isNaN(date) ? undefined : date
}

const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]: V })

const headersOf = (value: unknown): HeaderList | undefined => {
  if (!Array.isArray(value)) return undefined
  return value.flatMap((item): readonly Header[] => {
    const header = record(item)
    const name = text(header?.['name'])
    const content = header?.['value']
    // HTTP/2 pseudo headers repeat what method, URL and status say.
    if (!name || name.startsWith(':') || (typeof content !== 'string' && typeof content !== 'number')) return []
    // Firefox joins several Set-Cookie headers with a line feed.
    const values = name.toLowerCase() === 'set-cookie' ? String(content).split('\n') : [String(content)]
    const isOurs = header?.['_withheld'] === true
    return values.map((one) => ({
      name,
      value: one,
      ...((isOurs || isPlaceholder(one) || hidesToken(name, one)) && { withheld: true }),
    }))
  })
}

/** `Bearer [token redacted]`: the scheme was left, and what follows it is nobody's token. */
const hidesToken = (name: string, value: string): boolean =>
  name.toLowerCase() === 'authorization' && isPlaceholder(value.trim().replace(/^\S+\s+/, ''))

/** Some producers list cookies only in the `cookies` array, others fold several Set-Cookie headers into one. */
const withCookies = (
  headers: HeaderList | undefined,
  name: 'Cookie' | 'Set-Cookie',
  cookies: unknown,
): HeaderList | undefined => {
  if (!Array.isArray(cookies) || cookies.length === 0) return headers
  const read = cookies.flatMap((item) => {
    const cookie = record(item)
    const cookieName = text(cookie?.['name'])
    return cookie && cookieName !== undefined
      ? [{ ...cookie, name: cookieName, value: text(cookie['value']) ?? '' }]
      : []
  })
  if (headers && headerValues(headers, name).length > 0)
    return name === 'Set-Cookie'
      ? unfolded(
          headers,
          read.map((cookie) => cookie.name),
        )
      : headers
  const made: HeaderList =
    name === 'Cookie'
      ? [{ name, value: read.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ') }]
      : read.map((cookie) => ({ name, value: setCookieOf(cookie) }))
  return [...(headers ?? []), ...made]
}

/** A comma stands in dates and values too; one between two cookies is followed by the name of a cookie. */
const unfolded = (headers: HeaderList, names: readonly string[]): HeaderList => {
  const next = names.map((name) => name.replace(/\W/g, '\\$&')).join('|')
  const betweenCookies = new RegExp(`,\\s*(?=(?:${next})=)`)
  return headers.flatMap((header) =>
    header.name.toLowerCase() === 'set-cookie'
      ? header.value.split(betweenCookies).map((value) => ({ ...header, value }))
      : [header],
  )
}

const setCookieOf = (cookie: Record<string, unknown> & { name: string; value: string }): string => {
  const expires = dateOf(cookie['expires'])
  return [
    `${cookie.name}=${cookie.value}`,
    ...(text(cookie['path']) ? [`Path=${text(cookie['path'])}`] : []),
    ...(text(cookie['domain']) ? [`Domain=${text(cookie['domain'])}`] : []),
    ...(expires !== undefined ? [`Expires=${new Date(expires).toUTCString()}`] : []),
    ...(cookie['httpOnly'] === true ? ['HttpOnly'] : []),
    ...(cookie['secure'] === true ? ['Secure'] : []),
    ...(text(cookie['sameSite']) ? [`SameSite=${text(cookie['sameSite'])}`] : []),
  ].join('; ')
}

const requestBodyOf = (
  request: Record<string, unknown>,
  method: string,
  headers: HeaderList | undefined,
): CapturedBody | undefined => {
  const postData = record(request['postData'])
  if (!postData) {
    // Firefox writes 0 for a body that it did not keep because the request failed.
    const announced = Number((headers && headerValues(headers, 'content-length')[0]) ?? 0)
    const isEmpty = numberOf(request['bodySize']) === 0 && announced === 0
    return isEmpty && method !== 'GET' && method !== 'HEAD' ? { kind: 'text', text: '' } : undefined
  }
  const mimeType = text(postData['mimeType'])
  const body = mimeType?.includes('x-www-form-urlencoded')
    ? encodePlaceholders(text(postData['text']))
    : text(postData['text'])
  const fields = Array.isArray(postData['params']) ? postData['params'].flatMap(fieldOf) : []
  if (body !== undefined && (body !== '' || fields.length === 0)) {
    const decoded = postData['encoding'] === 'base64' ? decodeBase64(body) : body
    if (decoded === undefined) return { kind: 'lost', because: 'not-readable' }
    return { kind: 'text', text: withoutUploadHeaders(decoded, mimeType), ...optional('mimeType', mimeType) }
  }
  return fields.length > 0 ? { kind: 'form', fields, ...optional('mimeType', mimeType) } : undefined
}

const fieldOf = (item: unknown): readonly FormField[] => {
  const field = record(item)
  const name = text(field?.['name'])
  if (!field || name === undefined) return []
  const value = text(field['value']) ?? text(field['fileName']) ?? ''
  return [{ name, value, ...(isWithheld(name, value) && { withheld: true }) }]
}

/** Firefox puts the headers of the upload stream before the body of a submitted form. */
const withoutUploadHeaders = (body: string, mimeType: string | undefined): string => {
  if (mimeType?.startsWith('multipart/')) return body
  const headers = /^(?:content-(?:type|length|disposition): [^\r\n]*\r\n)+\r\n/i.exec(body)
  return headers ? body.slice(headers[0].length) : body
}

/** Most of a large file; nothing about a login is read from the bodies of these. */
const isAsset = (type: ResourceType | undefined, mimeType = ''): boolean =>
  type === 'script' ||
  type === 'stylesheet' ||
  type === 'image' ||
  type === 'font' ||
  /^(?:image|font|audio|video)\/|^text\/css|wasm/.test(mimeType)

const responseBodyOf = (
  content: Record<string, unknown> | undefined,
  response: Record<string, unknown> | undefined,
  status: number | undefined,
): CapturedBody | undefined => {
  const mimeType = optional('mimeType', text(content?.['mimeType']))
  const body = text(content?.['text'])
  if (body === undefined) {
    const emptyByStatus = status === 204 || status === 304
    const emptyBySize = numberOf(content?.['size']) === 0 && numberOf(response?.['bodySize']) === 0
    return emptyByStatus || emptyBySize ? { kind: 'text', text: '', ...mimeType } : undefined
  }
  if (isPlaceholder(body)) return { kind: 'lost', because: 'removed-by-sanitizer' }
  if (content?.['encoding'] !== 'base64') return { kind: 'text', text: body, ...mimeType }
  const decoded = decodeBase64(body)
  return decoded === undefined
    ? { kind: 'lost', because: 'not-readable' }
    : { kind: 'text', text: decoded, ...mimeType }
}

const decodeBase64 = (encoded: string): string | undefined => {
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
    return new TextDecoder().decode(bytes)
  } catch {
    return undefined
  }
}

const redirectOf = (
  response: Record<string, unknown> | undefined,
  headers: HeaderList | undefined,
  url: string,
  status: number | undefined,
): string | undefined => {
  if (status === undefined || status < 300 || status > 399) return undefined
  const location =
    encodePlaceholders(text(response?.['redirectURL'])) || (headers && headerValues(headers, 'location')[0])
  return location && URL.canParse(location, url) ? new URL(location, url).href : undefined
}

const resourceTypes: Readonly<Record<string, ResourceType>> = {
  document: 'main_frame',
  xhr: 'xmlhttprequest',
  fetch: 'xmlhttprequest',
  iframe: 'sub_frame',
  preflight: 'xmlhttprequest',
  script: 'script',
  stylesheet: 'stylesheet',
  image: 'image',
  font: 'font',
  ping: 'ping',
  beacon: 'ping',
  websocket: 'websocket',
}

const destinations: Readonly<Record<string, ResourceType>> = {
  document: 'main_frame',
  iframe: 'sub_frame',
  frame: 'sub_frame',
  empty: 'xmlhttprequest',
  script: 'script',
  style: 'stylesheet',
  image: 'image',
  font: 'font',
}

/** What the browser said in Sec-Fetch-Dest tells an iframe from a page, which `_resourceType` does not. */
const resourceTypeOf = (
  entry: Record<string, unknown>,
  method: string,
  headers: HeaderList | undefined,
): ResourceType | undefined => {
  const told = resourceTypes[text(entry['_resourceType'])?.toLowerCase() ?? '']
  const destination = destinations[(headers && headerValues(headers, 'sec-fetch-dest')[0]) ?? '']
  if (destination && (told === undefined || told === 'main_frame')) return destination
  if (told) return told
  const accept = (headers && headerValues(headers, 'accept')[0]) ?? ''
  if (accept.startsWith('text/html')) return 'main_frame'
  return isPreflight(entry, method, headers) ? 'xmlhttprequest' : undefined
}

const isPreflight = (entry: Record<string, unknown>, method: string, headers: HeaderList | undefined): boolean =>
  entry['_resourceType'] === 'preflight' ||
  (method === 'OPTIONS' && headers !== undefined && headerValues(headers, 'access-control-request-method').length > 0)

const fromCacheOf = (entry: Record<string, unknown>, response: Record<string, unknown> | undefined): boolean =>
  text(entry['_fromCache']) !== undefined || response?.['_fromDiskCache'] === true || entry['_fromDiskCache'] === true

/** The document or the topmost script that caused the request, as Chromium writes it. */
const initiatorOf = (value: unknown): string | undefined => {
  const initiator = record(value)
  let stack = record(initiator?.['stack'])
  while (stack) {
    const frames = stack['callFrames']
    const url = Array.isArray(frames) ? frames.map((frame) => text(record(frame)?.['url'])).find(Boolean) : undefined
    if (url) return url
    stack = record(stack['parent'])
  }
  return text(initiator?.['url']) || undefined
}

/** A HAR of Chromium has no fragments in `request.url`; the redirect that led there still has it. */
const restoreFragments = (events: readonly CaptureEvent[]): readonly FileEntry[] => {
  const pending = new Map<string, string>()
  return events.flatMap((event): readonly FileEntry[] => {
    if (event.type !== 'entry.observed') return []
    const { entry } = event
    const withFragment = pending.get(entry.url)
    pending.delete(entry.url)
    const [redirectBase, fragment] = (entry.redirectURL ?? '').split('#', 2)
    if (redirectBase && fragment) pending.set(redirectBase, entry.redirectURL ?? '')
    return [withFragment ? { ...event, entry: { ...entry, url: withFragment } } : event]
  })
}

/**
 * The sanitized export of Chromium's DevTools drops exactly these headers, everywhere, and leaves no mark. Its HAR that
 * has none of them at all was sanitized; one that lacks them here and there was not.
 */
const removedEverywhere = (events: readonly FileEntry[]): readonly string[] => {
  const seen = (name: string) =>
    events.some((event) =>
      [event.entry.requestHeaders, event.entry.responseHeaders].some(
        (list) => list && headerValues(list, name).length > 0,
      ),
    )
  const sensitive = ['Authorization', 'Cookie', 'Set-Cookie']
  return events.length === 0 || sensitive.some(seen) ? [] : sensitive
}

/** The headers that were taken out stand in the lists as withheld: then nobody concludes from their absence. */
const withRemovedHeaders = (event: FileEntry): FileEntry => {
  const { requestHeaders, responseHeaders } = event.entry
  return {
    ...event,
    entry: {
      ...event.entry,
      ...optional(
        'requestHeaders',
        requestHeaders && [...requestHeaders, removedHeader('Authorization'), removedHeader('Cookie')],
      ),
      ...optional('responseHeaders', responseHeaders && [...responseHeaders, removedHeader('Set-Cookie')]),
    },
  }
}

const removedHeader = (name: string): Header => ({ name, value: '[removed]', withheld: true })

const firstUserAgent = (events: readonly FileEntry[]): string | undefined =>
  events
    .map((event) => event.entry.requestHeaders && headerValues(event.entry.requestHeaders, 'user-agent')[0])
    .find(Boolean)

const producerName = (value: unknown): string | undefined => {
  const producer = record(value)
  const name = text(producer?.['name'])
  const version = text(producer?.['version'])
  return name && version ? `${name}/${version}` : name
}
