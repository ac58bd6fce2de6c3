import type { CDPSession, Page } from '@playwright/test'
import type { Entry, Har, Header } from 'har-format'

/** One exchange whose answer the page was not allowed to read, or a preflight: what Playwright leaves out of its HAR. */
interface HiddenExchange {
  readonly method: string
  readonly url: string
  readonly startedAt: number
  requestHeaders: Header[]
  readonly preflight: boolean
  status?: number
  responseHeaders?: Header[]
  error?: string
}

/**
 * Watches for answers hidden from the page by CORS, so that a HAR can hold them as the one that DevTools exports does:
 * Playwright writes status -1 and no headers for them, and no preflights at all.
 */
export async function watchHiddenAnswers(page: Page): Promise<{ addTo(har: Har): void }> {
  const session = await page.context().newCDPSession(page)
  const exchanges = new Map<string, HiddenExchange>()
  watch(session, exchanges)
  await session.send('Network.enable')
  return { addTo: (har) => addHiddenAnswers(har, [...exchanges.values()]) }
}

function watch(session: CDPSession, exchanges: Map<string, HiddenExchange>): void {
  session.on('Network.requestWillBeSent', ({ requestId, request, initiator, wallTime }) => {
    exchanges.set(requestId, {
      method: request.method,
      url: request.url,
      startedAt: wallTime * 1000,
      requestHeaders: headerList(request.headers),
      preflight: initiator.type === 'preflight',
    })
  })
  session.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => {
    const exchange = exchanges.get(requestId)
    if (exchange) exchange.requestHeaders = headerList(headers)
  })
  session.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode, headers }) => {
    const exchange = exchanges.get(requestId)
    if (exchange) Object.assign(exchange, { status: statusCode, responseHeaders: headerList(headers) })
  })
  session.on('Network.loadingFailed', ({ requestId, errorText }) => {
    const exchange = exchanges.get(requestId)
    if (exchange) exchange.error = errorText
  })
}

function addHiddenAnswers(har: Har, exchanges: readonly HiddenExchange[]): void {
  for (const exchange of exchanges) {
    if (exchange.status === undefined) continue
    if (exchange.preflight) har.log.entries.push(preflightEntry(exchange, har.log.pages?.[0]?.id))
    else if (exchange.error) reveal(har.log.entries, exchange)
  }
  har.log.entries.sort((a, b) => a.startedDateTime.localeCompare(b.startedDateTime))
}

function reveal(entries: readonly Entry[], exchange: HiddenExchange): void {
  const { method, url, status, requestHeaders, responseHeaders, error } = exchange
  const entry = entries.find(
    ({ request, response }) => request.method === method && request.url === url && response.status === -1,
  )
  if (!entry) return
  Object.assign(entry.request, { headers: requestHeaders })
  Object.assign(entry.response, { status, headers: responseHeaders, _error: error })
}

function preflightEntry(exchange: HiddenExchange, pageref: string | undefined): Entry {
  return {
    ...(pageref ? { pageref } : {}),
    startedDateTime: new Date(exchange.startedAt).toISOString(),
    time: 0,
    request: {
      method: exchange.method,
      url: exchange.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: exchange.requestHeaders,
      queryString: [...new URL(exchange.url).searchParams].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: exchange.status ?? -1,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: exchange.responseHeaders ?? [],
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      ...(exchange.error ? { _error: exchange.error } : {}),
    },
    cache: {},
    timings: { send: -1, wait: -1, receive: -1 },
    _resourceType: 'preflight',
  }
}

function headerList(headers: Readonly<Record<string, string>>): Header[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }))
}
