/**
 * Parameters whose value opens something. RFC 6749 sections 4.1.2, 2.3.1, 5.1; RFC 7636 section 4.5; RFC 7521 section 4.2;
 * RFC 8628 section 3.2; OpenID Connect Core section 3.1.2.1 (`id_token_hint`).
 */
const secretParameters = new Set([
  'code',
  'access_token',
  'refresh_token',
  'id_token',
  'id_token_hint',
  'token',
  'client_secret',
  'client_assertion',
  'assertion',
  'code_verifier',
  'password',
  'device_code',
  'user_code',
  'subject_token',
  'actor_token',
  'logout_token',
  'registration_access_token',
  'auth_req_id',
])

const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'dpop', 'x-api-key'])

export const isSecretParameter = (name: string): boolean => secretParameters.has(name)
export const isSecretHeader = (name: string): boolean => secretHeaders.has(name.toLowerCase())

/** The most of a secret that is shown unasked: enough to recognise, useless to an onlooker. */
export const maskedText = (value: string): string => {
  const shown = value.length >= 24 ? value.slice(0, 4) : ''
  return `${shown}••••••`
}
