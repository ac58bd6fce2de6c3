import type { CaptureEvent, FormField, HeaderList } from '../model/recording'
import type { Imported } from './har-import'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** True for the JSON that the SAML-tracer extension exports. */
export const isSamlTracer = (value: unknown): value is Json & { requests: readonly unknown[] } =>
  isObject(value) &&
  Array.isArray(value['requests']) &&
  value['requests'].some((item) => isObject(item) && 'responseStatus' in item)

/**
 * Reads a SAML-tracer export as far as it goes: it has no response bodies and no times but that of the export, so the exchanges
 * get ascending times one millisecond apart. Shape: `SAMLTraceIO.js` of https://github.com/simplesamlphp/SAML-tracer.
 */
export const readSamlTracer = (file: Json & { requests: readonly unknown[] }): Imported => {
  const exported = typeof file['timestamp'] === 'string' ? Date.parse(file['timestamp']) : NaN
  const start = (Number.isNaN(exported) ? 0 : exported) - file.requests.length
  const events: CaptureEvent[] = [{ type: 'recording.started', seq: 0, at: start, by: 'file' }]
  let skipped = 0
  file.requests.forEach((request, index) => {
    const url = isObject(request) ? request['url'] : undefined
    if (!isObject(request) || typeof url !== 'string' || !URL.canParse(url)) {
      skipped += 1
      return
    }
    const status = Number(request['responseStatus'])
    const responseHeaders = headersOf(request['responseHeaders'])
    const requestHeaders = headersOf(request['requestHeaders'])
    const location = responseHeaders?.find((header) => header.name.toLowerCase() === 'location')?.value
    const fields = fieldsOf(request['post'])
    events.push({
      type: 'entry.observed',
      seq: index + 1,
      at: start + index,
      origin: 'file',
      entryId: String(index),
      tabId: 0,
      entry: {
        startedDateTime: start + index,
        method: typeof request['method'] === 'string' ? request['method'] : 'GET',
        url,
        ...(requestHeaders ? { requestHeaders } : {}),
        ...(fields.length > 0 ? { requestBody: { kind: 'form', fields } as const } : {}),
        ...(status > 0 ? { status } : {}),
        ...(responseHeaders ? { responseHeaders } : {}),
        ...(status >= 300 && status < 400 && location && URL.canParse(location, url)
          ? { redirectURL: new URL(location, url).href }
          : {}),
      },
    })
  })
  const notes = ['SAML-tracer saves no response bodies and no times, so what depends on them was not seen.']
  if (skipped > 0) notes.push(`${skipped} of ${file.requests.length} requests skipped: no readable URL.`)
  return { recording: { events }, notes }
}

/** Current exports hold `{name, value}`, those before version 1.0 pairs. */
const headersOf = (value: unknown): HeaderList | undefined => {
  if (!Array.isArray(value)) return undefined
  return value.flatMap((item: unknown) => {
    const [name, content] = Array.isArray(item) ? item : isObject(item) ? [item['name'], item['value']] : []
    return typeof name === 'string' && typeof content === 'string' ? [{ name, value: content }] : []
  })
}

const fieldsOf = (post: unknown): readonly FormField[] => {
  if (Array.isArray(post))
    return post.flatMap((pair: unknown) => {
      const [name, value] = Array.isArray(pair) ? pair : []
      return typeof name === 'string' && typeof value === 'string' ? [{ name, value }] : []
    })
  if (!isObject(post)) return []
  return Object.entries(post).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one: unknown) =>
      typeof one === 'string' ? [{ name, value: one }] : [],
    ),
  )
}
