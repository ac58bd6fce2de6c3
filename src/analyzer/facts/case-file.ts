import type { LocatorPart } from '../../model/analysis'
import { type Jwt, audiences, readJwt, stringClaim } from '../../model/jwt'
import type { AuthorizationRequest, AuthorizationResponse, EndSessionRequest, TokenRequest } from '../../model/message'
import { type Observed, unobserved, valueOf } from '../../model/observed'
import { param, paramValue } from '../../model/parameters'
import { originOf } from '../../model/url'
import type { Attempt, World } from '../correlation/attempt'
import type { ProviderProfile } from '../providers/provider'
import type { ServerMetadata } from '../recognition/known'
import { lazy } from '../../model/memoize'
import type { ServerClock } from './clock'
import { type FailurePoint, failurePointsOf } from './failure-points'

/** A token of the attempt and where it stands in the recording. */
export interface IssuedToken {
  readonly jwt: Jwt
  readonly exchangeId: string
  readonly part: LocatorPart
  readonly at: number
}

/**
 * What rules ask about one attempt: its messages, and the facts that several rules share, each computed once.
 * `attempts` are all attempts of the recording, oldest first.
 */
export interface CaseFile {
  readonly attempt: Attempt
  readonly attempts: readonly Attempt[]
  readonly world: World
  /** The authorization request that counts: the last one when it was repeated. */
  readonly request: AuthorizationRequest | undefined
  /** The first answer that carried something. */
  readonly response: AuthorizationResponse | undefined
  /** Code redemptions (and other grants) in order. */
  readonly tokenCalls: readonly TokenRequest[]
  /** A parameter of the authorization request; unobserved when the request came before the recording. */
  readonly asked: (name: string) => Observed<string>
  /** A parameter of the authorization response. */
  readonly answered: (name: string) => Observed<string>
  readonly client_id: string | undefined
  readonly redirect_uri: string | undefined
  readonly issuer: string | undefined
  readonly metadata: ServerMetadata | undefined
  readonly provider: ProviderProfile | undefined
  /** ID tokens that this attempt was given. */
  readonly idTokens: readonly IssuedToken[]
  /** Where it went wrong, as seen on the wire, before anybody asks why. Oldest first. */
  readonly failurePoints: readonly FailurePoint[]
  /** Clocks of the hosts of this recording, against the browser's. */
  readonly clock: (url: string) => ServerClock | undefined
  /** True when the client exchanges codes in the browser, false when a server does, `undefined` when nothing tells. */
  readonly isBrowserClient: boolean | undefined
}

export const openCaseFile = (attempt: Attempt, attempts: readonly Attempt[], world: World): CaseFile => {
  const request = attempt.requests.at(-1)
  const response = attempt.responses[0]
  const asked = (name: string): Observed<string> =>
    request ? param(request.parameters, name) : unobserved('capture-started-late')
  const answered = (name: string): Observed<string> =>
    response ? param(response.parameters, name) : unobserved('not-answered-yet')
  const metadata = lazy(() => metadataOf(attempt, world))
  const failurePoints = lazy(() => failurePointsOf(attempt, attempts, world))
  const idTokens = lazy(() => idTokensOf(attempt))
  const issuer = lazy(
    () =>
      valueOf(answered('iss')) ??
      metadata()?.issuer ??
      idTokens()
        .map(({ jwt }) => jwt.claims?.['iss'])
        .find(isString),
  )
  const isBrowserClient = lazy(() => exchangesInBrowser(attempt, attempts))
  const client_id =
    valueOf(asked('client_id')) ??
    (request && paramValue(request.sent, 'client_id')) ??
    attempt.tokenCalls.map((call) => valueOf(call.client_id)).find(isString) ??
    attempt.pushed.map((call) => paramValue(call.parameters, 'client_id')).find(isString) ??
    attempt.logoutRequests.map((call) => paramValue(call.parameters, 'client_id')).find(isString) ??
    attempt.logoutRequests.map(clientOfHint).find(isString) ??
    loginOf(attempt, attempts)
      ?.requests.map(({ sent }) => paramValue(sent, 'client_id'))
      .find(isString)
  return {
    attempt,
    attempts,
    world,
    request,
    response,
    tokenCalls: attempt.tokenCalls,
    asked,
    answered,
    client_id,
    redirect_uri: valueOf(asked('redirect_uri')) ?? response?.deliveredTo,
    get issuer() {
      return issuer()
    },
    get metadata() {
      return metadata()
    },
    get provider() {
      return providerOf(attempt, issuer(), world)
    },
    get idTokens() {
      return idTokens()
    },
    get failurePoints() {
      return failurePoints()
    },
    clock: world.clock,
    get isBrowserClient() {
      return isBrowserClient()
    },
  }
}

