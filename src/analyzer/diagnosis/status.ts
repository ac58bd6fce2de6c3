import type { FlowStatus } from '../../model/analysis'
import { headerList } from '../../model/headers'
import { hasWayOn } from '../../model/html'
import { valueOf } from '../../model/observed'
import { hasParam, paramValue } from '../../model/parameters'
import { originOf } from '../../model/url'
import type { CaseFile } from '../facts/case-file'
import { lostOfLogin } from '../facts/cookies'
import { isShownDenial } from '../facts/denial'
import {
  type FailurePoint,
  SILENCE,
  isContinued,
  isFoundAllTheSame,
  isFramed,
  isOk,
  isTurnOfLoop,
  isUsable,
} from '../facts/failure-points'
import { visibleText } from '../facts/page-text'
import { transportKindOf } from '../facts/transport'
import { bodyText } from '../recognition/readers'

/** Milliseconds after which an unanswered login counts as given up. */
export const GIVEN_UP_AFTER = 10 * 60_000

/** How the attempt ended. `refused`: a finding says that the client had to reject what it got. */
export const flowStatus = (file: CaseFile, refused: boolean): FlowStatus => {
  const { attempt, attempts } = file
  if (isProbe(file) || isMadeGood(file) || isAllowedAfterAll(file)) return 'abandoned'
  if (file.failurePoints.length > 0 || refused) {
    // A renewal that failed and was followed by a good login, and the turns of a loop, are not the failure themselves.
    return isContinued(attempt, attempts) ? 'abandoned' : 'failed'
  }
  if (isTurnOfLoop(attempt, attempts) && !attempt.tokenCalls.some(isUsable)) return 'abandoned'
  if (isDone(file)) return !isLastSeenAtCallback(file) ? 'succeeded' : mayStillRedeem(file) ? 'pending' : 'delivered'
  if (attempt.supersededBy !== undefined || isUnanswered(attempt) || isTurnedAway(attempt) || wasLeftAtCallback(file))
    return 'abandoned'
  const last = Math.max(...attempt.messages.map(({ exchange, at }) => exchange.endedAt ?? at))
  const closed = file.world.events.some(
    (event) => event.type === 'tab.closed' && event.tabId === lastTab(file) && event.at >= last,
  )
  return closed || file.world.now - last > GIVEN_UP_AFTER ? 'abandoned' : 'pending'
}

const lastTab = (file: CaseFile) => file.attempt.messages.at(-1)!.exchange.tabId

const silentRefusals = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
])

/** `prompt=none` before anybody signed in asks whether somebody is; "no" is the answer, not a failure. */
export const isProbe = (file: CaseFile): boolean => asksWhoIsSignedIn(file) && !endsThere(file)

/** The same, sent for a user who wanted to sign in. */
export const isSilentLogin = (file: CaseFile): boolean => asksWhoIsSignedIn(file) && endsThere(file)

/** Who only asks does so in a frame or goes on by itself; a page that fills the window and leaves nothing to do ends a login. */
const endsThere = ({ attempt }: CaseFile): boolean => {
  const exchange = attempt.responses.at(-1)?.exchange
  if (!exchange || !isOk(exchange) || isFramed(exchange)) return false
  const page = valueOf(bodyText(exchange.responseBody))
  return page !== undefined && !hasWayOn(page) && visibleText(page) !== ''
}

const asksWhoIsSignedIn = (file: CaseFile): boolean => {
  const { attempt, attempts } = file
  const [only, ...more] = file.failurePoints
  if (
    !isSilent(file) ||
    more.length > 0 ||
    only?.kind !== 'authorization_error' ||
    !silentRefusals.has(only.error ?? '')
  )
    return false
  if (paramOf(file, 'id_token_hint') !== undefined) return false
  return !attempts.some(
    (other) =>
      other.startedAt < attempt.startedAt &&
      other !== attempt &&
      (sameClient(file, other.requests[0]?.sent) || (!file.request && landedBefore(attempt, other))) &&
      signedIn(other),
  )
}

const SIGNED_IN_AGAIN_WITHIN = 10 * 60_000

/**
 * A renewal that was refused before the user signed in anew: the session was over. Where the server asked the user for
 * nothing, its session was there, and the refusal stays a failure.
 */
const isMadeGood = (file: CaseFile): boolean => {
  const { attempt, attempts } = file
  const isRefusal = isSilent(file) ? refusesSilently : attempt.kind === 'refresh_token' ? refusesRefresh : () => false
  const last = file.failurePoints.at(-1)
  if (!last || !file.failurePoints.every(isRefusal)) return false
  const end = last.at
  return attempts.some((other) => {
    const request = other.requests[0]
    return (
      request !== undefined &&
      request.at >= end &&
      request.at - end <= SIGNED_IN_AGAIN_WITHIN &&
      (file.client_id === undefined ? other.tabId === attempt.tabId : sameClient(file, request.sent)) &&
      askedTheUser(other, request.at) &&
      signedIn(other)
    )
  })
}

/**
 * The user said no on a page that did not lead back, and yes when the client asked again. Where the words of that page were
 * not seen, it may have been so if the user had been shown a page before.
 */
const isAllowedAfterAll = ({ attempt, attempts, failurePoints }: CaseFile): boolean => {
  const wasAsked = [...attempt.requests, ...attempt.interactions].some(({ exchange }) => isOk(exchange))
  const mayBeDenial = ({ kind, status, exchange }: FailurePoint) =>
    wasAsked && kind === 'authorization_page' && (status ?? 0) < 500 && exchange.responseBody.state === 'unobserved'
  return (
    failurePoints.length > 0 &&
    failurePoints.every((point) => isShownDenial(point) || mayBeDenial(point)) &&
    attempts.some((other) => other.retryOf === attempt.id && signedIn(other))
  )
}

