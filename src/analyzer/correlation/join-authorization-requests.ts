import type { FlowKind } from '../../model/analysis'
import type { AuthorizationRequest, Message, PushedAuthorizationRequest } from '../../model/message'
import { paramValue } from '../../model/parameters'
import { originOf, landingOf, withoutQuery } from '../../model/url'
import { type Draft, type Drafts, messagesOf, requestOf, requestParam } from './draft'

/** One attempt for each request, except where it is the same request again or a page of the server on its way. */
export const joinAuthorizationRequests = (drafts: Drafts, messages: readonly Message[]): void => {
  const pushed = messages.filter(
    (message): message is PushedAuthorizationRequest => message.kind === 'pushed_authorization_request',
  )
  const used = new Set<PushedAuthorizationRequest>()
  for (const message of messages) {
    if (message.kind !== 'authorization_request') continue
    const reference = message.by === 'pushed' ? pushedFor(message, pushed) : undefined
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
    if (reference && !used.has(reference)) {
      used.add(reference)
      draft.messages.unshift(reference)
      drafts.byExchange.set(reference.exchange.id, draft)
      draft.links.push({ from: reference.exchange.id, to: request.exchange.id, by: 'request_uri' })
    }
  }
  for (const message of pushed) if (!used.has(message)) drafts.open('authorization_code', message)
}

const pushedFor = (
  request: AuthorizationRequest,
  pushed: readonly PushedAuthorizationRequest[],
): PushedAuthorizationRequest | undefined => {
  const reference = paramValue(request.sent, 'request_uri')
  return pushed.findLast(
    (candidate) => candidate.at <= request.at && paramValue(candidate.response.parameters, 'request_uri') === reference,
  )
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
