import type { Entry, Header as HarHeader, PostData } from 'har-format'
import type { CapturedBody, HeaderList, ObservedEntry, ResourceType } from '../model/recording'
import { isHandedThrough } from '../model/served'
import { originOf } from '../model/url'
import { formBody, responseBody, textBody } from './request-body'

/** A HAR entry as either browser writes it; the fields with an underscore are Chromium's own. */
export interface FinishedEntry extends Pick<Entry, 'startedDateTime' | 'time' | 'request' | 'response' | 'pageref'> {
  readonly _resourceType?: string | null
  readonly _initiator?: {
    readonly url?: string
    readonly stack?: { readonly callFrames?: readonly { readonly url?: string }[] }
  } | null
  readonly _fromCache?: string | null
}

/** Chromium's own fields of a response. */
interface ChromiumResponse {
  readonly _error?: string | null
  readonly _fetchedViaServiceWorker?: boolean
  readonly _serviceWorkerResponseSource?: string
}

/** One finished request as `devtools.network` tells it: a HAR entry, and its body on request. */
export interface DevtoolsRequest extends FinishedEntry {
  readonly getContent: (callback: (content: string | null, encoding: string) => void) => void
}

/** What the inspected page still has in memory; asked when the request's own body is gone. */
export interface InspectedResources {
  readonly getResources: (
    callback: (resources: readonly { url: string; getContent: DevtoolsRequest['getContent'] }[]) => void,
  ) => void
}

const resourceTypes: Readonly<Record<string, ResourceType>> = {
  document: 'main_frame',
  xhr: 'xmlhttprequest',
  fetch: 'xmlhttprequest',
  preflight: 'xmlhttprequest',
  ping: 'ping',
  other: 'other',
  image: 'image',
  font: 'font',
  stylesheet: 'stylesheet',
  script: 'script',
  websocket: 'websocket',
  media: 'image',
  manifest: 'image',
  texttrack: 'image',
}

const typeOf = (entry: FinishedEntry): ResourceType => resourceTypes[entry._resourceType ?? ''] ?? 'other'

const headerList = (headers: readonly HarHeader[]): HeaderList =>
  headers
    // HTTP/2 pseudo headers repeat the request line.
    .filter(({ name }) => !name.startsWith(':'))
    .flatMap(({ name, value }) =>
      name.toLowerCase() === 'set-cookie'
        ? value.split('\n').map((single) => ({ name, value: single }))
        : [{ name, value }],
    )

const requestBody = (postData: PostData): CapturedBody =>
  postData.text === undefined && postData.params
    ? formBody(
        postData.params.map(({ name, value = '' }) => [name, value]),
        postData.mimeType,
      )
    : textBody(postData.text ?? '', postData.mimeType)

const absolute = (redirectURL: string, base: string): string | undefined =>
  URL.canParse(redirectURL, base) ? new URL(redirectURL, base).href : undefined

/** Whether a finished request may be part of a login at all; the log decides the rest. */
export const mayMatter = (entry: FinishedEntry): boolean => {
  const type = typeOf(entry)
  return (
    /^https?:/.test(entry.request.url) &&
    type !== 'image' &&
    type !== 'font' &&
    type !== 'stylesheet' &&
    type !== 'script'
  )
}

/** The entry without its response body. */
export const observedEntry = (entry: FinishedEntry): ObservedEntry => {
  const { request, response } = entry
  const redirectURL = response.redirectURL ? absolute(response.redirectURL, request.url) : undefined
  const {
    _error: error,
    _fetchedViaServiceWorker: viaWorker,
    _serviceWorkerResponseSource: source,
  } = response as ChromiumResponse
  const initiator = originOf(entry._initiator?.url ?? entry._initiator?.stack?.callFrames?.[0]?.url ?? '')
  return {
    startedDateTime: Date.parse(entry.startedDateTime),
    time: entry.time,
    method: request.method,
    url: request.url,
    requestHeaders: headerList(request.headers),
    ...(request.postData ? { requestBody: requestBody(request.postData) } : {}),
    ...(response.status > 0 ? { status: response.status, responseHeaders: headerList(response.headers) } : {}),
    ...(redirectURL === undefined ? {} : { redirectURL }),
    ...(error ? { error } : {}),
    resourceType: typeOf(entry),
    ...(initiator === undefined ? {} : { initiator }),
    ...(entry.pageref === undefined ? {} : { pageref: entry.pageref }),
    ...(entry._fromCache ? { fromCache: true } : {}),
    ...(viaWorker && !isHandedThrough(source) ? { fromServiceWorker: true } : {}),
    ...(entry._resourceType === 'preflight' ? { preflight: true } : {}),
  }
}

