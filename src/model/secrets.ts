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

const inUrls = [...secretParameters, 'state', 'nonce', 'session_state'].join('|')
// A `code` in JSON is an error code more often than not.
const inJson = inUrls.replace('|code|', '|')
const ofUrl = new RegExp(
  `(?<=(?:[?&#]|%(?:3F|26|23))(?:${inUrls})(?:=|%3D))(?!undefined|null)(?:(?!%26)[^&#\\s"'\`”]){6,}`,
  'gi',
)
const ofJson = new RegExp(`(?<="(?:${inJson})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)+`, 'gi')

/** A text that quotes URLs or answers, without the values that whoever looks over a shoulder must not read. */
export const withoutSecrets = (text: string): string => text.replace(ofUrl, '…').replace(ofJson, '…')
