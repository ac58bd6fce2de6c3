import type { HttpExchange } from '../model/exchange'
import { headerValues } from '../model/headers'
import type { Observed } from '../model/observed'
import type { CapturedBody, Header, HeaderList } from '../model/recording'
import { readForm, queryOf } from '../model/url'
import type { ExportInput } from './prepare'
import { analysisOf, generator, isoTime } from './trace'

/**
 * HAR 1.2 of the exchanges, with the analysis in `_loginscope`. HAR has no way to say that something was not seen, so every entry
 * lists that in `_unobserved`, and the import reads it back.
 */
export const writeHar = (input: ExportInput): string => `${JSON.stringify(harOf(input), null, 2)}\n`

export const harOf = (input: ExportInput) => ({
  log: {
    version: '1.2',
    creator: generator,
    pages: [],
    entries: input.analysis.exchanges.map(entryOf),
    _loginscope: {
      redaction: input.redaction,
      analysis: analysisOf(input.analysis),
      facts: input.recording.events.filter(
        ({ type }) => type === 'values.described' || type === 'jws.verified' || type === 'capture.gap',
      ),
    },
  },
})

const entryOf = (exchange: HttpExchange) => {
  const duration = exchange.endedAt === undefined ? 0 : exchange.endedAt - exchange.startedAt
  const requestHeaders = valueOr(exchange.requestHeaders, [])
  const responseHeaders = valueOr(exchange.responseHeaders, [])
  const unobserved = (['requestHeaders', 'requestBody', 'status', 'responseHeaders', 'responseBody'] as const).filter(
    (part) => exchange[part].state === 'unobserved',
  )
  return {
    startedDateTime: isoTime(exchange.startedAt),
    time: duration,
    request: {
      method: exchange.method,
      url: exchange.url,
      httpVersion: 'HTTP/1.1',
      cookies: cookiesOf(requestHeaders),
      headers: requestHeaders.map(headerOf),
      queryString: readForm(queryOf(exchange.url)).map(({ name, value }) => ({ name, value })),
      ...postDataOf(exchange.requestBody),
      headersSize: -1,
      bodySize: -1,
    },
    response: {
      status: valueOr(exchange.status, 0),
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: setCookiesOf(responseHeaders),
      headers: responseHeaders.map(headerOf),
      content: contentOf(exchange.responseBody, responseHeaders),
      redirectURL: exchange.redirectUrl ?? '',
      headersSize: -1,
      bodySize: -1,
      ...(exchange.error === undefined ? {} : { _error: exchange.error }),
      ...(exchange.fromServiceWorker ? { _fetchedViaServiceWorker: true } : {}),
      ...(exchange.servedStatus === undefined ? {} : { _servedStatus: exchange.servedStatus }),
    },
    cache: {},
    timings: { send: 0, wait: duration, receive: 0 },
    ...(exchange.initiator === undefined ? {} : { _initiator: { type: 'other', url: exchange.initiator } }),
    _resourceType: exchange.isPreflight ? 'preflight' : resourceTypeOf(exchange),
    ...(exchange.fromCache ? { _fromCache: 'disk' } : {}),
    ...(unobserved.length > 0 ? { _unobserved: unobserved } : {}),
    _loginscope: { exchangeId: exchange.id },
  }
}

const headerOf = ({ name, value, withheld }: Header) => ({ name, value, ...(withheld ? { _withheld: true } : {}) })

const valueOr = <T>(observed: Observed<T>, otherwise: T): T =>
  observed.state === 'present' ? observed.value : otherwise

const resourceTypeOf = ({ resourceType }: HttpExchange): string =>
  ({ main_frame: 'document', sub_frame: 'iframe', xmlhttprequest: 'fetch' })[resourceType as string] ?? resourceType

const cookiesOf = (headers: HeaderList) =>
  headerValues(headers, 'cookie')
    .flatMap((line) => line.split(/;\s*/))
    .filter(Boolean)
    .map(nameAndValue)

const setCookiesOf = (headers: HeaderList) =>
  headerValues(headers, 'set-cookie').map((line) => {
    const [pair = '', ...attributes] = line.split(/;\s*/)
    const has = (name: string) => attributes.some((attribute) => attribute.toLowerCase() === name)
    return { ...nameAndValue(pair), httpOnly: has('httponly'), secure: has('secure') }
  })

const nameAndValue = (pair: string) => {
  const at = pair.indexOf('=')
  return at < 0 ? { name: '', value: pair } : { name: pair.slice(0, at), value: pair.slice(at + 1) }
}

const postDataOf = (body: Observed<CapturedBody>) => {
  if (body.state !== 'present' || body.value.kind === 'lost') return {}
  const { value } = body
  if (value.kind === 'text') return { postData: { mimeType: value.mimeType ?? '', text: value.text } }
  const params = value.fields.map(({ name, value: text }) => ({ name, value: text }))
  return { postData: { mimeType: value.mimeType ?? 'application/x-www-form-urlencoded', params } }
}

const contentOf = (body: Observed<CapturedBody>, headers: HeaderList) => {
  const mimeType = headerValues(headers, 'content-type')[0] ?? ''
  if (body.state !== 'present' || body.value.kind !== 'text')
    return { size: body.state === 'absent' ? 0 : -1, mimeType }
  const { text } = body.value
  return { size: new TextEncoder().encode(text).length, mimeType: body.value.mimeType ?? mimeType, text }
}
