import type { CapturedBody, FormField } from '../model/recording'
import { readForm } from '../model/url'
import { isProtocolParameter } from './protocol-parameters'

/** Longer bodies keep their beginning. */
export const maxBodyLength = 256 * 1024

/** Stands in place of a value that was not recorded; empty values stay empty, since that is a fact of the form. */
const withheldValue = 'withheld'

const formField = (name: string, value: string): FormField =>
  isProtocolParameter(name)
    ? { name, value: value.slice(0, maxBodyLength) }
    : { name, value: value === '' ? '' : withheldValue, withheld: true }

const withMimeType = (mimeType: string | undefined) => (mimeType === undefined ? {} : { mimeType })

/** A form as `webRequest` decodes it. */
export const formBody = (
  fields: readonly (readonly [name: string, value: string])[],
  mimeType?: string,
): CapturedBody => ({
  kind: 'form',
  fields: fields.map(([name, value]) => formField(name, value)),
  ...withMimeType(mimeType),
})

const withholdJson = (value: unknown, name?: string): unknown => {
  if (name !== undefined && isProtocolParameter(name)) return value
  if (Array.isArray(value)) return value.map((item) => withholdJson(item))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withholdJson(inner, key)]))
  return value === null || value === '' || typeof value === 'boolean' ? value : withheldValue
}

const parseJson = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

const compactJws = /^[\w-]+\.[\w-]+\.[\w-]*(\.[\w-]*)*$/
const looksLikeForm = /^[\w.~%+[\]-]+=[^\s]*$/

/**
 * Request text, without the values that no login protocol defines. What is neither a form, JSON nor a JWT could hide
 * anything, and no login message has another shape: it is not kept.
 */
export const textBody = (text: string, mimeType?: string): CapturedBody => {
  const json = /^\s*[{[]/.test(text) ? parseJson(text) : undefined
  if (json) return { kind: 'text', text: JSON.stringify(withholdJson(json.value)), ...withMimeType(mimeType) }
  if (mimeType?.includes('x-www-form-urlencoded') || looksLikeForm.test(text))
    return formBody(
      readForm(text).map(({ name, value }) => [name, value]),
      mimeType,
    )
  if (compactJws.test(text)) return { kind: 'text', text: text.slice(0, maxBodyLength), ...withMimeType(mimeType) }
  return { kind: 'lost', because: 'not-readable' }
}

/** The part of `webRequest`'s `details.requestBody` that is used here, as both browsers fill it. */
export interface WebRequestBody {
  readonly error?: string
  readonly formData?: unknown
  readonly raw?: readonly { readonly bytes?: unknown; readonly file?: string }[]
}

const joinBytes = (parts: NonNullable<WebRequestBody['raw']>): Uint8Array | undefined => {
  const chunks = parts.map(({ bytes }) => (bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : undefined))
  if (!chunks.every((chunk) => chunk !== undefined)) return undefined
  const joined = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    joined.set(chunk, offset)
    offset += chunk.length
  }
  return joined
}

/** The body of a request, or `undefined` when it had none. */
export const decodeRequestBody = (body: WebRequestBody | null | undefined): CapturedBody | undefined => {
  if (!body) return undefined
  if (body.error !== undefined) return { kind: 'lost', because: 'not-readable' }
  if (body.formData) {
    const fields = Object.entries(body.formData as Record<string, readonly unknown[]>)
    return formBody(
      fields.flatMap(([name, values]) =>
        values.map((value) => [name, typeof value === 'string' ? value : ''] as const),
      ),
    )
  }
  if (!body.raw || body.raw.length === 0) return undefined
  const bytes = joinBytes(body.raw)
  if (!bytes || bytes.length > maxBodyLength) return { kind: 'lost', because: 'not-readable' }
  try {
    return textBody(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { kind: 'lost', because: 'not-readable' }
  }
}

/** Response text, cut to what the log can hold. */
export const responseBody = (text: string, mimeType?: string): CapturedBody => ({
  kind: 'text',
  text: text.slice(0, maxBodyLength),
  ...withMimeType(mimeType),
  ...(text.length > maxBodyLength ? { truncated: true } : {}),
})
