import type { LocatorPart } from '../../model/analysis'
import type { HttpExchange } from '../../model/exchange'
import { headerValues } from '../../model/headers'
import { memoize } from '../../model/memoize'
import { valueOf } from '../../model/observed'
import type { CapturedBody, HeaderList } from '../../model/recording'
import { fragmentOf, queryOf, readForm } from '../../model/url'

/** One named value of an exchange and where it stands. */
export interface Field {
  readonly part: LocatorPart
  readonly name: string
  readonly value: string
  /** The recorder never kept the value. */
  readonly withheld?: boolean
}

const fieldsOf = (part: LocatorPart, text: string): readonly Field[] =>
  readForm(text).map(({ name, value }) => ({ part, name, value }))

export const urlFields = (exchange: HttpExchange): readonly Field[] => {
  const fragment = fragmentOf(exchange.url)
  return [
    ...fieldsOf('request.query', queryOf(exchange.url)),
    // Hash routers put a path before the parameters.
    ...(fragment.includes('=') ? fieldsOf('request.fragment', fragment.replace(/^[^=?]*[/?]/, '')) : []),
  ]
}

const jsonFields = (part: LocatorPart, text: string): readonly Field[] | null => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    return Object.entries(value).map(([name, member]) => ({
      part,
      name,
      value: typeof member === 'string' ? member : JSON.stringify(member),
    }))
  } catch {
    return null
  }
}

const looksLikeForm = (body: CapturedBody & { kind: 'text' }): boolean =>
  body.mimeType?.includes('x-www-form-urlencoded') ?? /^[\w.%+~-]+=[^\s<>{]*$/.test(body.text)

export const bodyFields = (part: LocatorPart, body: CapturedBody | undefined): readonly Field[] => {
  if (body?.kind === 'form')
    return body.fields.map(({ name, value, withheld }) => ({ part, name, value, ...(withheld ? { withheld } : {}) }))
  if (body?.kind !== 'text') return []
  return jsonFields(part, body.text) ?? (looksLikeForm(body) ? fieldsOf(part, body.text) : [])
}

export const cookiesSent = (headers: HeaderList): readonly Field[] =>
  headerValues(headers, 'cookie')
    .flatMap((value) => value.split(';'))
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => ({
      part: 'request.cookies',
      name: pair.split('=')[0] ?? '',
      value: pair.slice(pair.indexOf('=') + 1),
    }))

export interface SetCookie extends Field {
  /** `Path=/`, `HttpOnly` … as sent. */
  readonly attributes: readonly string[]
}

export const cookiesSet = (headers: HeaderList): readonly SetCookie[] =>
  headerValues(headers, 'set-cookie')
    .flatMap((value) => value.split('\n'))
    .map((line) => {
      const [pair = '', ...attributes] = line.split(';').map((piece) => piece.trim())
      const equals = pair.indexOf('=')
      return {
        part: 'response.cookies',
        name: equals < 0 ? '' : pair.slice(0, equals),
        value: pair.slice(equals + 1),
        attributes,
      }
    })

/** Credentials in the Authorization header, under the name of what they are. */
const authorizationFields = (headers: HeaderList): readonly Field[] =>
  headerValues(headers, 'authorization').map((value) => {
    const token = /^\s*(?:Bearer|DPoP)\s+(\S+)\s*$/i.exec(value)?.[1]
    return token
      ? { part: 'request.headers', name: 'Authorization', value: token }
      : { part: 'request.headers', name: 'Authorization', value }
  })

export const requestFields = (exchange: HttpExchange): readonly Field[] => [
  ...urlFields(exchange),
  ...bodyFields('request.body', valueOf(exchange.requestBody)),
]

export const responseFields = (exchange: HttpExchange): readonly Field[] =>
  bodyFields('response.body', valueOf(exchange.responseBody))

/** Everything of an exchange that carries a name and a value, credentials of the Authorization header included. */
export const allFields = memoize((exchange: HttpExchange): readonly Field[] => [
  ...requestFields(exchange),
  ...authorizationFields(valueOf(exchange.requestHeaders) ?? []),
  ...responseFields(exchange),
])
