import type { EpochMs, ResourceType } from '../model/recording'
import { originOf, parseUrl, withoutQuery } from '../model/url'
import { type LoginContext, type RelevanceSettings, isActive, isDocument } from './login-context'
import { type Sighting, bodyParameters, tellsLogin, urlParameters, urlTellsLogin } from './login-structure'

/**
 * Whether a request belongs in the log, decided here and nowhere else.
 *
 * - **drop**: images, styles, scripts and other assets, and hosts the user does not want recorded.
 * - **keep**: what shows by its structure that it is part of a login, what goes to an endpoint or callback that a login
 *   has named, and what a tab with a login under way does with the parties of that login.
 * - **hold**: the rest. It is remembered for a minute, without bodies, and looked at again whenever something new is
 *   learnt: the page that set the state cookie is recognised by the authorization request that follows it.
 */
export type Relevance = 'keep' | 'hold' | 'drop'

const isStatic = (type: ResourceType): boolean =>
  type === 'image' || type === 'font' || type === 'stylesheet' || type === 'script' || type === 'websocket'

/** `*.example.com` matches the host and all below it; anything else the host alone, with its port if one is given. */
const matchesHost = (pattern: string, url: URL): boolean => {
  const wanted = pattern.trim().toLowerCase()
  const bare = wanted.replace(/^\*\./, '')
  return wanted.startsWith('*.')
    ? url.hostname === bare || url.hostname.endsWith(`.${bare}`)
    : wanted === '*' || url.hostname === bare || url.host === bare
}

const isUnwanted = (address: string, { recordOnly, ignore }: RelevanceSettings): boolean => {
  const url = parseUrl(address)
  if (!url) return false
  if (ignore.some((pattern) => matchesHost(pattern, url))) return true
  return recordOnly.length > 0 && !recordOnly.some((pattern) => matchesHost(pattern, url))
}

const isNamed = (address: string, context: LoginContext): boolean => {
  const url = withoutQuery(address)
  return (
    context.endpoints.has(url) ||
    context.redirectUris.has(url) ||
    context.settings.extraEndpoints.some((endpoint) => withoutQuery(endpoint.url) === url)
  )
}

const isParty = (address: string | undefined, context: LoginContext): boolean =>
  address !== undefined && context.parties.has(originOf(address) ?? '')

const belongsToLoginUnderWay = (seen: Sighting, context: LoginContext): boolean => {
  // Requests of service and shared workers have no tab; there the parties alone must tell.
  if (seen.tabId < 0) return isParty(seen.initiator, context) && isParty(seen.url, context)
  if (!isActive(seen.tabId, seen.at, context)) return false
  if (isParty(seen.url, context)) return true
  if (seen.resourceType === 'main_frame') return seen.at >= (context.active.get(seen.tabId)?.since ?? seen.at)
  if (isDocument(seen.resourceType)) return false
  if (context.resourceServers.has(originOf(seen.url) ?? '')) return true
  const failed = seen.error !== undefined || (seen.status ?? 0) >= 400
  return failed && isParty(seen.initiator, context)
}

/** A page hands its code to a server of the client, under any name: the value tells. */
const carriesCode = (seen: Sighting, { codes }: LoginContext): boolean =>
  codes.size > 0 &&
  [...bodyParameters(seen.requestBody).values(), ...urlParameters(seen.url).values()].some((value) => codes.has(value))

/** The rule. */
export const decide = (seen: Sighting, context: LoginContext): Relevance => {
  if (isStatic(seen.resourceType) || isUnwanted(seen.url, context.settings)) return 'drop'
  const isOfLogin =
    tellsLogin(seen) ||
    isNamed(seen.url, context) ||
    belongsToLoginUnderWay(seen, context) ||
    carriesCode(seen, context)
  return isOfLogin ? 'keep' : 'hold'
}

/** The rule for a document URL, where there is no request (fragments, history, a page restored from the cache). */
export const decideNavigation = (
  { url, tabId, at, outermost }: { url: string; tabId: number; at: EpochMs; outermost: boolean },
  context: LoginContext,
): Relevance => {
  if (isUnwanted(url, context.settings)) return 'drop'
  const inLogin = isActive(tabId, at, context)
  const related = urlTellsLogin(url) || isNamed(url, context)
  const afterStart = outermost && at >= (context.active.get(tabId)?.since ?? at)
  return related || (inLogin && (afterStart || isParty(url, context))) ? 'keep' : 'hold'
}
