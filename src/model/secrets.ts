/** Parameters whose values open something: never quoted in findings, always replaced in exports. */
const secretParameters = new Set([
  'access_token',
  'actor_token',
  'assertion',
  'auth_req_id',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'device_code',
  'id_token',
  'id_token_hint',
  'logout_token',
  'password',
  'refresh_token',
  'registration_access_token',
  'request',
  'response',
  'subject_token',
  'token',
  'user_code',
])

export const isSecretParameter = (name: string): boolean => secretParameters.has(name)
