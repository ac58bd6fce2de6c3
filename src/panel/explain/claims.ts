import type { Reference } from '../../model/analysis'
import { oidc, rfc } from './sources'

export interface ClaimExplanation {
  readonly phrase: string
  readonly reference: Reference
  /** The value is seconds since 1970. */
  readonly isTime?: 'expiry' | 'instant'
}

const claim = (phrase: string, reference: Reference): ClaimExplanation => ({ phrase, reference })
const time = (phrase: string, reference: Reference, isTime: 'expiry' | 'instant' = 'instant'): ClaimExplanation => ({
  phrase,
  reference,
  isTime,
})

/** What each claim or JOSE header member says, in one phrase. */
export const claimExplanations: Readonly<Record<string, ClaimExplanation>> = {
  iss: claim('Who issued the token', rfc(7519, '4.1.1')),
  sub: claim('Who the token is about', rfc(7519, '4.1.2')),
  aud: claim('Whom the token is for', rfc(7519, '4.1.3')),
  exp: time('When the token stops being valid', rfc(7519, '4.1.4'), 'expiry'),
  nbf: time('Before this the token is not valid', rfc(7519, '4.1.5')),
  iat: time('When the token was issued', rfc(7519, '4.1.6')),
  jti: claim('The serial number of the token', rfc(7519, '4.1.7')),
  azp: claim('The client the token was issued to', oidc('2', 'IDToken')),
  nonce: claim('Must equal the nonce of the authorization request', oidc('2', 'IDToken')),
  auth_time: time('When the user last really logged in', oidc('2', 'IDToken')),
  acr: claim('How strong the login was', oidc('2', 'IDToken')),
  amr: claim('By which methods the user logged in', oidc('2', 'IDToken')),
  at_hash: claim('Binds the access token to this ID token', oidc('3.1.3.6', 'CodeIDToken')),
  c_hash: claim('Binds the code to this ID token', oidc('3.3.2.11', 'HybridIDToken')),
  s_hash: claim('Binds the state to this ID token', {
    title: 'FAPI 1.0 Advanced section 5.1',
    url: 'https://openid.net/specs/openid-financial-api-part-2-1_0.html#id-token-as-detached-signature',
  }),
  sid: claim('The session at the authorization server', {
    title: 'OpenID Connect Back-Channel Logout section 2.1',
    url: 'https://openid.net/specs/openid-connect-backchannel-1_0.html#BCSupport',
  }),
  scope: claim('What the token allows', rfc(8693, '4.2')),
  scp: claim('What the token allows, as some providers call it', rfc(8693, '4.2')),
  client_id: claim('The client that asked for the token', rfc(8693, '4.3')),
  act: claim('Who acts for the subject', rfc(8693, '4.1')),
  cnf: claim('The key the token is bound to', rfc(7800, '3.1')),
  name: claim('Full name of the user', oidc('5.1', 'StandardClaims')),
  email: claim('E-mail address of the user', oidc('5.1', 'StandardClaims')),
  email_verified: claim('Whether the server checked that address', oidc('5.1', 'StandardClaims')),
  preferred_username: claim('Name to show; not an identifier', oidc('5.1', 'StandardClaims')),
  alg: claim('How the token is signed or encrypted', rfc(7515, '4.1.1')),
  enc: claim('How the content is encrypted', rfc(7516, '4.1.2')),
  kid: claim('Which key was used', rfc(7515, '4.1.4')),
  typ: claim('What kind of token it is', rfc(7515, '4.1.9')),
  htm: claim('The method this proof is for', rfc(9449, '4.2')),
  htu: claim('The URL this proof is for', rfc(9449, '4.2')),
  ath: claim('Binds the access token to this proof', rfc(9449, '4.2')),
}
