import type { Confidence, FlowKind, FlowStatus, LocatorPart, Owner, Step, StepKind } from '../../model/analysis'

/** Names after the specifications; the view shows them as they are. */
export const stepName: Record<StepKind, string> = {
  login_start: 'Login start',
  authorization_request: 'Authorization request',
  pushed_authorization_request: 'Pushed authorization request',
  user_interaction: 'User interaction',
  authorization_response: 'Authorization response',
  code_handover: 'Code hand-over',
  token_request: 'Token request',
  device_authorization_request: 'Device authorization request',
  userinfo_request: 'UserInfo request',
  provider_metadata: 'Provider metadata',
  protected_resource_metadata: 'Protected resource metadata',
  jwks: 'Key set (JWKS)',
  introspection_request: 'Introspection request',
  revocation_request: 'Revocation request',
  client_registration_request: 'Client registration',
  end_session_request: 'End session request',
  logout_response: 'Logout response',
  api_call: 'API call',
  federated_request: 'FedCM request',
  after_callback: 'After the callback',
}

export const flowName: Record<FlowKind, string> = {
  authorization_code: 'Authorization code',
  implicit: 'Implicit',
  hybrid: 'Hybrid',
  refresh_token: 'Token refresh',
  client_credentials: 'Client credentials',
  device_code: 'Device code',
  password: 'Password grant',
  token_exchange: 'Token exchange',
  silent_renewal: 'Silent renewal',
  logout: 'Logout',
  api_access: 'API access',
  client_registration: 'Client registration',
  discovery: 'Discovery',
  federated_credential: 'FedCM sign-in',
  unknown: 'Unrecognised flow',
}

export const statusWord: Record<FlowStatus, string> = {
  failed: 'Failed',
  succeeded: 'Succeeded',
  delivered: 'End unseen',
  pending: 'In progress',
  abandoned: 'Not finished',
}

/** Who has to change something, as the card says it. */
export const ownerWord: Record<Owner, string> = {
  client: 'Client',
  authorization_server: 'Authorization server settings',
  resource_server: 'API',
  browser: 'Browser',
  network: 'Network',
  user: 'User',
}

export const ownerHint: Record<Owner, string> = {
  client: 'The change is made in the application that logs in.',
  authorization_server: 'The change is made in the settings of the authorization server.',
  resource_server: 'The change is made in the API that is called.',
  browser: 'The browser decided this: a setting, a policy or its privacy protection.',
  network: 'The request did not get through: name, connection or certificate.',
  user: 'The user decided this; nothing is broken.',
}

export const confidenceWord: Record<Confidence, string> = { certain: 'Certain', likely: 'Likely' }

export const confidenceHint: Record<Confidence, string> = {
  certain: 'Read in the recorded traffic, or computed from it.',
  likely: 'Inferred: what was recorded fits this cause and rules the others out or makes them less likely.',
}

export const partWord: Record<LocatorPart, string> = {
  'request.url': 'URL',
  'request.method': 'Method',
  'request.query': 'Query',
  'request.fragment': 'Fragment',
  'request.headers': 'Request header',
  'request.cookies': 'Cookie sent',
  'request.body': 'Request body',
  'response.status': 'Status',
  'response.headers': 'Response header',
  'response.cookies': 'Cookie set',
  'response.body': 'Response body',
  'response.error': 'Transport error',
  'id_token.header': 'ID token header',
  'id_token.claims': 'ID token claim',
  'access_token.header': 'Access token header',
  'access_token.claims': 'Access token claim',
  'request_object.claims': 'Request object',
  'dpop_proof.claims': 'DPoP proof',
  'client_assertion.claims': 'Client assertion',
  timing: 'Timing',
}

const spelled = new Map(
  `client_id redirect_uri response_type response_mode grant_type code_challenge code_verifier id_token request_uri JWT JWKS PKCE
  CORS CSP DPoP PAR JAR ID URL URI TLS DNS HTTP HTTPS HTML JSON API SAML FedCM UserInfo SameSite`
    .split(/\s+/)
    .map((word) => [word.toLowerCase().replace('_', ' '), word]),
)
const terms = new RegExp(`\\b(${[...spelled.keys()].join('|')})\\b`, 'g')

/** `redirect-uri-malformed` as a phrase: “redirect_uri malformed”; other words begin with a capital. */
export const ruleWords = (rule: string): string => {
  const phrase = rule.replaceAll('-', ' ').replace(terms, (term) => spelled.get(term) ?? term)
  return /^\w+_/.test(phrase) ? phrase : phrase.charAt(0).toUpperCase() + phrase.slice(1)
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

export const isUnseen = (step: Step): boolean => step.outcome === 'unobserved'
