import type { FlowKind } from '../../model/analysis'
import { header } from '../../model/headers'
import type { Message, TokenRequest } from '../../model/message'
import { valueOf } from '../../model/observed'
import { paramValue, paramValues } from '../../model/parameters'
import { decodeOnce, originOf } from '../../model/url'
import { type Draft, type Drafts, messagesOf, requestOf, requestParam } from './draft'

const grants: Readonly<Record<string, FlowKind>> = {
  authorization_code: 'authorization_code',
  refresh_token: 'refresh_token',
  client_credentials: 'client_credentials',
  password: 'password',
  'urn:ietf:params:oauth:grant-type:device_code': 'device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange': 'token_exchange',
  'urn:ietf:params:oauth:grant-type:jwt-bearer': 'token_exchange',
}

/** Token calls find their attempt by `code`, `code_verifier` or `device_code`; other grants are attempts of their own. */
export const joinTokenRequests = (drafts: Drafts, messages: readonly Message[]): void => {
  const codes = codesOf(drafts)
  for (const message of messages) {
    if (message.kind === 'device_authorization_request') drafts.open('device_code', message)
    if (message.kind !== 'token_request') continue
    const found =
      byCode(codes, message) ??
      byVerifier(drafts, message) ??
      byDeviceCode(drafts, message) ??
      byRepeat(drafts, message) ??
      byUnseenRepeat(drafts, message) ??
      byPlace(drafts, message)
    if (found) drafts.add(found.draft, message, found.by)
    const draft = found?.draft ?? openFor(drafts, message)
    const code = codeOf(message)
    if (code !== undefined && found?.by !== BY_CODE) codes.push({ code, at: message.at, draft })
  }
}

const openFor = (drafts: Drafts, message: TokenRequest): Draft => {
  const draft = drafts.open(grants[paramValue(message.parameters, 'grant_type') ?? ''] ?? guess(message), message)
  const source = issuerOfRefreshToken(drafts, message)
  if (source) draft.parent = source.id
  return draft
}

const BY_CODE = 'code'

/** A code as it was issued, or as a call redeemed it whose answer from the authorization endpoint was not seen. */
interface Code {
  readonly code: string
  readonly at: number
  readonly draft: Draft
}

const codesOf = (drafts: Drafts): Code[] =>
  drafts.all.flatMap((draft) =>
    messagesOf(draft, 'authorization_response').flatMap(({ parameters, at }) => {
      const code = paramValue(parameters, 'code')
      return code === undefined ? [] : [{ code, at, draft }]
    }),
  )

const codeOf = (message: TokenRequest): string | undefined =>
  paramValues(message.parameters, 'code').find((value) => value !== '')

interface Joined {
  readonly draft: Draft
  readonly by: string
}

const guess = (message: TokenRequest): FlowKind =>
  paramValue(message.parameters, 'refresh_token') !== undefined ? 'refresh_token' : 'unknown'

const byCode = (codes: readonly Code[], message: TokenRequest): Joined | undefined => {
  const sent = codeOf(message)
  // Some servers call it otherwise (`auth_code`).
  const values = sent === undefined ? message.parameters.list.map(({ value }) => value) : [sent]
  const find = (same: (code: string) => boolean) => codes.findLast(({ code, at }) => at <= message.at && same(code))
  const exact = find((code) => values.includes(code))
  if (exact) return { draft: exact.draft, by: BY_CODE }
  // Codes that were cut or encoded once too often still say whose they are.
  const damaged = sent === undefined ? undefined : find((code) => isDamaged(sent, code))
  return damaged && { draft: damaged.draft, by: 'code (damaged)' }
}

const isDamaged = (sent: string, code: string): boolean =>
  decodeOnce(sent) === code ||
  decodeOnce(code) === sent ||
  (sent.length >= 8 && (code.startsWith(sent) || sent.startsWith(code)))

const byVerifier = (drafts: Drafts, message: TokenRequest): Joined | undefined => {
  const verifier = paramValue(message.parameters, 'code_verifier')
  if (verifier === undefined) return undefined
  const draft = drafts.all.findLast((candidate) => {
    const challenge = requestParam(candidate, 'code_challenge')
    return (
      challenge !== undefined && (challenge === verifier || drafts.world.values.hashesTo('S256', verifier, challenge))
    )
  })
  return draft && { draft, by: 'code_verifier' }
}