const hasNoBody = ({ status }: { status: number }): boolean =>
  status === 0 || status === 204 || status === 304 || (status >= 300 && status < 400)

const isText = (mimeType: string): boolean => /json|text|xml|html|javascript|jwt|jose|urlencoded|^$/.test(mimeType)

const decodeBase64 = (content: string): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(atob(content), (char) => char.charCodeAt(0)),
    )
  } catch {
    return undefined
  }
}

const bodyOf = (content: string, encoding: string, mimeType: string): CapturedBody => {
  // Firefox puts the MIME type where Chromium says `base64`, and encodes what it does not take for text.
  const isEncoded = encoding === 'base64' || (encoding.includes('/') && !/json|text|xml|html|javascript/.test(mimeType))
  const text = isEncoded ? (decodeBase64(content) ?? (encoding === 'base64' ? undefined : content)) : content
  return text === undefined ? { kind: 'lost', because: 'not-readable' } : responseBody(text, mimeType)
}

const content = (source: { getContent: DevtoolsRequest['getContent'] }): Promise<[string | null, string]> =>
  new Promise((resolve) => source.getContent((text, encoding) => resolve([text, encoding])))

/** The page's copy of the latest response from this URL. Only good when no other request of that URL came between. */
const fromResources = async (url: string, { getResources }: InspectedResources): Promise<[string | null, string]> => {
  const resources = await new Promise<Parameters<Parameters<typeof getResources>[0]>[0]>((resolve) =>
    getResources(resolve),
  )
  const resource = resources.find((candidate) => candidate.url === url)
  return resource ? content(resource) : [null, '']
}

/**
 * The response body of a finished request. DevTools drops bodies when the page navigates or changes its URL; those of
 * single-page applications can often still be had from the page's resources. What is gone is said to be lost.
 */
export const readResponseBody = async (
  request: DevtoolsRequest,
  inspected: InspectedResources,
): Promise<CapturedBody | undefined> => {
  const { mimeType, size } = request.response.content
  if (hasNoBody(request.response) || !isText(mimeType)) return undefined
  // What CORS kept from the page is kept from DevTools too, although it came.
  if ((request.response as ChromiumResponse)._error) return { kind: 'lost', because: 'body-not-captured' }
  const [text, encoding] = await content(request)
  if (text) return bodyOf(text, encoding, mimeType)
  if (size === 0) return responseBody('', mimeType)
  const [rescued, rescuedEncoding] = await fromResources(request.request.url, inspected)
  return rescued ? bodyOf(rescued, rescuedEncoding, mimeType) : { kind: 'lost', because: 'body-not-captured' }
}

/** Tells every finished request that may matter, with its body, or why the body is missing. */
export const captureDevtoolsNetwork = (
  onRequestFinished: (listener: (request: DevtoolsRequest) => void) => void,
  inspected: InspectedResources,
  tell: (entryId: string, entry: ObservedEntry) => void,
): void => {
  // Distinct over reloads of the devtools page, whose count begins anew.
  const session = Date.now().toString(36)
  let count = 0

  const handle = async (request: DevtoolsRequest) => {
    const entryId = `${session}-${++count}`
    const entry = observedEntry(request)
    const body = await readResponseBody(request, inspected)
    tell(entryId, body ? { ...entry, responseBody: body } : entry)
  }

  onRequestFinished((request) => {
    if (mayMatter(request)) void handle(request)
  })
}