const refusesSilently = ({ error }: FailurePoint): boolean => silentRefusals.has(error ?? '')

/** Without the body, a 400 is what `invalid_grant` comes with (RFC 6749 section 5.2). */
const refusesRefresh = ({ kind, error, status }: FailurePoint): boolean =>
  kind === 'token_error' && (error === 'invalid_grant' || (error === undefined && status === 400))

/** No redirect chain takes as long as a person. */
const A_PERSON_TAKES = 3000

const askedTheUser = ({ interactions, responses: [response] }: CaseFile['attempt'], since: number): boolean =>
  interactions.some(({ exchange }) => exchange.method === 'POST') ||
  (response !== undefined && response.at - since > A_PERSON_TAKES)

/** Where the request was not seen, an answer that comes in a frame is one to `prompt=none`: nobody signs in there. */
const isSilent = (file: CaseFile): boolean =>
  file.request
    ? (paramOf(file, 'prompt')?.split(' ').includes('none') ?? false)
    : file.attempt.responses.some(({ exchange }) => isFramed(exchange))

const landedBefore = ({ responses, startedAt }: CaseFile['attempt'], other: CaseFile['attempt']): boolean =>
  other.responses.some(
    ({ deliveredTo, at }) =>
      at < startedAt && responses.some((response) => originOf(response.deliveredTo) === originOf(deliveredTo)),
  )

const paramOf = (file: CaseFile, name: string) => file.request && paramValue(file.request.parameters, name)

const sameClient = (file: CaseFile, sent: Parameters<typeof paramValue>[0] | undefined): boolean =>
  sent !== undefined && file.client_id !== undefined && paramValue(sent, 'client_id') === file.client_id

const signedIn = (attempt: CaseFile['attempt']): boolean =>
  attempt.tokenCalls.some(isUsable) || attempt.responses.some(({ parameters }) => !hasParam(parameters, 'error'))

const isDone = (file: CaseFile): boolean => {
  const { attempt, world } = file
  if (attempt.tokenCalls.some((call) => isUsable(call) || isFoundAllTheSame(call, world))) return true
  if (attempt.tokenCalls.length > 0) return false
  switch (attempt.kind) {
    case 'discovery':
      // Where an API asked for a token, the metadata is a beginning, and nothing was reached by it.
      return (
        attempt.apiCalls.length === 0 && hasEnded(attempt) && attempt.documents.some(({ exchange }) => isOk(exchange))
      )
    case 'logout':
    case 'client_registration':
    case 'unknown':
    case 'federated_credential':
      return hasEnded(attempt)
    case 'api_access':
      return hasEnded(attempt) && !isTurnedAway(attempt)
    case 'device_code':
      return false
    default:
      return (
        !wasLeftAtCallback(file) &&
        attempt.responses.some(
          ({ parameters, exchange }) => !hasParam(parameters, 'error') && exchange.endedAt !== undefined,
        )
      )
  }
}

/** The page was told to be elsewhere, or to stop, while the client’s server still had to answer. */
export const wasLeftAtCallback = ({ attempt }: CaseFile): boolean =>
  attempt.responses.length > 0 &&
  attempt.responses.every(
    ({ exchange: { url, status, error } }) =>
      /^https?:/i.test(url) &&
      status.state !== 'present' &&
      error !== undefined &&
      transportKindOf(error) === 'cancelled',
  )

/** A look for metadata that brought none: there is nothing to wait for. */
const isUnanswered = ({ kind, documents, messages }: CaseFile['attempt']): boolean =>
  kind === 'discovery' &&
  messages.length === documents.length &&
  documents.every(({ exchange }) => exchange.endedAt !== undefined && !isOk(exchange))

/** The API never let anybody in; where nobody had a token yet, that is how it asks for a login. */
const isTurnedAway = ({ kind, apiCalls }: CaseFile['attempt']): boolean =>
  kind === 'api_access' &&
  apiCalls.length > 0 &&
  apiCalls.every(({ exchange }) => (valueOf(exchange.status) ?? 0) >= 400)

const hasEnded = ({ messages }: CaseFile['attempt']): boolean =>
  messages.every(({ exchange }) => exchange.endedAt !== undefined)

/** The callback is a page that was just loaded, so it may be a page that redeems its code itself. */
const mayStillRedeem = ({ attempt, world }: CaseFile): boolean =>
  attempt.after.length === 0 &&
  attempt.responses.every(({ exchange, at }) => world.now - (exchange.endedAt ?? at) <= SILENCE)

/**
 * A code was delivered, and neither tokens nor a session show that the client could use it; or it set a cookie, and had
 * lost what it needs to check the answer.
 */
const isLastSeenAtCallback = ({ attempt, world }: CaseFile): boolean =>
  attempt.kind !== 'logout' &&
  attempt.tokenCalls.length === 0 &&
  attempt.handovers.length === 0 &&
  attempt.responses.some(({ parameters }) => hasParam(parameters, 'code')) &&
  !attempt.responses.some(({ parameters }) => hasParam(parameters, 'access_token')) &&
  (lostOfLogin(attempt, world).length > 0 ||
    ![...attempt.responses, ...attempt.after].some(
      ({ exchange }) => headerList(exchange.responseHeaders, 'set-cookie').state === 'present',
    ))
