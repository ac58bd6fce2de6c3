import type { Owner } from '../../../model/analysis'
import type { HttpExchange } from '../../../model/exchange'
import type { Message } from '../../../model/message'
import { parseUrl, withoutQuery } from '../../../model/url'
import type { CaseFile } from '../../facts/case-file'
import type { FailureKind, FailurePoint } from '../../facts/failure-points'

/** How sentences call the receiver of a message, and who runs it. */
export interface Endpoint {
  readonly name: string
  readonly owner: Owner
}

const server = (name: string): Endpoint => ({ name, owner: 'authorization_server' })
const client = (name: string): Endpoint => ({ name, owner: 'client' })

const endpoints: Record<Message['kind'], Endpoint> = {
  authorization_request: server('the authorization endpoint'),
  pushed_authorization_request: server('the endpoint for pushed requests'),
  user_interaction: server('the login page'),
  token_request: server('the token endpoint'),
  device_authorization_request: server('the device authorization endpoint'),
  userinfo_request: server('the userinfo endpoint'),
  provider_metadata: server('the server metadata'),
  protected_resource_metadata: { name: 'the API’s metadata', owner: 'resource_server' },
  jwks: server('the key set (JWKS)'),
  introspection_request: server('the introspection endpoint'),
  revocation_request: server('the revocation endpoint'),
  client_registration_request: server('the registration endpoint'),
  end_session_request: server('the logout endpoint'),
  federated_request: server('the sign-in service'),
  api_call: { name: 'the API', owner: 'resource_server' },
  login_start: client('the application'),
  authorization_response: client('the callback'),
  code_handover: client('the client’s server'),
  after_callback: client('the application'),
  logout_response: client('the page after logout'),
}

export const endpointOf = ({ message }: FailurePoint): Endpoint => endpoints[message.kind]

export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `POST https://id.example/token`: without the query, which may hold what must not be quoted. */
export const callText = (exchange: HttpExchange): string =>
  `\`${exchange.method === '' ? '' : `${exchange.method} `}${withoutQuery(exchange.url)}\``

export const hostOf = (url: string): string => parseUrl(url)?.host ?? url

export const pointsOf = (file: CaseFile, kinds: readonly FailureKind[]): readonly FailurePoint[] =>
  file.failurePoints.filter(({ kind }) => kinds.includes(kind))

/** The failures of what pages call, except the token endpoint; metadata, keys and registration have rules of their own. */
export const otherEndpoints = [
  'userinfo_refused',
  'api_refused',
  'api_unreachable',
  'pushed_error',
  'device_error',
  'management_error',
  'logout_error',
  'metadata_unusable',
] as const satisfies readonly FailureKind[]

export const tokenEndpoint = ['token_error', 'token_unreachable'] as const satisfies readonly FailureKind[]

/** The URL that the server's metadata gives for the token endpoint, when it is another one than was called. */
export const announcedTokenEndpoint = (file: CaseFile, exchange: HttpExchange): string | undefined => {
  const announced = file.metadata?.document['token_endpoint']
  return typeof announced === 'string' && withoutQuery(announced) !== withoutQuery(exchange.url) ? announced : undefined
}

const ownErrors = new Set([
  undefined,
  'server_error',
  'temporarily_unavailable',
  'internal_error',
  'internal_server_error',
])

/** Whether a server failed by itself: an OAuth error of another kind says more than the status. */
export const isServerError = ({ status, error }: FailurePoint): boolean =>
  ownErrors.has(error) &&
  ((status ?? 0) >= 500 || (error !== undefined && status !== undefined)) &&
  status !== 501 &&
  status !== 511
