import type { LocatorPart } from '../../model/analysis'
import type { HttpExchange } from '../../model/exchange'
import { header, headerList } from '../../model/headers'
import type { Challenge, JsonResponse } from '../../model/message'
import {
  type BlindSpot,
  type Observed,
  absent,
  flatMapObserved,
  mapObserved,
  present,
  unobserved,
  valueOf,
} from '../../model/observed'
import type { Parameter, Parameters } from '../../model/parameters'
import type { CapturedBody, HeaderList } from '../../model/recording'
import { fragmentOf, isWithheld, queryOf, readForm } from '../../model/url'
import { memoize } from '../../model/memoize'

const parameters = (
  exchangeId: string,
  part: LocatorPart,
  list: readonly Parameter[],
  hidden?: BlindSpot,
): Parameters => ({ exchangeId, part, list, ...(hidden !== undefined && { hidden }) })

export const queryParameters = memoize((exchange: HttpExchange): Parameters =>
  parameters(exchange.id, 'request.query', readForm(queryOf(exchange.url))),
)

const ESCAPE = 'amp;'

/** Whether `&amp;` stands between the parameters, as it has to in HTML and must not in a URL. */
export const hasEscapes = ({ list }: Parameters): boolean => list.some(({ name }) => name.startsWith(ESCAPE))

/** The parameters that were meant. */
export const withoutEscapes = (sent: Parameters): Parameters =>
  hasEscapes(sent)
    ? {
        ...sent,
        list: sent.list.map((parameter) =>
          parameter.name.startsWith(ESCAPE) ? { ...parameter, name: parameter.name.slice(ESCAPE.length) } : parameter,
        ),
      }
    : sent

/** A fragment may carry a client-side route ahead of its parameters: `#/callback?code=…`, `#!/route&state=…`. */
export const fragmentParameters = memoize((exchange: HttpExchange): Parameters => {
  const fragment = fragmentOf(exchange.url)
  const list = fragment.includes('=') ? readForm(fragment.replace(/^[!/][^?&=]*[?&]/, '')) : []
  return parameters(exchange.id, 'request.fragment', list)
})

/** The media type in lower case, without its parameters. */
export const mediaType = (headers: Observed<HeaderList>): Observed<string> =>
  mapObserved(header(headers, 'content-type'), (value) => value.split(';')[0]!.trim().toLowerCase())

/** The parameters of a form or JSON request body. */
export const bodyParameters = memoize((exchange: HttpExchange): Parameters => {
  const { id, requestBody } = exchange
  if (requestBody.state === 'absent') return parameters(id, 'request.body', [])
  if (requestBody.state === 'unobserved') return parameters(id, 'request.body', [], requestBody.because)
  return parameters(id, 'request.body', readBody(requestBody.value), truncation(requestBody.value))
})

const truncation = (body: CapturedBody): BlindSpot | undefined =>
  body.kind === 'text' && body.truncated ? 'body-truncated' : undefined

const readBody = (body: CapturedBody): readonly Parameter[] => {
  if (body.kind === 'form') return body.fields
  if (body.kind === 'lost') return []
  const json = parseJson(body.text)
  if (isObject(json)) return flatten(json)
  const multipart = /boundary="?([^";]+)"?/i.exec(body.mimeType ?? '')
  if (multipart) return readMultipart(body.text, multipart[1]!)
  return looksLikeForm(body.text) ? readForm(body.text.trim()) : []
}

const readMultipart = (text: string, boundary: string): readonly Parameter[] =>
  text.split(`--${boundary}`).flatMap((part) => {
    const found = /name="([^"]*)"[^]*?\r?\n\r?\n([^]*?)\r?\n?$/.exec(part)
    return found && !/filename=/i.test(part.split(/\r?\n\r?\n/)[0] ?? '') ? [{ name: found[1]!, value: found[2]! }] : []
  })

export const looksLikeForm = (text: string): boolean => /^[^\s<>{}"=&]+=[^\s<>]*$/.test(text.trim())

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const flatten = (json: Readonly<Record<string, unknown>>): readonly Parameter[] =>
  Object.entries(json).map(([name, value]) => {
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
    return { name, value: text, ...(isWithheld(name, text) && { withheld: true }) }
  })

/** Reads an answer that should be JSON; what it is instead is kept in `form`. */
export const jsonResponse = memoize((exchange: HttpExchange): JsonResponse => {
  const { id, status, responseHeaders, responseBody } = exchange
  const contentType = mediaType(responseHeaders)
  const base = { status, contentType }
  if (responseBody.state !== 'present' || responseBody.value.kind !== 'text') {
    const isEmpty = responseBody.state !== 'unobserved' || valueOf(header(responseHeaders, 'content-length')) === '0'
    const blind = responseBody.state === 'unobserved' && !isEmpty ? responseBody : absent
    const hidden = blind.state === 'unobserved' ? blind.because : undefined
    return {
      ...base,
      parameters: parameters(id, 'response.body', [], hidden),
      json: blind,
      form: blind.state === 'absent' ? present('empty') : blind,
    }
  }
  const { text, truncated } = responseBody.value
  const json = parseJson(text)
  if (isObject(json)) {
    return {
      ...base,
      parameters: parameters(id, 'response.body', flatten(json)),
      json: present(json),
      form: present('json'),
    }
  }
  if (truncated) {
    const blind = unobserved('body-truncated')
    return { ...base, parameters: parameters(id, 'response.body', [], 'body-truncated'), json: blind, form: blind }
  }
  const kind = formOf(text)
  return {
    ...base,
    parameters: parameters(id, 'response.body', kind === 'form' ? readForm(text.trim()) : []),
    json: absent,
    form: present(kind),
  }
})

const formOf = (text: string): 'html' | 'empty' | 'form' | 'jwt' | 'other' => {
  const trimmed = text.trim()
  if (trimmed === '') return 'empty'
  if (/^<(!doctype|html|\?xml|head|body|!--)/i.test(trimmed)) return 'html'
  if (/^[\w-]+\.[\w-]*\.[\w-]*(\.[\w-]*\.[\w-]*)?$/.test(trimmed)) return 'jwt'
  return looksLikeForm(trimmed) ? 'form' : 'other'
}

/** The text of a body, when it is text. */
export const bodyText = (body: Observed<CapturedBody>): Observed<string> =>
  flatMapObserved(body, (value) =>
    value.kind === 'text' ? present(value.text) : value.kind === 'lost' ? unobserved(value.because) : absent,
  )

/** Splits `WWW-Authenticate` values into challenges; unreadable rests are skipped (RFC 9110 section 11.6.1). */
export const challenges = (headers: Observed<HeaderList>): Observed<readonly Challenge[]> =>
  mapObserved(headerList(headers, 'www-authenticate'), (values) => values.flatMap(readChallenges))

const readChallenges = (text: string): Challenge[] => {
  const found: { scheme: string; parameters: Record<string, string> }[] = []
  const token = /\s*(?:([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]*))|([\w!#$%&'*+.^`|~-]+))\s*,?/y
  while (token.lastIndex < text.length) {
    const match = token.exec(text)
    if (!match) break
    const [, name, quoted, plain, scheme] = match
    if (scheme !== undefined) found.push({ scheme, parameters: {} })
    else if (name !== undefined) {
      const current = found.at(-1)
      if (current) current.parameters[name.toLowerCase()] = (quoted ?? plain ?? '').replaceAll(/\\(.)/g, '$1')
    }
  }
  return found
}

export { parameters as makeParameters }