/** The ID token that hints at the session was issued to the client that signs out (RP-Initiated Logout 1.0 section 2). */
const clientOfHint = ({ parameters }: EndSessionRequest): string | undefined => {
  const jwt = readJwt(paramValue(parameters, 'id_token_hint') ?? '')
  const [only, ...more] = jwt ? audiences(jwt) : []
  return (jwt && stringClaim(jwt, 'azp')) ?? (more.length === 0 ? only : undefined)
}

/** The login whose token the calls of this attempt present. */
const loginOf = (attempt: Attempt, attempts: readonly Attempt[]): Attempt | undefined =>
  attempt.kind === 'api_access' ? attempts.find(({ id }) => id === attempt.parent) : undefined

const isString = (value: unknown): value is string => typeof value === 'string'

/** The metadata whose endpoints this attempt used; else the one whose issuer shares the server's origin. */
const metadataOf = (attempt: Attempt, world: World): ServerMetadata | undefined => {
  const used =
    attempt.requests[0]?.exchange.url ?? attempt.tokenCalls[0]?.exchange.url ?? attempt.pushed[0]?.exchange.url
  if (used === undefined) return undefined
  const path = used.split(/[?#]/, 1)[0]
  const { metadata } = world.known
  const names = ['authorization_endpoint', 'token_endpoint', 'pushed_authorization_request_endpoint']
  return (
    metadata.findLast(({ document }) => names.some((name) => document[name] === path)) ??
    metadata.findLast(({ document }) =>
      names.some((name) => isString(document[name]) && originOf(document[name]) === originOf(used)),
    )
  )
}

const providerOf = (attempt: Attempt, issuer: string | undefined, world: World): ProviderProfile | undefined => {
  const urls = [issuer, ...attempt.messages.filter(isServerMessage).map(({ exchange }) => exchange.url)].filter(
    isString,
  )
  return world.known.providers.find(({ matches }) => urls.some((url) => matches.test(url)))
}

const isServerMessage = ({ kind }: { kind: string }) =>
  kind === 'authorization_request' || kind === 'token_request' || kind === 'provider_metadata'

const idTokensOf = (attempt: Attempt): readonly IssuedToken[] => {
  const places = [
    ...attempt.responses.map(({ parameters, at }) => ({ parameters, at })),
    ...attempt.tokenCalls.map(({ response, exchange, at }) => ({
      parameters: response.parameters,
      at: exchange.endedAt ?? at,
    })),
  ]
  return places.flatMap(({ parameters, at }) => {
    const text = paramValue(parameters, 'id_token')
    const jwt = text === undefined ? undefined : readJwt(text)
    return jwt ? [{ jwt, exchangeId: parameters.exchangeId, part: parameters.part, at }] : []
  })
}

const exchangesInBrowser = (attempt: Attempt, attempts: readonly Attempt[]): boolean | undefined => {
  const client = attempt.requests[0] && paramValue(attempt.requests[0].sent, 'client_id')
  const siblings = attempts.filter(
    (other) =>
      other === attempt ||
      (client !== undefined && other.requests[0] && paramValue(other.requests[0].sent, 'client_id') === client),
  )
  if (siblings.some((other) => other.tokenCalls.length > 0)) return true
  if (siblings.some((other) => other.handovers.length > 0)) return false
  // Whoever sends the browser to the server by a redirect is a server: the client's own, or a broker's.
  const isRedirected = attempt.requests[0]?.exchange.previousHop !== undefined
  if (isRedirected || attempt.responses.some(({ mode }) => mode === 'form_post')) return false
  return undefined
}
