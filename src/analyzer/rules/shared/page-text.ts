import type { HttpExchange } from '../../../model/exchange'
import { valueOf } from '../../../model/observed'
import { bodyText } from '../../recognition/readers'

/** What a page shows, without its code and without anything that could be a secret; at most 200 characters. */
export const pageText = (exchange: HttpExchange): string | undefined => {
  const text = valueOf(bodyText(exchange.responseBody))
  if (text === undefined) return undefined
  const shown = text
    .replaceAll(/<(script|style|head|title|svg|template)\b[^]*?<\/\1\s*>/gi, ' ')
    .replaceAll(/<style\b[^]*?(<\/style|$)/gi, ' ')
    .replaceAll(/<!--[^]*?-->|<[^>]*>/g, ' ')
    .replaceAll(/&(?:[a-z]+|#\d+);/gi, ' ')
    .replaceAll(/[\w.~+/=%-]{20,}/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (shown === '') return undefined
  return shown.length > 200 ? `${shown.slice(0, 199)}…` : shown
}

const errorCodes = [
  'invalid_client',
  'invalid_grant',
  'redirect_uri_mismatch',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_request',
] as const

/** The first OAuth error code (RFC 6749 section 5.2) that a body spells out. */
export const namedError = (exchange: HttpExchange): (typeof errorCodes)[number] | undefined => {
  const text = valueOf(bodyText(exchange.responseBody)) ?? ''
  return errorCodes.find((code) => new RegExp(`\\b${code}\\b`).test(text))
}
