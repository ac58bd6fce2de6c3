import type { LocatorPart, StepKind } from '../../model/analysis'

/** What must have been visible for a check to have an answer. */
export interface Need {
  readonly step: StepKind
  readonly in: 'request' | 'response'
  /** Without a name the step itself must have been seen. */
  readonly parameter?: string
  readonly part?: LocatorPart
}

export interface ChecklistItem {
  readonly title: string
  /** The condition of the OpenID conformance suite that checks the same, where there is one. */
  readonly conformance?: string
  /** A finding of a rule whose id begins with one of these is a failure of this item. */
  readonly rules: readonly string[]
  readonly needs: readonly Need[]
}

export interface ChecklistGroup {
  readonly title: string
  readonly items: readonly ChecklistItem[]
}

const request = (step: StepKind, parameter?: string): Need => ({
  step,
  in: 'request',
  ...(parameter ? { parameter } : {}),
})
const response = (step: StepKind, parameter?: string): Need => ({
  step,
  in: 'response',
  ...(parameter ? { parameter } : {}),
})

/** The protocol in its own order. Groups without an applicable item are left out of the view. */
export const checklist: readonly ChecklistGroup[] = [
  {
    title: 'Registration facts',
    items: [
      {
        title: 'The client_id is known to the authorization server',
        rules: ['client-unknown', 'invalid-client', 'unknown-client', 'client-not-found', 'unauthorized-client'],
        needs: [request('authorization_request', 'client_id'), response('authorization_request')],
      },
      {
        title: 'The redirect_uri is registered for this client',
        conformance: 'EnsureRedirectUriIsRegistered',
        rules: ['redirect-uri-not-registered', 'redirect-uri-unregistered'],
        needs: [request('authorization_request', 'redirect_uri'), response('authorization_request')],
      },
    ],
  },
  {
    title: 'Authorization request',
    items: [
      {
        title: 'The response_type is supported and allowed',
        rules: ['unsupported-response-type', 'response-type'],
        needs: [request('authorization_request', 'response_type'), response('authorization_request')],
      },
      {
        title: 'The scope is accepted',
        rules: ['invalid-scope', 'scope'],
        needs: [request('authorization_request', 'scope'), response('authorization_request')],
      },
      {
        title: 'A state protects the answer',
        conformance: 'CheckStateLength',
        rules: ['state-missing', 'no-state', 'state-and-nonce-missing', 'csrf'],
        needs: [request('authorization_request', 'state')],
      },
      {
        title: 'PKCE with S256',
        conformance: 'EnsurePkceCodeVerifierUsed',
        rules: ['pkce', 'code-challenge', 'plain-pkce'],
        needs: [request('authorization_request', 'code_challenge')],
      },
    ],
  },
  {
    title: 'User interaction',
    items: [
      {
        title: 'The user logged in and consented',
        rules: ['access-denied', 'login-required', 'consent-required', 'interaction-required', 'user-'],
        needs: [response('authorization_response')],
      },
    ],
  },
  {
    title: 'Authorization response',
    items: [
      {
        title: 'The answer holds no error',
        conformance: 'CheckIfAuthorizationEndpointError',
        rules: ['authorization-error', 'access-denied', 'login-required', 'server-error', 'temporarily-unavailable'],
        needs: [request('authorization_response')],
      },
      {
        title: 'The state is the one that was sent',
        conformance: 'CheckStateInAuthorizationResponse',
        rules: ['state-'],
        needs: [request('authorization_request', 'state'), request('authorization_response', 'state')],
      },
      {
        title: 'The issuer of the answer is the expected one',
        conformance: 'ValidateIssIfPresentInAuthorizationResponse',
        rules: ['iss-', 'issuer-', 'mix-up'],
        needs: [request('authorization_response', 'iss')],
      },
    ],
  },
  {
    title: 'Token request',
    items: [
      {
        title: 'The client proved who it is',
        rules: ['invalid-client', 'client-secret', 'client-authentication', 'token-endpoint-auth'],
        needs: [request('token_request'), response('token_request')],
      },
      {
        title: 'The code is used once and in time',
        rules: ['code-redeemed', 'code-expired', 'code-reused'],
        needs: [request('token_request', 'code'), request('authorization_response', 'code')],
      },
      {
        title: 'The redirect_uri equals that of the authorization request',
        rules: ['redirect-uri-differs', 'redirect-uri-mismatch', 'token-redirect-uri'],
        needs: [request('token_request', 'redirect_uri'), request('authorization_request', 'redirect_uri')],
      },
      {
        title: 'The code_verifier hashes to the code_challenge',
        rules: ['code-verifier', 'pkce-verifier', 'verifier'],
        needs: [request('token_request', 'code_verifier'), request('authorization_request', 'code_challenge')],
      },
    ],
  },
  {
    title: 'Token response',
    items: [
      {
        title: 'The answer is a token response',
        conformance: 'CheckTokenEndpointHttpStatus200',
        rules: ['token-response', 'token-endpoint', 'error-with-status-200'],
        needs: [response('token_request')],
      },
      {
        title: 'An access token and its type were returned',
        conformance: 'ExtractAccessTokenFromTokenResponse',
        rules: ['token-response', 'access-token-missing', 'token-type'],
        needs: [response('token_request', 'access_token')],
      },
    ],
  },
  {
    title: 'ID token validation',
    items: [
      {
        title: 'Issuer',
        conformance: 'ValidateIdTokenIss',
        rules: ['id-token-iss'],
        needs: [response('token_request', 'id_token')],
      },
      {
        title: 'Audience',
        conformance: 'ValidateIdTokenAud',
        rules: ['id-token-aud', 'id-token-azp'],
        needs: [response('token_request', 'id_token')],
      },
      {
        title: 'Lifetime',
        conformance: 'ValidateIdTokenExp',
        rules: ['id-token-exp', 'id-token-iat', 'id-token-nbf', 'clock'],
        needs: [response('token_request', 'id_token')],
      },
      {
        title: 'Nonce',
        conformance: 'ValidateIdTokenNonce',
        rules: ['nonce-'],
        needs: [request('authorization_request', 'nonce'), response('token_request', 'id_token')],
      },
      {
        title: 'Signature',
        conformance: 'ValidateIdTokenSignature',
        rules: ['id-token-signature', 'signature', 'key-'],
        needs: [response('token_request', 'id_token'), response('jwks', 'keys')],
      },
    ],
  },
  {
    title: 'API access',
    items: [
      {
        title: 'The API accepted the access token',
        rules: [
          'api-',
          'access-token',
          'authorization-header',
          'insufficient-scope',
          'id-token-as-access-token',
          'bearer',
        ],
        needs: [request('api_call'), response('api_call')],
      },
    ],
  },
]