const byDeviceCode = (drafts: Drafts, message: TokenRequest): Joined | undefined => {
  const code = paramValue(message.parameters, 'device_code')
  if (code === undefined) return undefined
  const draft = drafts.all.findLast((candidate) =>
    candidate.messages.some(
      (other) =>
        (other.kind === 'device_authorization_request' &&
          paramValue(other.response.parameters, 'device_code') === code) ||
        (other.kind === 'token_request' && paramValue(other.parameters, 'device_code') === code),
    ),
  )
  return draft && { draft, by: 'device_code' }
}

const REPEAT_WITHIN = 10_000

/** The DPoP nonce dance (RFC 9449 section 8) and plain retries repeat one call; they are one attempt. */
const byRepeat = (drafts: Drafts, message: TokenRequest): Joined | undefined => {
  const grant = paramValue(message.parameters, 'grant_type')
  if (grant === undefined || grant === 'authorization_code') return undefined
  const draft = drafts.all.findLast((candidate) => {
    const last = messagesOf(candidate, 'token_request').at(-1)
    return (
      last !== undefined &&
      message.at - last.at <= REPEAT_WITHIN &&
      last.exchange.endedAt !== undefined &&
      last.exchange.endedAt <= message.at &&
      last.exchange.tabId === message.exchange.tabId &&
      last.exchange.url === message.exchange.url &&
      last.response.status.state === 'present' &&
      last.response.status.value >= 400 &&
      sameGrant(last, message)
    )
  })
  return draft && { draft, by: 'repeated call' }
}

const sameGrant = (a: TokenRequest, b: TokenRequest): boolean =>
  ['grant_type', 'refresh_token', 'client_id', 'username', 'subject_token'].every(
    (name) => paramValue(a.parameters, name) === paramValue(b.parameters, name),
  )

/** No access token is to be renewed so soon after it was issued. */
const NOTHING_DUE_WITHIN = 3000

/** Two token calls of one page whose bodies nobody saw: the second follows too closely for a refresh, and is as long as the first. */
const byUnseenRepeat = (drafts: Drafts, message: TokenRequest): Joined | undefined => {
  if (!message.parameters.hidden) return undefined
  const draft = drafts.all.findLast((candidate) => {
    const last = messagesOf(candidate, 'token_request').at(-1)
    return (
      last?.parameters.hidden !== undefined &&
      messagesOf(candidate, 'authorization_response').length > 0 &&
      message.at - last.at <= NOTHING_DUE_WITHIN &&
      last.exchange.url === message.exchange.url &&
      last.exchange.tabId === message.exchange.tabId &&
      last.exchange.documentId === message.exchange.documentId &&
      lengthSent(last) === lengthSent(message)
    )
  })
  return draft && { draft, by: 'repeated call' }
}

const lengthSent = ({ exchange }: TokenRequest): string | undefined =>
  valueOf(header(exchange.requestHeaders, 'content-length'))

/** Without a code that says so: the latest login of the same page that was answered with a code and never redeemed. */
const byPlace = (drafts: Drafts, message: TokenRequest): Joined | undefined => {
  const grant = paramValue(message.parameters, 'grant_type')
  if (grant !== undefined && grant !== 'authorization_code') return undefined
  const tab = drafts.world.tabOf(message.exchange)
  const draft = drafts.all.findLast((candidate) => {
    const request = requestOf(candidate)
    const answered = messagesOf(candidate, 'authorization_response').at(-1)
    return (
      candidate.tabId === tab &&
      answered !== undefined &&
      answered.at <= message.at &&
      paramValue(answered.parameters, 'code') !== undefined &&
      messagesOf(candidate, 'token_request').length === 0 &&
      (request === undefined || sameClient(candidate, message)) &&
      (message.exchange.initiator === undefined ||
        originOf(message.exchange.initiator) === originOf(answered.deliveredTo))
    )
  })
  return draft && { draft, by: 'tab and time' }
}

const sameClient = (draft: Draft, message: TokenRequest): boolean => {
  const asked = requestParam(draft, 'client_id')
  return asked === undefined || message.client_id.state !== 'present' || message.client_id.value === asked
}

const issuerOfRefreshToken = (drafts: Drafts, message: TokenRequest): Draft | undefined => {
  const token = paramValue(message.parameters, 'refresh_token')
  if (token === undefined) return undefined
  return drafts.all.findLast((draft) =>
    messagesOf(draft, 'token_request').some((call) => paramValue(call.response.parameters, 'refresh_token') === token),
  )
}
