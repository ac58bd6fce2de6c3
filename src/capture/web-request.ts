import type { WebRequest } from 'webextension-polyfill'
import type { HeaderList, NewCaptureEvent, ResourceType } from '../model/recording'
import { decodeRequestBody } from './request-body'

export type Emit = (event: NewCaptureEvent) => void

/**
 * Types worth an event. The browser filters by them before it wakes anyone, which is the cheapest way to be rid of
 * images, styles, fonts and scripts.
 */
const types: WebRequest.ResourceType[] = ['main_frame', 'sub_frame', 'xmlhttprequest', 'ping', 'other']

const resourceType = (type: WebRequest.ResourceType): ResourceType => {
  switch (type) {
    case 'main_frame':
    case 'sub_frame':
    case 'xmlhttprequest':
    case 'ping':
      return type
    case 'beacon':
      return 'ping'
    default:
      return 'other'
  }
}

const byteString = (bytes: readonly number[]): string => String.fromCharCode(...bytes)

/** Firefox joins several Set-Cookie headers into one with line feeds; each becomes a header of its own again. */
export const headerList = (headers: WebRequest.HttpHeaders | undefined): HeaderList =>
  (headers ?? []).flatMap(({ name, value, binaryValue }) => {
    const text = value ?? (binaryValue ? byteString(binaryValue) : '')
    return name.toLowerCase() === 'set-cookie'
      ? text.split('\n').map((single) => ({ name, value: single }))
      : [{ name, value: text }]
  })

/** Fields that one browser has and the other, or the shared type, has not. */
interface BrowserExtras {
  /** Chromium: an origin. */
  readonly initiator?: string
  /** Firefox: a URL. */
  readonly originUrl?: string
  readonly documentId?: string
  readonly documentLifecycle?: string
}

const started = (details: WebRequest.OnBeforeRequestDetailsType & BrowserExtras): NewCaptureEvent => {
  const body = decodeRequestBody(details.requestBody as Parameters<typeof decodeRequestBody>[0])
  const initiator = details.initiator ?? details.originUrl
  return {
    type: 'request.started',
    at: details.timeStamp,
    requestId: details.requestId,
    url: details.url,
    method: details.method,
    resourceType: resourceType(details.type),
    tabId: details.tabId,
    frameId: details.frameId,
    parentFrameId: details.parentFrameId,
    ...(details.documentId === undefined ? {} : { documentId: details.documentId }),
    ...(initiator === undefined || initiator === 'null' ? {} : { initiator }),
    ...(details.documentLifecycle === undefined ? {} : { documentLifecycle: details.documentLifecycle }),
    ...(body ? { body } : {}),
  }
}

const base = (details: { timeStamp: number; requestId: string; url: string }) => ({
  at: details.timeStamp,
  requestId: details.requestId,
  url: details.url,
})

/** Chromium hides Cookie, Origin and Set-Cookie unless asked with a flag that Firefox rejects. */
const withExtraHeaders = <Option extends string>(options: object | undefined, wanted: Option): Option[] =>
  options && 'EXTRA_HEADERS' in options ? [wanted, 'extraHeaders' as Option] : [wanted]

/**
 * Listens to every request of every tab. Call at top level of the background: a worker is woken only for listeners
 * that are registered before its first turn ends.
 */
export const captureWebRequests = (webRequest: WebRequest.Static, emit: Emit): void => {
  const filter = { urls: ['<all_urls>'], types }
  const enums = webRequest as unknown as { OnSendHeadersOptions?: object; OnHeadersReceivedOptions?: object }

  webRequest.onBeforeRequest.addListener(
    (details) => {
      emit(started(details))
    },
    filter,
    ['requestBody'],
  )
  webRequest.onSendHeaders.addListener(
    (details) => emit({ type: 'request.headers', ...base(details), headers: headerList(details.requestHeaders) }),
    filter,
    withExtraHeaders<WebRequest.OnSendHeadersOptions>(enums.OnSendHeadersOptions, 'requestHeaders'),
  )
  webRequest.onHeadersReceived.addListener(
    (details) => {
      emit({
        type: 'response.headers',
        ...base(details),
        status: details.statusCode,
        headers: headerList(details.responseHeaders),
      })
    },
    filter,
    withExtraHeaders<WebRequest.OnHeadersReceivedOptions>(enums.OnHeadersReceivedOptions, 'responseHeaders'),
  )
  webRequest.onBeforeRedirect.addListener(
    (details) =>
      emit({
        type: 'request.redirected',
        ...base(details),
        redirectUrl: details.redirectUrl,
        status: details.statusCode,
        ...(details.fromCache ? { fromCache: true } : {}),
      }),
    filter,
  )
  webRequest.onCompleted.addListener(
    (details) =>
      emit({
        type: 'request.completed',
        ...base(details),
        status: details.statusCode,
        ...(details.fromCache ? { fromCache: true } : {}),
      }),
    filter,
  )
  webRequest.onErrorOccurred.addListener(
    (details) => emit({ type: 'request.failed', ...base(details), error: details.error }),
    filter,
  )
}
