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
  /** The rules that decide it: their ids, or beginnings of ids that end with a hyphen. */
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
        rules: ['client-id-unknown', 'client-not-authorized', 'registration-refused'],
        needs: [request('authorization_request', 'client_id'), response('authorization_request')],
      },
      {
        title: 'The redirect_uri is registered for this client',
        rules: ['redirect-uri-not-registered', 'redirect-uri-malformed', 'redirect-uri-insecure'],
        needs: [request('authorization_request', 'redirect_uri'), response('authorization_request')],
      },
    ],
  },
  {
    title: 'Authorization request',
    items: [
      {
        title: 'The response_type is supported and allowed',
        rules: ['response-type-unsupported', 'response-mode-unsupported', 'implicit-grant'],
        needs: [request('authorization_request', 'response_type'), response('authorization_request')],
      },
      {
        title: 'The scope is accepted',
        rules: [
          'scope-invalid',
          'scope-missing-openid',
          'claims-parameter-invalid',
          'acr-unsupported',
          'resource-not-accepted',
        ],
        needs: [request('authorization_request', 'scope'), response('authorization_request')],
      },
      {
        title: 'A state protects the answer',
        rules: ['state-and-nonce-missing', 'state-static-or-guessable'],
        needs: [request('authorization_request', 'state')],
      },
      {
        title: 'PKCE with S256',
        rules: ['pkce-missing', 'pkce-plain', 'pkce-required', 'pkce-challenge-malformed', 'pkce-method-unsupported'],
        needs: [request('authorization_request', 'code_challenge')],
      },
    ],
  },
  {
    title: 'User interaction',
    items: [
      {
        title: 'The user logged in and consented',
        rules: ['user-denied', 'policy-denied', 'login-required-silent', 'id-token-authentication-insufficient'],
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
        rules: ['authorization-refused', 'user-denied', 'policy-denied', 'login-required-silent'],
        needs: [request('authorization_response')],
      },
      {
        title: 'The state is the one that was sent',
        conformance: 'CheckStateInAuthorizationResponse',
        rules: ['state-mismatch', 'state-missing-in-response', 'state-never-sent', 'state-cookie-lost'],
        needs: [request('authorization_request', 'state'), request('authorization_response', 'state')],
      },
      {
        title: 'The issuer of the answer is the expected one',
        conformance: 'ValidateIssIfPresentInAuthorizationResponse',
        rules: ['iss-param-mismatch', 'iss-param-missing-though-advertised'],
        needs: [request('authorization_response', 'iss')],
      },
    ],
  },
  {
    title: 'Token request',
    items: [
      {
        title: 'The client proved who it is',
        rules: [
          'client-secret-wrong',
          'client-auth-method-wrong',
          'basic-credentials-not-form-encoded',
          'two-client-auth-methods',
          'client-assertion-invalid',
          'apple-client-secret-invalid',
          'client-id-differs-at-token',
          'client-secret-in-page',
          'secret-sent-by-public-client',
        ],
        needs: [request('token_request'), response('token_request')],
      },
      {
        title: 'The code is used once and in time',
        rules: [
          'code-redeemed-twice',
          'code-expired',
          'code-spent-by-failed-exchange',
          'code-still-url-encoded',
          'code-truncated-or-with-fragment',
          'code-not-redeemed',
        ],
        needs: [request('token_request', 'code'), request('authorization_response', 'code')],
      },
      {
        title: 'The redirect_uri equals that of the authorization request',
        rules: ['redirect-uri-differs-at-token'],
        needs: [request('token_request', 'redirect_uri'), request('authorization_request', 'redirect_uri')],
      },
      {
        title: 'The code_verifier hashes to the code_challenge',
        rules: ['pkce-verifier-'],
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
        rules: [
          'token-response-',
          'token-endpoint-',
          'token-request-',
          'token-params-in-query',
          'grant-type-missing-or-wrong',
          'invalid-grant-undistinguished',
          'cors-refused',
        ],
        needs: [response('token_request')],
      },
      {
        title: 'An access token and its type were returned',
        conformance: 'ExtractAccessTokenFromTokenResponse',
        rules: ['token-response-'],
        needs: [response('token_request', 'access_token')],
      },
    ],
  },
  {
    title: 'ID token validation',
    items: [
      {
        title: 'Issuer',
        conformance: 'ValidateIdToken',
        rules: ['id-token-issuer-mismatch', 'id-token-malformed'],
        needs: [response('token_request', 'id_token')],
      },
      {
        title: 'Audience',
        conformance: 'ValidateIdToken',
        rules: ['id-token-aud-mismatch'],
        needs: [response('token_request', 'id_token')],
      },
      {
        title: 'Lifetime',
        conformance: 'ValidateIdToken',
        rules: ['id-token-expired', 'client-clock-skew'],
        needs: [response('token_request', 'id_token')],
      },
      {
        title: 'Nonce',
        conformance: 'ValidateIdTokenNonce',
        rules: ['nonce-mismatch', 'nonce-missing'],
        needs: [request('authorization_request', 'nonce'), response('token_request', 'id_token')],
      },
      {
        title: 'Signature',
        conformance: 'ValidateIdTokenSignature',
        rules: ['id-token-signature-', 'alg-mismatch', 'kid-not-in-jwks', 'jwks-'],
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
          'access-token-',
          'authorization-header-malformed',
          'bearer-missing',
          'id-token-as-access-token',
          'insufficient-scope',
          'api-',
          'challenge-missing',
          'dpop-',
          'step-up-required',
          'signing-key-not-found-by-api',
        ],
        needs: [request('api_call'), response('api_call')],
      },
    ],
  },
]
