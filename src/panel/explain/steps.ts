import type { StepKind } from '../../model/analysis'

/** What a step is for, in one sentence that needs no other. */
export const stepExplanations: Record<StepKind, string> = {
  login_start: 'The user asks to log in; the client prepares state, nonce and PKCE and sends the browser on.',
  authorization_request: 'The client sends the browser to the authorization server and says what it wants.',
  pushed_authorization_request:
    'The client hands its parameters to the authorization server directly and gets a reference to them.',
  user_interaction: 'The user logs in or consents on the pages of the authorization server.',
  authorization_response:
    'The authorization server sends the browser back to the client, with a code or with an error.',
  code_handover: 'The page hands the code to a server of the client, which exchanges it for tokens unseen.',
  token_request: 'The client exchanges what it holds, usually the code, for tokens.',
  device_authorization_request: 'A device asks for a code that the user types elsewhere.',
  userinfo_request: 'The client fetches claims about the user with the access token.',
  provider_metadata: 'The authorization server describes itself: its endpoints and what it supports.',
  protected_resource_metadata: 'The API says which authorization servers it trusts.',
  jwks: 'The public keys with which signatures of the authorization server are checked.',
  introspection_request: 'An API asks the authorization server whether a token is valid.',
  revocation_request: 'The client asks the authorization server to end a token.',
  client_registration_request: 'The client registers itself.',
  end_session_request: 'The client sends the browser to the authorization server to end the session.',
  logout_response: 'The authorization server sends the browser back after the logout.',
  api_call: 'The client calls an API and shows its access token.',
  federated_request: 'The browser, or an embedded sign-in button, asks the identity provider without a redirect.',
  after_callback: 'What the client did after the answer: the page it opened, or where it sent the browser.',
}
