import type { DocumentMessage, Message, TokenManagementRequest } from '../../model/message'
import { valueOf } from '../../model/observed'
import { originOf } from '../../model/url'
import { holdsToken, isRefused } from '../recognition/api-call'
import { type Draft, type Drafts, messagesOf, requestOf, requestParam } from './draft'

/**
 * Metadata and keys belong to the login of the same tab that used that server next (or last). What could not be fetched
 * and was never followed by a login is an attempt of its own: without metadata nothing else is sent.
 */
export const joinDocuments = (drafts: Drafts, messages: readonly Message[]): void => {
  const attempts = [...drafts.all]
  const orphans: DocumentMessage[] = []
  const calls: TokenManagementRequest[] = []
  for (const message of messages) {
    if (
      message.kind === 'provider_metadata' ||
      message.kind === 'jwks' ||
      message.kind === 'protected_resource_metadata'
    ) {
      const draft = loginOf(attempts, message, drafts)
      if (draft) drafts.add(draft, message, 'issuer')
      else orphans.push(message)
    }
    if (isManagement(message)) calls.push(message)
  }
  openDiscovery(drafts, orphans)
  for (const call of calls) joinManagement(drafts, attempts, call)
}

const joinManagement = (drafts: Drafts, attempts: readonly Draft[], call: TokenManagementRequest): void => {
  const tab = drafts.world.tabOf(call.exchange)
  const server = originOf(call.exchange.url)
  const users = attempts.filter((draft) => draft.tabId === tab && serverOf(draft) === server)
  const isRegistration = call.kind === 'client_registration_request'
  // A client registers before it logs in; what it does with tokens comes after.
  const draft =
    (isRegistration ? users.find((user) => user.messages[0]!.at >= call.at) : undefined) ??
    users.at(-1) ??
    (isRegistration ? chainBefore(drafts, tab, call) : undefined)
  if (!draft) drafts.open(isRegistration ? 'client_registration' : 'unknown', call)
  else {
    drafts.add(draft, call, 'authorization server')
    if (draft.kind === 'discovery') draft.kind = 'client_registration'
  }
}

/** The reading of metadata that ends with a registration, and with no login. */
const chainBefore = (drafts: Drafts, tab: number, { exchange, at }: TokenManagementRequest): Draft | undefined =>
  drafts.all.findLast(
    (draft) =>
      draft.kind === 'discovery' &&
      draft.tabId === tab &&
      messagesOf(draft, 'protected_resource_metadata').length > 0 &&
      draft.messages.some((message) => message.at <= at && originOf(message.exchange.url) === originOf(exchange.url)),
  )

const isManagement = (message: Message): message is TokenManagementRequest =>
  message.kind === 'introspection_request' ||
  message.kind === 'revocation_request' ||
  message.kind === 'client_registration_request'

const serverOf = (draft: Draft): string | undefined => {
  const first = requestOf(draft) ?? messagesOf(draft, 'token_request', 'pushed_authorization_request')[0]
  return first && originOf(first.exchange.url)
}

const loginOf = (attempts: readonly Draft[], message: DocumentMessage, drafts: Drafts): Draft | undefined => {
  const tab = drafts.world.tabOf(message.exchange)
  const json = valueOf(message.response.json)
  const origins = new Set(
    [message.exchange.url, json?.['issuer'], json?.['authorization_endpoint'], json?.['token_endpoint']]
      .concat(json?.['authorization_servers'])
      .filter((url): url is string => typeof url === 'string')
      .map(originOf),
  )
  const candidates = attempts.filter((draft) => {
    const server = serverOf(draft)
    return draft.tabId === tab && server !== undefined && (origins.has(server) || isResourceOf(message, draft))
  })
  return candidates.find((draft) => draft.messages[0]!.at >= message.at) ?? candidates.at(-1)
}

/** RFC 8707: the login names the API whose metadata was read. */
const isResourceOf = ({ kind, exchange }: DocumentMessage, draft: Draft): boolean => {
  const resource = kind === 'protected_resource_metadata' ? requestParam(draft, 'resource') : undefined
  return resource !== undefined && originOf(resource) === originOf(exchange.url)
}

const openDiscovery = (drafts: Drafts, orphans: readonly DocumentMessage[]): void => {
  const open = new Map<string, Draft>()
  for (const message of orphans) {
    const tab = drafts.world.tabOf(message.exchange)
    const keyOf = (url: string): string => `${tab} ${originOf(url)}`
    const isResource = message.kind === 'protected_resource_metadata'
    const known = open.get(keyOf(message.exchange.url)) ?? (isResource ? askedFrom(drafts, tab, message) : undefined)
    if (known) drafts.add(known, message, 'same server')
    const draft = known ?? drafts.open('discovery', message)
    draft.kind = 'discovery'
    open.set(keyOf(message.exchange.url), draft)
    if (!isResource) continue
    const servers = valueOf(message.response.json)?.['authorization_servers']
    for (const server of Array.isArray(servers) ? servers : []) {
      if (typeof server === 'string') open.set(keyOf(server), draft)
    }
  }
}

/** The refused call, without a token, that sent the client to this metadata (RFC 9728 section 5.1). */
const askedFrom = (drafts: Drafts, tab: number, { exchange, at }: DocumentMessage): Draft | undefined =>
  drafts.all.findLast((draft) => {
    const calls = messagesOf(draft, 'api_call')
    const [first] = calls
    return (
      draft.kind === 'api_access' &&
      draft.tabId === tab &&
      first !== undefined &&
      first.at <= at &&
      originOf(first.exchange.url) === originOf(exchange.url) &&
      calls.every((call) => isRefused(call) && !holdsToken(call))
    )
  })
