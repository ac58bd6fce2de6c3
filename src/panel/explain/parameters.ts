import type { Reference } from '../../model/analysis'
import { oidc, rfc } from './sources'

export interface Explanation {
  /** One phrase: what the value is for. */
  readonly phrase: string
  readonly reference: Reference
}

const explain = (phrase: string, reference: Reference): Explanation => ({ phrase, reference })

/** What each protocol parameter is for, in one phrase. Keys are spelled as on the wire. */
export const parameterExplanations: Readonly<Record<string, Explanation>> = {
  client_id: explain('The name under which the client is registered', rfc(6749, '2.2')),
  client_secret: explain('The password of a confidential client; never belongs in a page', rfc(6749, '2.3.1')),
  client_assertion: explain('A signed statement by which the client proves who it is', rfc(7523, '2.2')),
  client_assertion_type: explain('The format of that statement', rfc(7521, '4.2')),
  response_type: explain('What the client wants back: a code, or tokens directly', rfc(6749, '3.1.1')),
  response_mode: explain('How the answer travels: query, fragment or a form post', {
    title: 'OAuth 2.0 Multiple Response Types section 2.1',
    url: 'https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseModes',
  }),
  redirect_uri: explain(
    'Where the answer is sent; must equal a registered URI character by character',
    rfc(6749, '3.1.2'),
  ),
  scope: explain('What the client asks to be allowed to do', rfc(6749, '3.3')),
  state: explain('A value the client must find unchanged in the answer', rfc(6749, '10.12')),
  nonce: explain('A value that must come back inside the ID token', oidc('3.1.2.1', 'AuthRequest')),
  code_challenge: explain('A hash of the code_verifier, to be proven later', rfc(7636, '4.3')),
  code_challenge_method: explain('How the challenge was made from the verifier: S256 or plain', rfc(7636, '4.3')),
  code_verifier: explain('The secret behind the code_challenge', rfc(7636, '4.5')),
  code: explain('A one-time ticket that the client exchanges for tokens', rfc(6749, '4.1.2')),
  grant_type: explain('What the client offers in exchange for tokens', rfc(6749, '4.1.3')),
  refresh_token: explain('Gets new access tokens without the user', rfc(6749, '6')),
  access_token: explain('What the client shows to the API', rfc(6749, '5.1')),
  token_type: explain('How the access token is to be used, usually Bearer', rfc(6749, '7.1')),
  expires_in: explain('How many seconds the access token lives', rfc(6749, '5.1')),
  id_token: explain('A signed statement about who logged in, meant for the client', oidc('2', 'IDToken')),
  error: explain('The machine-readable reason of a refusal', rfc(6749, '5.2')),
  error_description: explain('The same reason in words, for developers', rfc(6749, '5.2')),
  error_uri: explain('A page that explains the error', rfc(6749, '5.2')),
  error_codes: explain('Error numbers of Microsoft Entra', {
    title: 'Microsoft Entra error codes',
    url: 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes',
  }),
  iss: explain('Which authorization server sent this answer', rfc(9207, '2')),
  session_state: explain('Lets the client notice when the session at the server changes', {
    title: 'OpenID Connect Session Management section 2',
    url: 'https://openid.net/specs/openid-connect-session-1_0.html#CreatingUpdatingSessions',
  }),
  prompt: explain(
    'Whether the server may show pages: none, login, consent, select_account',
    oidc('3.1.2.1', 'AuthRequest'),
  ),
  max_age: explain('How old, in seconds, the last real login may be', oidc('3.1.2.1', 'AuthRequest')),
  display: explain('How the pages of the server are shown', oidc('3.1.2.1', 'AuthRequest')),
  ui_locales: explain('Languages for the pages of the server', oidc('3.1.2.1', 'AuthRequest')),
  login_hint: explain('Who is probably logging in', oidc('3.1.2.1', 'AuthRequest')),
  id_token_hint: explain('An earlier ID token that says who is meant', oidc('3.1.2.1', 'AuthRequest')),
  acr_values: explain('How strong a login the client asks for', oidc('3.1.2.1', 'AuthRequest')),
  claims: explain('Single claims the client asks for', oidc('5.5', 'ClaimsParameter')),
  request: explain('The parameters as a signed object', rfc(9101, '5.1')),
  request_uri: explain('A reference to parameters that were sent before', rfc(9126, '2.2')),
  resource: explain('The API the token is for', rfc(8707, '2')),
  audience: explain('The API the token is for, as some providers call it', rfc(8693, '2.1')),
  dpop_jkt: explain('The key the code is bound to', rfc(9449, '10')),
  device_code: explain('The ticket a device polls with', rfc(8628, '3.2')),
  user_code: explain('The code the user types on another device', rfc(8628, '3.2')),
  verification_uri: explain('The page where the user types the code', rfc(8628, '3.2')),
  interval: explain('How many seconds to wait between polls', rfc(8628, '3.2')),
  assertion: explain('A signed statement that is exchanged for tokens', rfc(7521, '4.1')),
  subject_token: explain('The token that is exchanged', rfc(8693, '2.1')),
  subject_token_type: explain('The kind of token that is exchanged', rfc(8693, '2.1')),
  actor_token: explain('The token of the party that acts for another', rfc(8693, '2.1')),
  requested_token_type: explain('The kind of token asked for', rfc(8693, '2.1')),
  issued_token_type: explain('The kind of token that was issued', rfc(8693, '2.2.1')),
  username: explain('The name of the user, in the retired password grant', rfc(6749, '4.3.2')),
  password: explain('The password of the user, in the retired password grant', rfc(6749, '4.3.2')),
  token: explain('The token this call is about', rfc(7009, '2.1')),
  token_type_hint: explain('Which kind of token that is', rfc(7009, '2.1')),
  post_logout_redirect_uri: explain('Where to go after the logout; must be registered', {
    title: 'OpenID Connect RP-Initiated Logout section 2',
    url: 'https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout',
  }),
  logout_token: explain('Tells a client that a session has ended', {
    title: 'OpenID Connect Back-Channel Logout section 2.4',
    url: 'https://openid.net/specs/openid-connect-backchannel-1_0.html#LogoutToken',
  }),
  issuer: explain('The name of the authorization server; must equal `iss` in its tokens', rfc(8414, '2')),
  authorization_endpoint: explain('Where the browser is sent to log in', rfc(8414, '2')),
  token_endpoint: explain('Where codes are exchanged for tokens', rfc(8414, '2')),
  jwks_uri: explain('Where the public keys of the server are', rfc(8414, '2')),
  userinfo_endpoint: explain('Where claims about the user can be fetched', oidc('5.3', 'UserInfo')),
  end_session_endpoint: explain('Where the browser is sent to log out', {
    title: 'OpenID Connect RP-Initiated Logout section 2.1',
    url: 'https://openid.net/specs/openid-connect-rpinitiated-1_0.html#OPMetadata',
  }),
  scopes_supported: explain('Scopes the server knows', rfc(8414, '2')),
  response_types_supported: explain('Response types the server offers', rfc(8414, '2')),
  response_modes_supported: explain('Response modes the server offers', rfc(8414, '2')),
  grant_types_supported: explain('Grants the server offers', rfc(8414, '2')),
  token_endpoint_auth_methods_supported: explain('Ways a client may prove who it is', rfc(8414, '2')),
  code_challenge_methods_supported: explain('PKCE methods the server knows', rfc(8414, '2')),
  keys: explain('The public keys that check signatures of the server', rfc(7517, '5')),
  access_type: explain('Google: `offline` asks for a refresh token', {
    title: 'Google: OAuth 2.0 for web server applications',
    url: 'https://developers.google.com/identity/protocols/oauth2/web-server',
  }),
}
