import type { HttpExchange } from './exchange'
import type { Jwt } from './jwt'
import type { Observed } from './observed'
import type { Parameters } from './parameters'
import type { EpochMs } from './recording'

/** How a message was recognised, surest first. */
export type Basis = 'metadata' | 'parameters' | 'response' | 'provider-path' | 'path' | 'settings'

interface MessageBase {
  readonly exchange: HttpExchange
  readonly at: EpochMs
  readonly basis: Basis
}

export interface AuthorizationRequest extends MessageBase {
  readonly kind: 'authorization_request'
  /** The effective parameters: those of the URL or form, and those inside `request` or pushed to the server, when seen. */
  readonly parameters: Parameters
  /** What was in the URL (or form) itself. */
  readonly sent: Parameters
  /** Where the effective parameters came from. */
  readonly by: 'plain' | 'request_object' | 'pushed'
  readonly requestObject?: Jwt
  /** The pushed authorization request (RFC 9126) that `request_uri` refers to. */
  readonly pushed?: PushedAuthorizationRequest
}

export interface PushedAuthorizationRequest extends MessageBase {
  readonly kind: 'pushed_authorization_request'
  readonly parameters: Parameters
  readonly response: JsonResponse
}

export type ResponseMode = 'query' | 'fragment' | 'form_post' | 'jwt' | 'web_message'

export interface AuthorizationResponse extends MessageBase {
  readonly kind: 'authorization_response'
  readonly mode: ResponseMode
  readonly parameters: Parameters
  /** The URL it was delivered to, without query and fragment. */
  readonly deliveredTo: string
  /** False when the browser was told to go there and no request was seen: custom scheme, refused, service worker. */
  readonly requested: boolean
}

/** How the client named itself at the token endpoint (RFC 6749 section 2.3, OIDC Core section 9). */
export type ClientAuthentication =
  'none' | 'client_secret_basic' | 'client_secret_post' | 'client_assertion' | 'several' | 'unobserved'

export interface TokenRequest extends MessageBase {
  readonly kind: 'token_request'
  readonly parameters: Parameters
  /** `application/x-www-form-urlencoded`, `application/json` …, lower case, without its parameters. */
  readonly contentType: Observed<string>
  readonly clientAuthentication: ClientAuthentication
  /** From the Basic header or the body. */
  readonly client_id: Observed<string>
  readonly response: JsonResponse
}

/** An answer that should be a JSON object. */
export interface JsonResponse {
  readonly status: Observed<number>
  readonly contentType: Observed<string>
  /** The members of the object; `hidden` while the body was not seen. Non-strings are in JSON. */
  readonly parameters: Parameters
  /** The members with their types, when the body is a JSON object. */
  readonly json: Observed<Readonly<Record<string, unknown>>>
  /** What the body is. */
  readonly form: Observed<'json' | 'form' | 'html' | 'empty' | 'jwt' | 'other'>
}

export interface DeviceAuthorizationRequest extends MessageBase {
  readonly kind: 'device_authorization_request'
  readonly parameters: Parameters
  readonly response: JsonResponse
}

/** A GET or POST whose answer is a JSON document of the protocol. */
export interface DocumentMessage extends MessageBase {
  readonly kind: 'provider_metadata' | 'protected_resource_metadata' | 'jwks'
  readonly response: JsonResponse
}

export interface TokenManagementRequest extends MessageBase {
  readonly kind: 'introspection_request' | 'revocation_request' | 'client_registration_request'
  readonly parameters: Parameters
  readonly response: JsonResponse
}

/** A call that presents, or should present, an access token (RFC 6750, RFC 9449). UserInfo is one of them. */
export interface ApiCall extends MessageBase {
  readonly kind: 'api_call' | 'userinfo_request'
  /** `Bearer`, `DPoP` … as sent, or absent. */
  readonly scheme: Observed<string>
  /** What follows the scheme; or the token where the scheme is missing; or `access_token` of query or form. */
  readonly token: Observed<string>
  readonly tokenIn: 'header' | 'query' | 'body' | 'none'
  readonly challenges: Observed<readonly Challenge[]>
  readonly response: JsonResponse
}

/** One challenge of `WWW-Authenticate` (RFC 9110 section 11.6.1). */
export interface Challenge {
  readonly scheme: string
  /** Lower-case names. */
  readonly parameters: Readonly<Record<string, string>>
}

/** A page of the client hands its code to a server of the client, in whatever parameter that takes. */
export interface CodeHandover extends MessageBase {
  readonly kind: 'code_handover'
  readonly parameters: Parameters
}

export interface EndSessionRequest extends MessageBase {
  readonly kind: 'end_session_request'
  readonly parameters: Parameters
}

export interface LogoutResponse extends MessageBase {
  readonly kind: 'logout_response'
  readonly parameters: Parameters
}

/** A call of sign-in without redirects: FedCM, or a sign-in button that a page embeds. */
export interface FederatedRequest extends MessageBase {
  readonly kind: 'federated_request'
  readonly parameters: Parameters
  readonly response: JsonResponse
}

/** A document on the way: the client's login page, the server's pages in between, what the client did after its callback. */
export interface DocumentStep extends MessageBase {
  readonly kind: 'login_start' | 'user_interaction' | 'after_callback'
}

export type Message =
  | AuthorizationRequest
  | PushedAuthorizationRequest
  | AuthorizationResponse
  | CodeHandover
  | TokenRequest
  | DeviceAuthorizationRequest
  | DocumentMessage
  | TokenManagementRequest
  | ApiCall
  | EndSessionRequest
  | LogoutResponse
  | FederatedRequest
  | DocumentStep

/** The message type of a kind, also where one type serves several kinds. */
export type MessageOf<K extends Message['kind']> = Message extends infer M
  ? M extends Message
    ? K extends M['kind']
      ? M
      : never
    : never
  : never
