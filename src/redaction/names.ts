/** What kind of secret a value is: the word its label starts with, and the line of the receipt it counts under. */
export type SecretKind = string

/** Parameters, claims and members that name a secret or a personal fact, and the kind it counts as. */
const kinds: Readonly<Record<string, SecretKind>> = {
  code: 'code',
  access_token: 'access_token',
  token: 'token',
  refresh_token: 'refresh_token',
  id_token: 'id_token',
  id_token_hint: 'id_token',
  logout_token: 'logout_token',
  subject_token: 'access_token',
  actor_token: 'access_token',
  registration_access_token: 'access_token',
  code_verifier: 'code_verifier',
  client_secret: 'client_secret',
  client_assertion: 'client_assertion',
  assertion: 'assertion',
  device_code: 'device_code',
  user_code: 'user_code',
  auth_req_id: 'auth_req_id',
  request_uri: 'request_uri',
  state: 'state',
  nonce: 'nonce',
  session_state: 'session_state',
  sid: 'sid',
  sub: 'sub',
  jti: 'jti',
  oid: 'sub',
  login_hint: 'login_hint',
  username: 'username',
  user: 'username',
  login: 'username',
  password: 'password',
  passwd: 'password',
  pwd: 'password',
  otp: 'one_time_code',
  totp: 'one_time_code',
  passcode: 'one_time_code',
  samlrequest: 'saml_message',
  samlresponse: 'saml_message',
  relaystate: 'relay_state',
  api_key: 'api_key',
  apikey: 'api_key',
  csrf: 'csrf_token',
  csrf_token: 'csrf_token',
  _csrf: 'csrf_token',
  authenticity_token: 'csrf_token',
  __requestverificationtoken: 'csrf_token',
}

/** Claims of OpenID Connect Core section 5.1 and what providers add to them. */
const personal: Readonly<Record<string, SecretKind>> = {
  email: 'email',
  upn: 'email',
  unique_name: 'email',
  preferred_username: 'username',
  nickname: 'name',
  name: 'name',
  given_name: 'name',
  family_name: 'name',
  middle_name: 'name',
  phone_number: 'phone_number',
  phone: 'phone_number',
  picture: 'picture',
  profile: 'profile',
  website: 'profile',
  birthdate: 'birthdate',
  gender: 'personal',
  address: 'personal',
  street_address: 'personal',
  locality: 'personal',
  postal_code: 'personal',
  ipaddr: 'ip_address',
  ip: 'ip_address',
}

/** Stay as they are: the analysis and the reader need them, and nothing can be done with them. */
const publicNames = new Set(
  `client_id redirect_uri redirect_uris response_type response_types response_mode scope scp prompt display max_age ui_locales
  claims_locales acr_values acr amr resource audience aud azp iss issuer grant_type grant_types token_type expires_in
  ext_expires_in refresh_expires_in not-before-policy expires_at code_challenge code_challenge_method client_assertion_type
  subject_token_type actor_token_type requested_token_type issued_token_type requested_token_use interval
  verification_uri verification_url verification_uri_complete error error_uri error_codes error_subcode suberror
  post_logout_redirect_uri exp nbf iat auth_time at_hash c_hash s_hash typ ver alg enc kid kty use key_ops crv x y n e x5t x5t#s256
  jwk jkt cnf htm htu ath email_verified phone_number_verified active updated_at tid access_type include_granted_scopes
  dpop_jkt dpop_bound_access_tokens request_object_signing_alg id_token_signed_response_alg authorization_response_iss
  token_endpoint_auth_method application_type client_name client_id_issued_at client_secret_expires_at
  kc_idp_hint kc_action identity_provider connection p authorization_servers bearer_methods_supported
  scopes_supported service_documentation mfa_token_type login_required keys claims client_assertion_signing_alg
  appid appidacr identity_provider_hint idp domain_hint frontchannel_logout_uri backchannel_logout_uri`
    .split(/\s+/)
    .filter(Boolean),
)

/** Written for people: kept, with secrets, addresses and long random values taken out. */
const proseNames = new Set(
  `error_description error_message error_msg errormessage error_reason error_hint message msg detail details title reason
  description errors errorcode errorsummary status statuscode type fault faultstring hint error_details`
    .split(/\s+/)
    .filter(Boolean),
)

