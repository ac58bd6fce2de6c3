import type { AuthorizationRequest } from '../../model/message'
import { type Observed, absent, present, valueOf } from '../../model/observed'
import { type Parameters, hasParam, param, paramValue } from '../../model/parameters'
import { withoutQuery } from '../../model/url'
import type { Attempt } from '../correlation/attempt'
import { bodyText } from '../recognition/readers'
import type { CaseFile } from './case-file'
import type { FailurePoint } from './failure-points'
import { toldText } from './page-text'

/** How the authorization server turned an authorization request down. */
export interface Rejection {
  readonly point: FailurePoint
  /** By a page of its own, by an error on the way back to the client, or when the request was pushed. */
  readonly by: 'page' | 'redirect' | 'pushed'
  readonly error?: string
  /** What the server wrote for people: `error_description`, or the visible text of its page. */
  readonly text: Observed<string>
  /** The parameters that were turned down. */
  readonly parameters: Parameters
  /**
   * True when the request itself was looked at and turned down: no page of the server came after it. Some servers ask the
   * user to sign in before they look at a request; they then take the browser back to it.
   */
  readonly atOnce: boolean
}

const ways = {
  authorization_page: 'page',
  authorization_error: 'redirect',
  pushed_error: 'pushed',
} as const

/** The first rejection of this attempt's authorization request; `undefined` when there was none. */
export const rejectionOf = (file: CaseFile): Rejection | undefined => {
  const point = file.failurePoints.find(({ kind }) => kind in ways)
  if (!point) return undefined
  const asked = file.attempt.requests.at(-1)?.at ?? 0
  return {
    point,
    by: ways[point.kind as keyof typeof ways],
    ...(point.error !== undefined && { error: point.error }),
    text: textOf(point),
    parameters: judgedParameters(file, point),
    atOnce: !file.attempt.interactions.some(
      ({ exchange, at }) => at >= asked && exchange.id !== point.exchange.id && valueOf(exchange.status) === 200,
    ),
  }
}

const judgedParameters = (file: CaseFile, point: FailurePoint): Parameters =>
  (point.kind === 'pushed_error' ? file.attempt.pushed.at(-1)?.parameters : file.request?.parameters) ?? {
    exchangeId: point.exchange.id,
    part: 'request.query',
    list: [],
    hidden: 'capture-started-late',
  }

const textOf = (point: FailurePoint): Observed<string> => {
  if (point.error_description !== undefined) return present(point.error_description)
  if (point.kind === 'authorization_error') return absent
  const body = bodyText(point.exchange.responseBody)
  return body.state === 'present' ? present(toldText(body.value)) : body
}

/** Servers write it in many ways; that a rejection speaks of it at all is what counts. */
const redirectUriWords = /redirect(ion)?[\s_-]*ur[il]|(reply|callback|return)[\s_-]*(address|ur[il])|redirect_mismatch/i
const clientWords =
  /client[\s_-]?id|(unknown|invalid|unregistered|disabled|no such) (oauth )?(client|application|app)\b|\b(client|application|app)\b.{0,60}\b(not (be )?(found|known|registered|exist)|unknown|invalid|disabled|does(n.t| not) exist)/i

/** Some servers call every fault of a registration `invalid_client`, and say in words which value it is. */
const redirectUriRefusal =
  /redirect(ion)?[\s_-]*ur[il]\W+(\w+\W+){0,4}(mismatch|match|register|allow|permit|valid|found|known)|(mismatch\w*|invalid|unregistered|unknown)\W+redirect(ion)?[\s_-]*ur[il]/i

/** `unauthorized_client` stands for a client that is unknown and for one that may not log in in this way (RFC 6749). */
export const speaksOfGrant = (text: string): boolean => /grant|response[\s_-]?type|\bflow\b/i.test(text)

const otherParameter =
  /\b(response[\s_-]?(type|mode)|scopes?|nonce|prompt|code[\s_-]?challenge(_method)?|max_age|acr_values|request_uri)\b/i

/** Words about a part of the request besides the two that every server looks at first. */
export const speaksOfOtherParameter = (text: string): boolean => otherParameter.test(text)

const refusesRedirectUri = (text: string): boolean => redirectUriRefusal.test(text)
export const speaksOfRedirectUri = (text: string): boolean => redirectUriWords.test(text)
export const speaksOfClient = (text: string): boolean => clientWords.test(text)

/** Whether the words of the rejection are about the redirect_uri, whatever code they come with. */
export const isAboutRedirectUri = ({ text, parameters }: Rejection): boolean => {
  const sent = paramValue(parameters, 'redirect_uri')
  return (
    text.state === 'present' &&
    ((sent !== undefined && text.value.includes(sent) && speaksOfRedirectUri(text.value)) ||
      refusesRedirectUri(text.value))
  )
}

/** A login at the same authorization endpoint that was answered without an error. */
export interface Success {
  readonly attempt: Attempt
  readonly request: AuthorizationRequest
}

/** Answered logins at this attempt's authorization endpoint, other than itself; the nearest earlier one first, then later ones. */
export const successesBeside = (file: CaseFile): readonly Success[] => {
  const { request } = file
  if (!request) return []
  const endpoint = withoutQuery(request.exchange.url)
  const found = file.attempts.flatMap((attempt) => {
    const asked = attempt.requests.at(-1)
    const answered = attempt.responses.some(({ parameters }) => !hasParam(parameters, 'error'))
    return attempt !== file.attempt && asked && answered && withoutQuery(asked.exchange.url) === endpoint
      ? [{ attempt, request: asked }]
      : []
  })
  const earlier = found.filter((success) => success.request.at < request.at).toReversed()
  return [...earlier, ...found.filter((success) => success.request.at >= request.at)]
}

/** Of those, the logins of this client. */
export const successesOfClient = (file: CaseFile): readonly Success[] =>
  successesBeside(file).filter(({ request }) => clientOf(request) === file.client_id && file.client_id !== undefined)

const clientOf = (request: AuthorizationRequest): string | undefined =>
  paramValue(request.parameters, 'client_id') ?? paramValue(request.sent, 'client_id')

export const askedOf = ({ request }: Success, name: string): string | undefined =>
  valueOf(param(request.parameters, name))
