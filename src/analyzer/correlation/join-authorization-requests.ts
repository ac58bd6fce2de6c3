import type { FlowKind } from '../../model/analysis'
import type { AuthorizationRequest, Message, PushedAuthorizationRequest } from '../../model/message'
import { paramValue } from '../../model/parameters'
import { originOf, landingOf, withoutQuery } from '../../model/url'
import { isOk } from '../facts/failure-points'
import { type Draft, type Drafts, messagesOf, requestOf, requestParam } from './draft'

/** One attempt for each request, except where it is the same request again or a page of the server on its way. */
export const joinAuthorizationRequests = (drafts: Drafts, messages: readonly Message[]): void => {
  const pushes = pushesOf(messages)
  const used = new Map<Push, string | undefined>()
  for (const message of messages) {
    if (message.kind !== 'authorization_request') continue
    const push = message.by === 'pushed' ? pushFor(message, pushes, used, drafts) : undefined
    const reference = push?.at(-1)
    const request = reference ? withPushed(message, reference) : message
    const known = drafts.all.findLast((draft) => isSameLogin(draft, request, drafts))
    if (known) {
      const first = requestOf(known)!
      const again =
        withoutQuery(first.exchange.url) === withoutQuery(request.exchange.url) && request.exchange.method !== 'POST'
      if (again) drafts.add(known, request, 'state')
      else
        drafts.add(
          known,
          { kind: 'user_interaction', exchange: request.exchange, at: request.at, basis: request.basis },
          'state',
        )
      continue
    }
    const draft = drafts.open(flowKind(request), request)
    if (push && !used.has(push)) {
      used.set(push, paramValue(request.sent, 'request_uri'))
      draft.messages.unshift(...push)
      for (const [index, { exchange }] of push.entries()) {
        drafts.byExchange.set(exchange.id, draft)
        const next = push[index + 1]
        draft.links.push({ from: exchange.id, to: (next ?? request).exchange.id, by: next ? REPEATED : 'request_uri' })
      }
    }
  }
  for (const push of pushes) if (!used.has(push)) openPushed(drafts, push)
}

/** One request as it was pushed: once, or again after the server asked for a DPoP nonce (RFC 9449 section 8) or failed. */
type Push = readonly [PushedAuthorizationRequest, ...PushedAuthorizationRequest[]]

const REPEATED = 'repeated call'
const REPEAT_WITHIN = 10_000

const pushesOf = (messages: readonly Message[]): readonly Push[] => {
  const pushes: [PushedAuthorizationRequest, ...PushedAuthorizationRequest[]][] = []
  for (const message of messages) {
    if (message.kind !== 'pushed_authorization_request') continue
    const known = pushes.findLast((push) => isRepeatOf(push.at(-1)!, message))
    if (known) known.push(message)
    else pushes.push([message])
  }
  return pushes
}

const isRepeatOf = (last: PushedAuthorizationRequest, message: PushedAuthorizationRequest): boolean =>
  isAnswered(last) &&
  (last.exchange.endedAt ?? last.at) <= message.at &&
  message.at - last.at <= REPEAT_WITHIN &&
  last.exchange.tabId === message.exchange.tabId &&
  last.exchange.url === message.exchange.url &&
  !isOk(last.exchange) &&
  ['client_id', 'state', 'code_challenge', 'nonce'].every(
    (name) => paramValue(last.parameters, name) === paramValue(message.parameters, name),
  )

/** The end of an answer may be missed where its head was seen. */
const isAnswered = ({ exchange }: PushedAuthorizationRequest): boolean =>
  exchange.endedAt !== undefined || exchange.status.state === 'present'

/**
 * The push whose answer gave this `request_uri`. A page that navigates at once takes the answer's body with it; then the
 * latest push of this client in the tab that was taken, gave no other, and was used for no other.
 */
const pushFor = (
  request: AuthorizationRequest,
  pushes: readonly Push[],
  used: ReadonlyMap<Push, string | undefined>,
  { world }: Drafts,
): Push | undefined => {
  const reference = paramValue(request.sent, 'request_uri')
  const given = (push: Push) => paramValue(push.at(-1)!.response.parameters, 'request_uri')
  const earlier = pushes.filter((push) => push.at(-1)!.at <= request.at)
  return (
    earlier.findLast((push) => given(push) === reference) ??
    earlier.findLast((push) => {
      const last = push.at(-1)!
      return (
        (!used.has(push) || used.get(push) === reference) &&
        given(push) === undefined &&
        isOk(last.exchange) &&
        world.tabOf(last.exchange) === world.tabOf(request.exchange) &&
        paramValue(last.parameters, 'client_id') === paramValue(request.sent, 'client_id')
      )
    })
  )
}

const openPushed = (drafts: Drafts, [first, ...more]: Push): void => {
  const draft = drafts.open('authorization_code', first)
  for (const message of more) drafts.add(draft, message, REPEATED)
}

const withPushed = (request: AuthorizationRequest, pushed: PushedAuthorizationRequest): AuthorizationRequest => ({
  ...request,
  parameters: pushed.parameters,
  pushed,
})

/** A request whose answer is out is finished: the same `state` after that is a new attempt (the back button). */
const isSameLogin = (draft: Draft, request: AuthorizationRequest, drafts: Drafts): boolean => {
  const first = requestOf(draft)
  if (!first || originOf(first.exchange.url) !== originOf(request.exchange.url)) return false
  if (
    requestParam(draft, 'client_id') !==
    (paramValue(request.parameters, 'client_id') ?? paramValue(request.sent, 'client_id'))
  ) {
    return false
  }
  if (followsInChain(request, draft, drafts)) return true
  const state = paramValue(request.parameters, 'state')
  const sameState = state !== undefined && state === requestParam(draft, 'state')
  const sameUrl = first.exchange.url === request.exchange.url
  const sameTab = draft.tabId === drafts.world.tabOf(request.exchange)
  return sameTab && (sameState || sameUrl) && !answeredBefore(first, request.at, drafts)
}

const followsInChain = (request: AuthorizationRequest, draft: Draft, drafts: Drafts): boolean => {
  const previous = request.exchange.previousHop
  return previous !== undefined && drafts.byExchange.get(previous) === draft
}

const answeredBefore = (first: AuthorizationRequest, at: number, drafts: Drafts): boolean => {
  const redirectUri = paramValue(first.parameters, 'redirect_uri')
  if (redirectUri === undefined) return false
  return drafts.world.messages.some(
    (message) =>
      message.kind === 'authorization_response' &&
      message.at > first.at &&
      message.at < at &&
      message.deliveredTo === landingOf(redirectUri, first.exchange.url) &&
      paramValue(message.parameters, 'state') === paramValue(first.parameters, 'state'),
  )
}

/** RFC 6749 section 4, OAuth 2.0 Multiple Response Types; `prompt=none` in a frame is a silent renewal. */
export const flowKind = (request: AuthorizationRequest): FlowKind => {
  const silent = paramValue(request.parameters, 'prompt')?.split(' ').includes('none') ?? false
  if (silent && request.exchange.parentFrameId >= 0) return 'silent_renewal'
  const types = (paramValue(request.parameters, 'response_type') ?? 'code').split(/\s+/)
  if (!types.includes('code') && (types.includes('token') || types.includes('id_token'))) return 'implicit'
  return types.includes('code') && types.length > 1 ? 'hybrid' : 'authorization_code'
}

export const hasResponse = (draft: Draft): boolean => messagesOf(draft, 'authorization_response').length > 0
