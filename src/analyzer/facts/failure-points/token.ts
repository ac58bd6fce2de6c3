import type { HttpExchange } from '../../../model/exchange'
import { header } from '../../../model/headers'
import type { ApiCall, TokenRequest } from '../../../model/message'
import { valueOf } from '../../../model/observed'
import { hasParam, paramValue } from '../../../model/parameters'
import type { Attempt, World } from '../../correlation/attempt'
import { bearerOf, holdsToken, isRefused, namesTokenScheme } from '../../recognition/api-call'
import { challenges, isObject } from '../../recognition/readers'
import { judgeCors } from '../cors'
import { asksForNonce } from '../dpop'
import {
  type FailurePoint,
  SILENCE,
  failedOnTheWay,
  isBeforeNonce,
  isError,
  isOk,
  mayBeRepeated,
  oauthError,
  point,
  statusOf,
  stepErrors,
} from './point'

/** RFC 6749 section 5.1: what a client needs to go on. Where the body was not seen, 2xx is taken for good unless it is a page. */
export const isUsable = (call: TokenRequest): boolean => {
  const { form, parameters, contentType } = call.response
  const isAnswered = isOk(call.exchange) || (call.exchange.status.state === 'unobserved' && form.state === 'present')
  if (!isAnswered || failedOnTheWay(call.exchange)) return false
  if (form.state !== 'present') return !/^(text\/html|application\/xhtml\+xml)$/.test(valueOf(contentType) ?? '')
  return (
    (form.value === 'json' || form.value === 'form') &&
    hasParam(parameters, 'access_token') &&
    !hasParam(parameters, 'error')
  )
}

const stringsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' && value !== '' ? [value] : isObject(value) ? Object.values(value).flatMap(stringsIn) : []

/** A value of the answer was accepted as credentials afterwards: the client found its token there, whatever its name. */
export const isFoundAllTheSame = ({ response, exchange }: TokenRequest, { exchanges }: World): boolean => {
  const values = new Set(stringsIn(valueOf(response.json)))
  return (
    isOk(exchange) &&
    values.size > 0 &&
    exchanges.some(
      (other) =>
        other.startedAt > exchange.startedAt &&
        isOk(other) &&
        values.has(valueOf(header(other.requestHeaders, 'authorization'))?.split(' ')[1] ?? ''),
    )
  )
}

/** It may have been used in a call whose token was taken out of the file. */
const mayBeReadAllTheSame = (attempt: Attempt, { exchange, response, at }: TokenRequest, world: World): boolean =>
  isOk(exchange) && response.json.state === 'present' && mayHaveGoneOn(attempt, at + 1, world)

/** The code may stand in the challenge of a 401 too (RFC 6749 section 5.2), where it is seen without the body. */
const tokenError = ({ response, exchange }: TokenRequest): Partial<FailurePoint> => {
  const challenge = valueOf(challenges(exchange.responseHeaders))?.find(({ parameters }) => parameters['error'])
  const error = challenge?.parameters['error']
  return error === undefined || hasParam(response.parameters, 'error') ? oauthError(response) : { error }
}

export const tokenFailures = (attempt: Attempt, world: World): FailurePoint[] =>
  attempt.tokenCalls.flatMap((call, index) => {
    const later = attempt.tokenCalls.slice(index + 1)
    if (later.some((other) => isUsable(other) && other.exchange.startedAt >= (call.exchange.endedAt ?? call.at)))
      return []
    if (mayBeRepeated(call.exchange, world)) return []
    if (!isUsable(call) && (isFoundAllTheSame(call, world) || mayBeReadAllTheSame(attempt, call, world))) return []
    // The tokens of an earlier good call are in use: this call changed nothing for the user.
    const end = call.exchange.endedAt ?? call.at
    if (attempt.apiCalls.some(({ exchange }) => isOk(exchange) && exchange.startedAt >= end)) return []
    if (paramValue(call.parameters, 'code') !== undefined && wentOnWithUnseenToken(attempt, end, world)) return []
    if (attempt.tokenCalls.slice(0, index).some(isUsable) && mayHaveGoneOn(attempt, end, world)) return []
    const error = tokenError(call)
    // An error answer that the browser withheld from the page is an error answer all the same.
    if (call.exchange.error !== undefined && !(failedOnTheWay(call.exchange) && isError(call.exchange))) {
      return failedOnTheWay(call.exchange) ? [point('token_unreachable', call, error)] : []
    }
    const saysError = call.exchange.status.state === 'unobserved' && error.error !== undefined
    if (isError(call.exchange) || saysError) {
      const isStep = asksForNonce(call.exchange, error.error)
        ? later.length > 0 || isBeforeNonce(call.exchange, error.error, world.now)
        : stepErrors.has(error.error ?? '')
      return isStep ? [] : [point('token_error', call, error)]
    }
    const status = statusOf(call.exchange)
    if (status !== undefined && status >= 300 && status < 400) return [point('token_unusable', call, error)]
    if (!isOk(call.exchange)) return []
    if (isWithheld(attempt, call, world.now)) return [point('token_unreachable', call, error)]
    const isUnread = isMissed(attempt, call) || isLeft(attempt, call, world.now)
    return !isUsable(call) || isUnread ? [point('token_unusable', call, error)] : []
  })

