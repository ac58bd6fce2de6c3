import type { HttpExchange } from '../../../model/exchange'
import { valueOf } from '../../../model/observed'
import { visibleText } from '../../facts/page-text'
import { withoutStack } from '../../facts/runtime-words'
import { bodyText } from '../../recognition/readers'

/** What a page shows, without its code, stack traces and anything that could be a secret; at most 200 characters. */
export const pageText = (exchange: HttpExchange): string | undefined => {
  const text = valueOf(bodyText(exchange.responseBody))
  if (text === undefined) return undefined
  const shown = withoutStack(visibleText(text).replaceAll(String.raw`\n`, ' '))
    .replaceAll(/[\w.~+/=%-]{20,}/g, (run) => (isOfWords(run) ? run : '…'))
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/…(?:[\s:.()]*…)+/g, '…')
    .trim()
  if (shown === '') return undefined
  return shown.length > 200 ? `${shown.slice(0, 199)}…` : shown
}

/** The text of a page inside a sentence: after a colon, or nothing where no word of it is left to read. */
export const afterColon = (text: string | undefined): string =>
  text !== undefined && /[\p{L}\d]/u.test(text) ? `: “${text}”` : ''

/** Names of code and of exceptions are words, put together as no random value is. */
const isOfWords = (run: string): boolean =>
  run.split(/[./_-]/).every((part) => part === '' || /^[A-Za-z]?[a-z]{2,14}(?:[A-Z]{1,4}[a-z]{2,14})*$/.test(part))

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
