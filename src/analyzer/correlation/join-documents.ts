import type { DocumentMessage, Message, TokenManagementRequest } from '../../model/message'
import { valueOf } from '../../model/observed'
import { originOf } from '../../model/url'
import { type Draft, type Drafts, requestOf } from './draft'

/**
 * Metadata and keys belong to the login of the same tab that used that server next (or last). What could not be fetched
 * and was never followed by a login is an attempt of its own: without metadata nothing else is sent.
 */
export const joinDocuments = (drafts: Drafts, messages: readonly Message[]): void => {
  const attempts = [...drafts.all]
  const orphans: DocumentMessage[] = []
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
    if (isManagement(message)) {
      const draft = attempts.findLast(
        (candidate) =>
          candidate.tabId === drafts.world.tabOf(message.exchange) &&
          serverOf(candidate) === originOf(message.exchange.url),
      )
      if (draft) drafts.add(draft, message, 'authorization server')
      else drafts.open(message.kind === 'client_registration_request' ? 'client_registration' : 'unknown', message)
    }
  }
  openDiscovery(drafts, orphans)
}

const isManagement = (message: Message): message is TokenManagementRequest =>
  message.kind === 'introspection_request' ||
  message.kind === 'revocation_request' ||
  message.kind === 'client_registration_request'

const serverOf = (draft: Draft): string | undefined => {
  const first = requestOf(draft) ?? draft.messages.find(({ kind }) => kind === 'token_request')
  return first && originOf(first.exchange.url)
}

const loginOf = (attempts: readonly Draft[], message: DocumentMessage, drafts: Drafts): Draft | undefined => {
  const tab = drafts.world.tabOf(message.exchange)
  const json = valueOf(message.response.json)
  const origins = new Set(
    [message.exchange.url, json?.['issuer'], json?.['authorization_endpoint'], json?.['token_endpoint']]
      .filter((url): url is string => typeof url === 'string')
      .map(originOf),
  )
  const candidates = attempts.filter((draft) => {
    const server = serverOf(draft)
    return draft.tabId === tab && server !== undefined && origins.has(server)
  })
  return candidates.find((draft) => draft.messages[0]!.at >= message.at) ?? candidates.at(-1)
}

const openDiscovery = (drafts: Drafts, orphans: readonly DocumentMessage[]): void => {
  const open = new Map<string, Draft>()
  for (const message of orphans) {
    const key = `${drafts.world.tabOf(message.exchange)} ${originOf(message.exchange.url)}`
    const draft = open.get(key)
    if (draft) drafts.add(draft, message, 'same server')
    else open.set(key, drafts.open('discovery', message))
  }
}
