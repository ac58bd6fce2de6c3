import type { FlowKind, StepKind } from '../../model/analysis'

export interface IdealStep {
  readonly kind: StepKind
  readonly sentence: string
  /** Parameters of this step whose values of this attempt are shown beside the sentence. */
  readonly shows: readonly string[]
  readonly optional?: true
}

const ideal = (kind: StepKind, sentence: string, ...shows: string[]): IdealStep => ({ kind, sentence, shows })
const optional = (kind: StepKind, sentence: string, ...shows: string[]): IdealStep => ({
  kind,
  sentence,
  shows,
  optional: true,
})

const authorizationCode: readonly IdealStep[] = [
  optional('provider_metadata', 'The client reads where the endpoints are and what the server supports.', 'issuer'),
  ideal(
    'authorization_request',
    'The client makes up state, nonce and a code_verifier, keeps them, and sends the browser to the authorization server.',
    'client_id',
    'redirect_uri',
    'scope',
    'state',
    'nonce',
    'code_challenge',
  ),
  optional('user_interaction', 'The user logs in and consents.'),
  ideal(
    'authorization_response',
    'The browser comes back to the redirect_uri with a code. The client checks that state is the one it kept.',
    'code',
    'state',
    'iss',
  ),
  ideal(
    'token_request',
    'The client sends the code once, with the verifier behind the challenge and the same redirect_uri, and gets tokens.',
    'grant_type',
    'code',
    'redirect_uri',
    'code_verifier',
  ),
  optional(
    'jwks',
    'The client reads the public keys and checks the signature, issuer, audience, expiry and nonce of the ID token.',
  ),
  optional('userinfo_request', 'The client fetches more claims about the user.'),
  optional('api_call', 'The client calls the API with the access token.'),
]

const implicit: readonly IdealStep[] = [
  ideal(
    'authorization_request',
    'The client sends the browser to the authorization server and asks for tokens directly.',
    'client_id',
    'redirect_uri',
    'response_type',
    'state',
    'nonce',
  ),
  optional('user_interaction', 'The user logs in and consents.'),
  ideal(
    'authorization_response',
    'The browser comes back with the tokens in the fragment of the URL; a script of the page must read them before a router drops them.',
    'access_token',
    'id_token',
    'state',
  ),
  optional('api_call', 'The client calls the API with the access token.'),
]

const silentRenewal: readonly IdealStep[] = [
  ideal(
    'authorization_request',
    'In a hidden iframe the client asks for a new code without showing pages. The server must see its own session cookie.',
    'client_id',
    'redirect_uri',
    'prompt',
    'state',
  ),
  ideal(
    'authorization_response',
    'The iframe comes back at once with a code, or with login_required.',
    'code',
    'error',
    'state',
  ),
  ideal('token_request', 'The client exchanges the code for fresh tokens.', 'grant_type', 'code'),
]

/** How each kind of flow should go. Kinds without a drawing of their own have none here. */
export const idealFlows: Readonly<Partial<Record<FlowKind, readonly IdealStep[]>>> = {
  authorization_code: authorizationCode,
  hybrid: authorizationCode,
  implicit,
  silent_renewal: silentRenewal,
  refresh_token: [
    ideal(
      'token_request',
      'The client sends its refresh token and gets a new access token. With rotation it also gets a new refresh token, and the old one dies: only one tab may do this at a time.',
      'grant_type',
      'refresh_token',
      'client_id',
    ),
    optional('api_call', 'The client calls the API with the new access token.'),
  ],
  client_credentials: [
    ideal(
      'token_request',
      'The client proves who it is and gets an access token of its own; no user is involved.',
      'grant_type',
      'client_id',
      'scope',
    ),
    optional('api_call', 'The client calls the API with the access token.'),
  ],
  device_code: [
    ideal(
      'device_authorization_request',
      'The device asks for a code and shows it to the user.',
      'client_id',
      'scope',
      'user_code',
    ),
    optional('user_interaction', 'The user opens the page on another device, types the code and logs in.'),
    ideal(
      'token_request',
      'The device polls, no faster than the interval, until the tokens come.',
      'grant_type',
      'device_code',
    ),
  ],
  token_exchange: [
    ideal(
      'token_request',
      'A token is handed in and another one comes back, for another API or another party.',
      'subject_token_type',
      'audience',
      'resource',
    ),
  ],
  logout: [
    ideal(
      'end_session_request',
      'The client sends the browser to the end_session_endpoint and says who is logging out and where to go afterwards.',
      'id_token_hint',
      'post_logout_redirect_uri',
      'client_id',
    ),
    ideal('logout_response', 'The browser comes back to the registered address.', 'state'),
  ],
  api_access: [
    ideal(
      'api_call',
      'The client calls the API with an access token that is for this API, valid, and allows this.',
      'Authorization',
    ),
  ],
}
