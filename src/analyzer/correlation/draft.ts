import type { FlowKind } from '../../model/analysis'
import type { AuthorizationRequest, Message, MessageOf } from '../../model/message'
import { paramValue } from '../../model/parameters'
import type { Attempt, AttemptLink, World } from './attempt'

/** An attempt while its messages are being gathered. */
export interface Draft {
  readonly id: string
  kind: FlowKind
  readonly tabId: number
  readonly messages: Message[]
  readonly links: AttemptLink[]
  retryOf?: string
  parent?: string
  supersededBy?: string
}

export interface Drafts {
  readonly all: Draft[]
  readonly world: World
  /** The draft that an exchange belongs to. */
  readonly byExchange: Map<string, Draft>
  open(kind: FlowKind, message: Message): Draft
  add(draft: Draft, message: Message, by: string): void
}

export const newDrafts = (world: World): Drafts => {
  const all: Draft[] = []
  const byExchange = new Map<string, Draft>()
  return {
    all,
    world,
    byExchange,
    open: (kind, message) => {
      const draft: Draft = {
        id: `flow:${message.exchange.id}`,
        kind,
        tabId: world.tabOf(message.exchange),
        messages: [message],
        links: [],
      }
      all.push(draft)
      byExchange.set(message.exchange.id, draft)
      return draft
    },
    add: (draft, message, by) => {
      const from = draft.messages.at(-1)
      if (from) draft.links.push({ from: from.exchange.id, to: message.exchange.id, by })
      draft.messages.push(message)
      if (!byExchange.has(message.exchange.id)) byExchange.set(message.exchange.id, draft)
    },
  }
}

export const messagesOf = <K extends Message['kind']>(draft: Draft, ...kinds: readonly K[]): MessageOf<K>[] =>
  ofKinds(draft.messages, kinds)

const ofKinds = <K extends Message['kind']>(messages: readonly Message[], kinds: readonly K[]): MessageOf<K>[] =>
  messages.filter((message) => kinds.some((kind) => kind === message.kind)) as MessageOf<K>[]

export const requestOf = (draft: Draft): AuthorizationRequest | undefined =>
  messagesOf(draft, 'authorization_request')[0]

export const requestParam = (draft: Draft, name: string): string | undefined => {
  const request = requestOf(draft)
  return request && (paramValue(request.parameters, name) ?? paramValue(request.sent, name))
}

export const finish = (draft: Draft): Attempt => {
  const messages = [...draft.messages].sort((a, b) => a.at - b.at)
  const of = <K extends Message['kind']>(...kinds: readonly K[]) => ofKinds(messages, kinds)
  return {
    id: draft.id,
    kind: draft.kind,
    tabId: draft.tabId,
    startedAt: messages[0]!.at,
    requests: of('authorization_request'),
    pushed: of('pushed_authorization_request'),
    starts: of('login_start'),
    interactions: of('user_interaction'),
    responses: of('authorization_response'),
    handovers: of('code_handover'),
    tokenCalls: of('token_request'),
    deviceRequests: of('device_authorization_request'),
    apiCalls: of('api_call', 'userinfo_request'),
    after: of('after_callback'),
    documents: of('provider_metadata', 'protected_resource_metadata', 'jwks'),
    management: of('introspection_request', 'revocation_request', 'client_registration_request'),
    logoutRequests: of('end_session_request'),
    logoutResponses: of('logout_response'),
    federated: of('federated_request'),
    messages,
    links: draft.links,
    ...(draft.retryOf !== undefined && { retryOf: draft.retryOf }),
    ...(draft.parent !== undefined && { parent: draft.parent }),
    ...(draft.supersededBy !== undefined && { supersededBy: draft.supersededBy }),
  }
}
