import type { HttpExchange } from '../../model/exchange'
import { valueOf } from '../../model/observed'
import type { ProviderError } from '../providers/provider'
import { authorizationErrors } from '../recognition/authorization-response'
import { bodyText, isObject, parseJson, queryParameters } from '../recognition/readers'
import { visibleText } from './page-text'

/** What an error page of an authorization server says in the words of the protocol. */
export interface ErrorPage {
  readonly error?: string
}

/** Codes that servers show on pages and never put on a redirect, beside those of the standards. */
const pageCodes = new Set([
  ...authorizationErrors,
  'invalid_redirect_uri',
  'redirect_mismatch',
  'bad_redirect_uri',
  'redirect_uri_not_registered',
  'invalid_callback',
  'deleted_client',
  'origin_mismatch',
  'org_internal',
  'disallowed_useragent',
  'admin_policy_enforced',
  'unsupported_response_mode',
])

const errorNames = /^(o?auth_?)?error(_?(code|id|uri))?$/i

/**
 * Reads a page of the authorization server as an error page: by its status; by a parameter of its URL; or, where it is
 * the direct answer to the request, by an error code that it shows to people, or by the redirect_uri that it quotes
 * without anything to fill in or to confirm. `undefined` when it is none of these.
 */
export const errorPageOf = (
  exchange: HttpExchange,
  isDirectAnswer: boolean,
  redirectUri?: string,
  /** Codes and texts of this server product. */
  errors: readonly ProviderError[] = [],
): ErrorPage | undefined => {
  const told = toldInUrl(exchange)
  const inUrl = errorInUrl(exchange)
  const status = valueOf(exchange.status) ?? 0
  const body = valueOf(bodyText(exchange.responseBody))
  const isFinal = status >= 400 || (status === 200 && isDirectAnswer)
  const error = inUrl ?? (isFinal && body !== undefined ? codeIn(body) : undefined)
  const isErrorPage =
    status >= 400 ||
    error !== undefined ||
    (isDirectAnswer &&
      (told.length > 0 || (isFinal && body !== undefined && (quotes(body, redirectUri) || names(body, errors)))))
  return isErrorPage ? { ...(error !== undefined && { error }) } : undefined
}

const toldInUrl = (exchange: HttpExchange): readonly string[] =>
  queryParameters(exchange).list.flatMap(({ name, value }) => (errorNames.test(name) && value !== '' ? [value] : []))

/** The error code in the URL of a page, which shows also where the browser refused to show the page itself. */
export const errorInUrl = (exchange: HttpExchange): string | undefined =>
  toldInUrl(exchange).find((value) => pageCodes.has(value))

const names = (body: string, errors: readonly ProviderError[]): boolean =>
  errors.some(({ pattern }) => pattern.test(body))

const quotes = (body: string, redirectUri: string | undefined): boolean =>
  redirectUri !== undefined && visibleText(body).includes(redirectUri) && !/<(form|input|button)\b/i.test(body)

const codeIn = (body: string): string | undefined => {
  const json = parseJson(body)
  if (isObject(json)) return typeof json['error'] === 'string' ? json['error'] : undefined
  return visibleText(body)
    .match(/\b[a-z]+(?:_[a-z]+)+\b/g)
    ?.find((word) => pageCodes.has(word))
}
