import type { EpochMs, ResourceType } from '../model/recording'
import { originOf, landingOf, withoutQuery } from '../model/url'
import { type Sighting, bodyParameters, carriesToken, jsonObject, urlParameters } from './login-structure'

/** Hosts to leave out and endpoints to treat as such, from the settings. */
export interface RelevanceSettings {
  readonly recordOnly: readonly string[]
  readonly ignore: readonly string[]
  readonly extraEndpoints: readonly { readonly url: string }[]
}

/** What the recording has taught so far. Rebuilt from the log whenever the worker starts. */
export interface LoginContext {
  /** URLs without query: of metadata, settings, and of requests that were kept for what they sent. */
  readonly endpoints: Set<string>
  /** URLs without query that authorization responses are sent to. */
  readonly redirectUris: Set<string>
  /** Origins of clients and authorization servers. */
  readonly parties: Set<string>
  /** Codes that clients were answered with. */
  readonly codes: Set<string>
  /** Origins that were sent an access token. */
  readonly resourceServers: Set<string>
  /** Tabs with a login under way. */
  readonly active: Map<number, { since: EpochMs; until: EpochMs }>
  /** Who opened a tab. */
  readonly openers: Map<number, number>
  settings: RelevanceSettings
}

export const newLoginContext = (settings: RelevanceSettings): LoginContext => ({
  endpoints: new Set(),
  redirectUris: new Set(),
  parties: new Set(),
  codes: new Set(),
  resourceServers: new Set(),
  active: new Map(),
  openers: new Map(),
  settings,
})

/** How long what is not recognised is remembered, and how far before an authorization request a login may begin. */
export const holdMs = 60_000
/** How long a user may take at the authorization server. */
const loginMs = 10 * 60_000
/** How long after an answer the client may still be setting up its session. */
const afterLoginMs = 60_000

export const isDocument = (type: ResourceType): boolean => type === 'main_frame' || type === 'sub_frame'

const isAuthorizationRequest = (parameters: ReadonlyMap<string, string>): boolean =>
  parameters.has('SAMLRequest') ||
  parameters.get('wa')?.startsWith('wsignin') === true ||
  (parameters.has('client_id') && !parameters.has('post_logout_redirect_uri') && !parameters.has('grant_type')) ||
  (parameters.has('response_type') && !parameters.has('code'))

const isAuthorizationResponse = (parameters: ReadonlyMap<string, string>): boolean =>
  ['code', 'error', 'id_token', 'access_token', 'response', 'SAMLResponse'].some((name) => parameters.has(name))

const addOrigin = (origins: Set<string>, address: string | undefined): void => {
  const origin = address === undefined ? undefined : originOf(address)
  if (origin !== undefined && !origin.startsWith('chrome-extension:') && !origin.startsWith('moz-extension:'))
    origins.add(origin)
}

const activate = (tabId: number, since: EpochMs, until: EpochMs, context: LoginContext): void => {
  // The page that opened a popup waits for it and goes on when it closes.
  for (const tab of new Set([tabId, context.openers.get(tabId) ?? tabId])) {
    if (tab < 0) continue
    const login = context.active.get(tab)
    const continues = login !== undefined && login.until >= since
    context.active.set(tab, { since: continues ? login.since : since, until })
  }
}

const learnFromRequest = (
  parameters: ReadonlyMap<string, string>,
  target: string,
  client: string | undefined,
  seen: Sighting,
  context: LoginContext,
): void => {
  const redirectUri = parameters.get('redirect_uri') ?? parameters.get('wreply')
  if (redirectUri !== undefined) {
    context.redirectUris.add(landingOf(redirectUri, target))
    addOrigin(context.parties, redirectUri)
  }
  if (parameters.has('grant_type') || isAuthorizationRequest(parameters)) {
    context.endpoints.add(withoutQuery(target))
    addOrigin(context.parties, target)
    addOrigin(context.parties, client)
  }
  if (parameters.has('grant_type')) activate(seen.tabId, seen.at, seen.at + afterLoginMs, context)
  else if (isDocument(seen.resourceType) && isAuthorizationRequest(parameters))
    activate(seen.tabId, seen.at, seen.at + loginMs, context)
}

const learnFromMetadata = (text: string, context: LoginContext): void => {
  const metadata = jsonObject(text)
  if (typeof metadata?.['issuer'] !== 'string') return
  for (const [name, value] of Object.entries(metadata)) {
    if (typeof value === 'string' && /(_endpoint|jwks_uri)$/.test(name)) context.endpoints.add(withoutQuery(value))
  }
}

const sizeOf = (context: LoginContext): string =>
  [
    context.endpoints.size,
    context.redirectUris.size,
    context.parties.size,
    context.codes.size,
    context.resourceServers.size,
    ...[...context.active].map(([tab, { until }]) => `${tab}:${until}`),
  ].join()

/**
 * Takes what a kept request teaches into the context.
 *
 * @returns whether anything new was learnt, so that what is held must be looked at again.
 */
export const learn = (seen: Sighting, context: LoginContext): boolean => {
  const before = sizeOf(context)
  const sent = new Map([...urlParameters(seen.url), ...bodyParameters(seen.requestBody)])
  learnFromRequest(sent, seen.url, seen.initiator, seen, context)
  // The redirect that starts a login shows the client; the one that ends it shows nothing new.
  if (seen.redirectUrl !== undefined)
    learnFromRequest(urlParameters(seen.redirectUrl), seen.redirectUrl, seen.url, seen, context)
  if (seen.requestHeaders && carriesToken(seen.requestHeaders)) addOrigin(context.resourceServers, seen.url)
  if (seen.responseText !== undefined) learnFromMetadata(seen.responseText, context)
  if (
    isDocument(seen.resourceType) &&
    isAuthorizationResponse(sent) &&
    !isAuthorizationRequest(sent) &&
    isActive(seen.tabId, seen.at, context)
  ) {
    activate(seen.tabId, seen.at, seen.at + afterLoginMs, context)
    const code = sent.get('code')
    if (code !== undefined) context.codes.add(code)
  }
  return sizeOf(context) !== before
}

/** Whether a login is under way in a tab, the minute before its authorization request included. */
export const isActive = (tabId: number, at: EpochMs, context: LoginContext): boolean => {
  const login = context.active.get(tabId)
  return login !== undefined && at >= login.since - holdMs && at <= login.until
}

/** Links a tab to its opener, so that a login in either is a login of both. */
export const learnOpener = (tabId: number, openerTabId: number, context: LoginContext): void => {
  context.openers.set(tabId, openerTabId)
}

export const forgetTab = (tabId: number, context: LoginContext): void => {
  context.active.delete(tabId)
  context.openers.delete(tabId)
}