const FORM = 'application/x-www-form-urlencoded'

/** Not labelled as JSON where OpenID Connect says so, and a client that did nothing more: it could not read what it got. */
const isLeft = (attempt: Attempt, { response, parameters, exchange }: TokenRequest, now: number): boolean => {
  const type = valueOf(response.contentType)
  const isOther =
    response.form.state === 'present'
      ? response.form.value === 'form' || (type !== undefined && !type.includes('json'))
      : type === FORM
  const scopes = [...attempt.requests.map((request) => request.parameters), parameters].map((sent) =>
    paramValue(sent, 'scope')?.split(' '),
  )
  return isOther && isSilent(attempt, exchange, now) && scopes.some((scope) => scope?.includes('openid'))
}

const isSilent = (attempt: Attempt, exchange: HttpExchange, now: number): boolean =>
  now - (exchange.endedAt ?? exchange.startedAt) > SILENCE && attempt.apiCalls.length === 0

/**
 * Files of Firefox and of proxies show a good answer that the browser kept from the page, and no error. A shell that does
 * not enforce CORS leaves the same headers: only a page that did nothing more was refused.
 */
const isWithheld = (attempt: Attempt, { exchange }: TokenRequest, now: number): boolean => {
  const judgement = judgeCors(exchange)
  return (
    judgement.state === 'refused' &&
    judgement.certain &&
    /^https?:/.test(judgement.origin) &&
    valueOf(header(exchange.requestHeaders, 'sec-fetch-mode')) === 'cors' &&
    isSilent(attempt, exchange, now)
  )
}

/** An API accepts a token that was not used before, and whose issuing was not seen: an exchange of this code that was not seen. */
const wentOnWithUnseenToken = (attempt: Attempt, since: number, { messages, known, tabOf }: World): boolean => {
  const calls = messages.filter((message): message is ApiCall => message.kind === 'api_call' && holdsToken(message))
  return calls.some((call) => {
    const token = valueOf(bearerOf(call))!
    const isNew = !known.accessTokens.has(token) && !calls.some((other) => other.at < since && sameToken(other, call))
    return isNew && call.at >= since && isOk(call.exchange) && tabOf(call.exchange) === attempt.tabId
  })
}

/** A script's call went well whose token, if it had one, was taken out of the file. */
const mayHaveGoneOn = (attempt: Attempt, since: number, { exchanges, tabOf }: World): boolean =>
  exchanges.some(
    (exchange) =>
      exchange.startedAt >= since &&
      exchange.resourceType === 'xmlhttprequest' &&
      isOk(exchange) &&
      tabOf(exchange) === attempt.tabId &&
      header(exchange.requestHeaders, 'authorization').state === 'unobserved',
  )

const sameToken = (a: ApiCall, b: ApiCall): boolean => valueOf(bearerOf(a)) === valueOf(bearerOf(b))

/** RFC 6749 section 5.1 requires `token_type`; without it clients send the token under a wrong scheme, or under none. */
const isMissed = (attempt: Attempt, call: TokenRequest): boolean =>
  call.response.json.state === 'present' &&
  !hasParam(call.response.parameters, 'token_type') &&
  attempt.apiCalls.some((other) => other.at > call.at && isRefused(other) && !namesTokenScheme(other))

export const deviceFailures = (attempt: Attempt): FailurePoint[] =>
  attempt.deviceRequests.flatMap((request) =>
    failedOnTheWay(request.exchange) || isError(request.exchange)
      ? [point('device_error', request, oauthError(request.response))]
      : [],
  )
