import type { HttpExchange } from '../../model/exchange'
import { drawnErrors } from '../../model/drawn-error'
import { isAlertWithoutForm, isDeadEnd } from '../../model/html'
import { valueOf } from '../../model/observed'
import type { ProviderError } from '../providers/provider'
import { authorizationErrors } from '../recognition/authorization-response'
import { bodyText, isObject, parseJson, queryParameters } from '../recognition/readers'
import { paramValue } from '../../model/parameters'
import { visibleText } from './page-text'

/** What an error page of an authorization server says in the words of the protocol. */
export interface ErrorPage {
  readonly error?: string
  /** Written for people, beside the code: in the URL of the page, or where the answer is JSON. */
  readonly error_description?: string
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
  'unsupported_grant_type',
])

const errorNames = /^(o?auth_?)?error(_?(code|id|uri))?$/i

/**
 * Reads a page of the authorization server as an error page: by its status; by a parameter of its URL; or, where it is
 * the direct answer to the request, by an error code that it shows to people, or by giving the user nothing to go on
 * with: no form, no link, no script. What answers the form that the user sent says no by an alert without a form to send
 * again. `undefined` when it is none of these.
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
  const json = body === undefined ? undefined : jsonIn(body, status >= 400)
  const error = inUrl ?? (isFinal && body !== undefined ? codeIn(body, json) : undefined)
  const isErrorPage =
    status >= 400 ||
    error !== undefined ||
    (status === 200 && exchange.method === 'POST' && body !== undefined && isAlertWithoutForm(body)) ||
    (isDirectAnswer &&
      (told.length > 0 ||
        (isFinal &&
          body !== undefined &&
          ((isWhole(exchange) && isDeadEnd(body)) || quotes(body, redirectUri) || names(body, errors)))))
  if (!isErrorPage) return undefined
  const error_description = paramValue(queryParameters(exchange), 'error_description') ?? descriptionIn(json)
  return { ...(error !== undefined && { error }), ...(error_description !== undefined && { error_description }) }
}

const isWhole = ({ responseBody }: HttpExchange): boolean =>
  responseBody.state === 'present' && responseBody.value.kind === 'text' && responseBody.value.truncated !== true

const toldInUrl = (exchange: HttpExchange): readonly string[] =>
  queryParameters(exchange).list.flatMap(({ name, value }) => (errorNames.test(name) && value !== '' ? [value] : []))

/** The error code in the URL of a page, which shows also where the browser refused to show the page itself. */
export const errorInUrl = (exchange: HttpExchange): string | undefined =>
  toldInUrl(exchange).find((value) => pageCodes.has(value))

const names = (body: string, errors: readonly ProviderError[]): boolean =>
  errors.some(({ pattern }) => pattern.test(body))

const quotes = (body: string, redirectUri: string | undefined): boolean =>
  redirectUri !== undefined && visibleText(body).includes(redirectUri) && !/<(form|input|button)\b/i.test(body)

/**
 * What a page says as JSON: the whole of it, as the token endpoint answers, or what the script of an error page draws. The
 * scripts of other pages know texts for errors that did not happen.
 */
const jsonIn = (body: string, isFailed: boolean): Readonly<Record<string, unknown>> | undefined => {
  const whole = parseJson(body)
  if (isObject(whole)) return whole
  const drawn = isFailed ? drawnErrors(body).find(({ error }) => pageCodes.has(error)) : undefined
  return drawn && { ...drawn }
}

const isString = (value: unknown): value is string => typeof value === 'string'

const descriptionIn = (json: Readonly<Record<string, unknown>> | undefined): string | undefined => {
  const description = json && (json['error_description'] ?? json['message'])
  return isString(description) ? description : undefined
}

const codeIn = (body: string, json: Readonly<Record<string, unknown>> | undefined): string | undefined =>
  json
    ? isString(json['error'])
      ? json['error']
      : undefined
    : visibleText(body)
        .match(/\b[a-z]+(?:_[a-z]+)+\b/g)
        ?.find((word) => pageCodes.has(word))