/** Values that the specifications define: of `scope`, `response_type`, `grant_type`, `prompt` and `response_mode`. */
const definedValues =
  `openid profile email address phone offline_access code token id_token none login consent select_account query fragment
  form_post web_message authorization_code refresh_token client_credentials password implicit bearer dpop`.split(/\s+/)

/** How this program names the messages of a login, and what metadata names its endpoints. */
const namesOfMessages =
  `authorization_request authorization_response authorization_endpoint token_request token_response
  token_endpoint userinfo_request userinfo_endpoint device_authorization_request introspection_request revocation_request
  client_registration_request end_session_request pushed_authorization_request protected_resource_metadata
  provider_metadata user_interaction after_callback code_handover logout_response login_start federated_request`.split(
    /\s+/,
  )

/** Words of the protocol are no secret of anybody, wherever they stand; a page may list them as names (`{"name": "client_id"}`). */
export const vocabulary: ReadonlySet<string> = new Set([
  ...definedValues,
  ...namesOfMessages,
  ...Object.keys(kinds),
  ...Object.keys(personal),
  ...proseNames,
  ...publicNames,
])

export type Treatment =
  | { readonly treat: 'keep' }
  | { readonly treat: 'prose' }
  | { readonly treat: 'label'; readonly kind: SecretKind; readonly personal?: boolean }

/**
 * How the value of a parameter, claim or member is treated, by its name alone. A name nobody knows is a secret. `&amp;`
 * between parameters makes `amp;` the beginning of a name.
 */
export const treatmentOf = (name: string): Treatment => {
  const lower = name.toLowerCase().replace(/^amp;/, '')
  const kind = own(kinds, lower)
  if (kind) return { treat: 'label', kind }
  const personalKind = own(personal, lower)
  if (personalKind) return { treat: 'label', kind: personalKind, personal: true }
  if (proseNames.has(lower) || /^(?:o?auth_?)?error_?(?:code|id|msg|message|description)?$/.test(lower))
    return { treat: 'prose' }
  if (publicNames.has(lower) || /_(?:endpoint|supported|uris?)$/.test(lower)) return { treat: 'keep' }
  return { treat: 'label', kind: 'value' }
}

const own = (table: Readonly<Record<string, SecretKind>>, name: string): SecretKind | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

/** Of two kinds found for one value the surer one names it: what the protocol says comes before where it was stored. */
export const rankOf = (kind: SecretKind): number => {
  if (kind === 'value' || kind === 'header' || kind === 'path') return 0
  if (kind === 'cookie') return 1
  if (kind === 'token') return 2
  return 3
}

/** Headers that hold no secret of their own. URLs in them are rewritten, the rest is kept. */
export const publicHeaders = new Set(
  `accept accept-ch accept-encoding accept-language accept-ranges access-control-allow-credentials access-control-allow-headers
  access-control-allow-methods access-control-allow-origin access-control-expose-headers access-control-max-age
  access-control-request-headers access-control-request-method access-control-request-private-network age allow alt-svc
  cache-control connection content-encoding content-language content-length content-security-policy
  content-security-policy-report-only content-type cross-origin-embedder-policy cross-origin-opener-policy
  cross-origin-resource-policy date dnt expires host keep-alive last-modified origin permissions-policy pragma priority
  proxy-authenticate referrer-policy retry-after sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform sec-fetch-dest sec-fetch-mode
  sec-fetch-site sec-fetch-user sec-fetch-storage-access sec-gpc sec-purpose server strict-transport-security te
  timing-allow-origin trailer transfer-encoding upgrade upgrade-insecure-requests user-agent vary x-content-type-options
  x-dns-prefetch-control x-frame-options x-permitted-cross-domain-policies x-powered-by x-requested-with x-xss-protection
  clear-site-data origin-agent-cluster set-login supports-loading-mode`
    .split(/\s+/)
    .filter(Boolean),
)

/** Values that programs send by mistake where a secret belongs: they are the evidence and hold nothing. */
export const isHarmless = (value: string): boolean =>
  /^(?:undefined|null|nan|nil|true|false|none|\[object \w+\]|\$\{.*\}|\{\{.*\}\}|%[A-Z_]+%|<[a-z_ -]+>)?$/i.test(
    value,
  ) || /^(?:todo|fixme|changeme|x{3,}|(?:your|insert|enter|replace)[\s_-][a-z][a-z_ -]{1,30})$/i.test(value)
